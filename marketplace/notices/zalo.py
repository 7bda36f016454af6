"""Template messages (ZNS) of a Zalo official account, and the pair of tokens they need.

An access token lives about a day, and each refresh token fetches exactly one new pair: the new pair is stored before it is
used, and one process at a time fetches it. What the operator put into the settings begins the chain; a new value there
begins it anew.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import or_, select, update

import config
from marketplace.kit import clock, db, secret
from marketplace.kit.actor import Actor
from marketplace.notices import web
from marketplace.notices.models import GatewayToken
from marketplace.notices.rules import Letter, zalo_data

NAME = "zalo"
BEFORE_IT_ENDS = timedelta(minutes=5)
FETCHING = timedelta(minutes=1)
NOBODY = frozenset({-108, -114, -118, -119})
"""The number is none of Zalo's, or its owner takes no such messages: no other try will change that."""
BAD_TOKEN = -124


@dataclass(frozen=True)
class ZaloSender:
    """Sends one template message; the letter's key is its tracking_id."""

    settings: config.Zalo = field(repr=False)
    access_token: str = field(repr=False)

    def send(self, letter: Letter) -> None:
        """Send it. Raises NobodyThere for a number without Zalo, GatewayTrouble for anything else."""
        wanted = {
            "phone": letter.to.removeprefix("+"),
            "template_id": self.settings.code_template if letter.code else self.settings.notice_template,
            "template_data": zalo_data(letter),
            "tracking_id": letter.key,
        }
        headers = {"Content-Type": "application/json", "access_token": self.access_token}
        body = json.dumps(wanted, ensure_ascii=False).encode()
        answer = web.post(f"{self.settings.api}/message/template", headers, body, name="Zalo")
        error = answer.get("error")
        if error in NOBODY:
            raise web.NobodyThere("Zalo: nobody under this number")
        if error == BAD_TOKEN:
            raise StaleToken
        if error != 0:
            raise web.GatewayTrouble(f"Zalo: error {error if isinstance(error, int) else 'unknown'}")


class StaleToken(web.GatewayTrouble):
    """Zalo no longer takes this access token: it is forgotten, and the next try fetches another."""


def access_token(settings: config.Zalo) -> str:
    """A token that is good for some minutes at least. Outside any unit. Raises GatewayTrouble: being fetched, or refused."""
    with db.unit():
        stored = _stored(settings)
    if stored and stored[1]:
        return stored[1]
    with db.unit():
        refresh_token = _begin_fetching(Actor.system("zalo"), settings)
    with db.outside():
        fetched = _fetch(settings, refresh_token)
    with db.unit():
        _store(Actor.system("zalo"), fetched)
    return str(fetched["access_token"])


def forget_access(token: str) -> None:
    """This access token is refused: fetch another next time, unless somebody has already."""
    with db.unit():
        _forget(Actor.system("zalo"), token)


def _pair(row: GatewayToken) -> tuple[str, str]:
    """Refresh and access token."""
    pair = json.loads(secret.unseal(row.sealed))
    return pair["refresh"], pair["access"]


def _stored(settings: config.Zalo) -> tuple[str, str] | None:
    """The stored pair while it follows from the settings; the access token is empty when it is about to end."""
    row = db.session.scalar(select(GatewayToken).where(GatewayToken.name == NAME))
    if row is None or row.seed != _seed(settings):
        return None
    refresh, access = _pair(row)
    return refresh, access if row.expires_at > clock.now() + BEFORE_IT_ENDS else ""


def _seed(settings: config.Zalo) -> str:
    return secret.digest("zalo", settings.refresh_token)


@db.action
def _begin_fetching(actor: Actor, settings: config.Zalo) -> str:  # noqa: ARG001 - actions take an actor
    """The refresh token to spend; for a minute nobody else spends it. Raises GatewayTrouble when somebody does already."""
    now = clock.now()
    first = {
        "name": NAME, "seed": "", "sealed": secret.seal(json.dumps({"refresh": "", "access": ""})), "expires_at": now,
    }  # fmt: skip
    db.insert_once(GatewayToken, first, unique=("name",))
    free = or_(GatewayToken.fetching_until.is_(None), GatewayToken.fetching_until < now)
    won = db.session.execute(
        update(GatewayToken)
        .where(GatewayToken.name == NAME, free)
        .values(fetching_until=now + FETCHING)
        .returning(GatewayToken.id),
        execution_options={"synchronize_session": False},
    ).scalar_one_or_none()
    if won is None:
        raise web.GatewayTrouble("Zalo: another process is fetching a token")
    row = db.locked(GatewayToken, won)
    if row.seed != _seed(settings):
        row.seed, row.expires_at = _seed(settings), now
        row.sealed = secret.seal(json.dumps({"refresh": settings.refresh_token, "access": ""}))
    return _pair(row)[0]


def _fetch(settings: config.Zalo, refresh_token: str) -> Mapping[str, Any]:
    body = urlencode({"refresh_token": refresh_token, "app_id": settings.app_id, "grant_type": "refresh_token"})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "secret_key": settings.secret}
    answer = web.post(f"{settings.oauth}/v4/oa/access_token", headers, body.encode(), name="Zalo")
    if not answer.get("access_token") or not answer.get("refresh_token"):
        raise web.GatewayTrouble("Zalo: no token was given; authorise the account anew and set ZALO_REFRESH_TOKEN")
    return answer


@db.action
def _store(actor: Actor, fetched: Mapping[str, Any]) -> None:  # noqa: ARG001 - actions take an actor
    row = db.session.execute(select(GatewayToken).where(GatewayToken.name == NAME).with_for_update()).scalar_one()
    pair = {"refresh": str(fetched["refresh_token"]), "access": str(fetched["access_token"])}
    row.sealed = secret.seal(json.dumps(pair))
    row.expires_at = clock.now() + timedelta(seconds=_seconds(fetched.get("expires_in")))
    row.fetching_until = None


def _seconds(text: object) -> int:
    """How long a token lives; Zalo writes it as text."""
    said = str(text)
    return min(int(said), 90_000) if said.isascii() and said.isdigit() and len(said) < 10 else 3600


@db.action
def _forget(actor: Actor, token: str) -> None:  # noqa: ARG001 - actions take an actor
    row = db.session.execute(
        select(GatewayToken).where(GatewayToken.name == NAME).with_for_update()
    ).scalar_one_or_none()
    if row is not None and _pair(row)[1] == token:
        row.expires_at = clock.now()
