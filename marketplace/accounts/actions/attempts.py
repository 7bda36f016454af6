"""Counting wrong tries. Rows, so that all processes count together; keyed hashes, so that the table names nobody."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, or_, select

from marketplace.accounts.models import Attempt
from marketplace.accounts.rules import ATTEMPTS_FORGOTTEN, Counted, delay_after, network_of, prefix_of
from marketplace.kit import clock, db, secret


class Key(NamedTuple):
    """One counter."""

    kind: Counted
    key: str


def keys_of_sign_in(phone: str, address: str) -> tuple[Key, ...]:
    """Counters of a password typed for this number from this address."""
    return _keys((Counted.PAIR, Counted.ACCOUNT, Counted.ADDRESS), phone, address)


def keys_of_asking(phone: str, address: str) -> tuple[Key, ...]:
    """Counters of codes asked for."""
    return _keys((Counted.ASK_PAIR, Counted.ASK_ACCOUNT, Counted.ASK_ADDRESS), phone, address)


def keys_of_factor(user_id: int, address: str) -> tuple[Key, ...]:
    """Counters of second factors typed for this account, here and anywhere."""
    values = {Counted.FACTOR_PAIR: f"{user_id}|{address}", Counted.FACTOR_ACCOUNT: str(user_id)}
    return tuple(Key(kind, secret.digest("attempt", f"{kind}|{value}")) for kind, value in values.items())


def key_of_code(code_id: int, address: str) -> Key:
    """Counter of one address's wrong tries at one code."""
    return Key(Counted.DESK_CODE, secret.digest("attempt", f"{code_id}|{address}"))


def keys_of_day(phone: str, address: str) -> tuple[Key, ...]:
    """Counters of the codes of one day of Vietnam: of the number, the address if known, the neighbouring numbers, the market."""
    values = {Counted.DAY_NUMBER: phone, Counted.DAY_PREFIX: prefix_of(phone), Counted.DAY_ALL: ""}
    if address:
        line = network_of(address)
        values |= {Counted.DAY_ADDRESS: line, Counted.DAY_PAIR: f"{phone}|{line}"}
    today = clock.today().isoformat()
    return tuple(Key(kind, secret.digest("attempt", f"{kind}|{today}|{value}")) for kind, value in values.items())


def full(keys: tuple[Key, ...], most: Mapping[Counted, int]) -> Counted | None:
    """Which of these counters allows no more; they stay locked, in order, until the unit ends."""
    now = clock.now()
    counts = {key.kind: _locked(key, now).count for key in sorted(keys)}
    return next((kind for kind, number in most.items() if counts.get(kind, 0) >= number), None)


def _keys(kinds: tuple[Counted, Counted, Counted], phone: str, address: str) -> tuple[Key, ...]:
    values = (f"{phone}|{address}", phone, address)
    return tuple(
        Key(kind, secret.digest("attempt", f"{kind}|{value}")) for kind, value in zip(kinds, values, strict=True)
    )


def seconds_to_wait(keys: tuple[Key, ...]) -> int:
    """How long until the next try is read, 0 when now. One statement."""
    now = clock.now()
    any_of = or_(*((Attempt.kind == key.kind) & (Attempt.key == key.key) for key in keys))
    nexts = db.session.scalars(select(Attempt.next_at).where(any_of)).all()
    longest = max((moment - now).total_seconds() for moment in [now, *nexts])
    return int(longest) + (longest % 1 > 0)


def tries(key: Key) -> int:
    """How often this has been counted lately."""
    row = db.session.scalar(select(Attempt).where(Attempt.kind == key.kind, Attempt.key == key.key))
    return row.count if row and clock.now() - row.at < ATTEMPTS_FORGOTTEN else 0


def hold(key: Key) -> None:
    """Let nobody else read or count this key until the unit ends: on PostgreSQL a burst would see the same old count."""
    _locked(key, clock.now())


def count(keys: tuple[Key, ...]) -> None:
    """Count one try under each key, in order of the keys so that two requests never wait for each other."""
    now = clock.now()
    for key in sorted(keys):
        row = _locked(key, now)
        row.count = 1 if now - row.at >= ATTEMPTS_FORGOTTEN else row.count + 1
        row.at = now
        row.next_at = now + delay_after(key.kind, row.count)
    db.session.flush()


def _locked(key: Key, now: datetime) -> Attempt:
    empty = {"kind": key.kind.value, "key": key.key, "count": 0, "at": now, "next_at": now}
    db.insert_once(Attempt, empty, unique=("kind", "key"))
    return db.session.execute(
        select(Attempt).where(Attempt.kind == key.kind, Attempt.key == key.key).with_for_update(),
        execution_options={"populate_existing": True},
    ).scalar_one()


def forget(keys: tuple[Key, ...]) -> None:
    """Start these counters afresh."""
    any_of = or_(*((Attempt.kind == key.kind) & (Attempt.key == key.key) for key in keys))
    db.session.execute(delete(Attempt).where(any_of), execution_options={"synchronize_session": False})
