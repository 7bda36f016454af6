"""Reads about changes of the account that receives money."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from marketplace.accounts import queries as accounts
from marketplace.kit import clock, db, secret
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.producers.models import Payee, PayeeChange, PayeeMember, Producer
from marketplace.producers.queries import in_areas, is_member, members
from marketplace.producers.rules import OPEN_CHANGE, ChangeState, may_report

LET_IN = timedelta(days=30)
"""So long an official who opened somebody's account at the desk decides about no account of theirs."""


def open_change(producer_id: int) -> PayeeChange | None:
    """The change of this producer's account that is under way."""
    query = select(PayeeChange).where(PayeeChange.producer_id == producer_id, PayeeChange.state.in_(OPEN_CHANGE))
    return db.session.scalar(query)


@dataclass(frozen=True, slots=True)
class Warnings:
    """What every page of a stall has to say: the change under way, whether the account is frozen, and whose it is."""

    change: PayeeChange | None = None
    frozen: bool = False
    shared: bool = False


def warnings(producer_id: int) -> Warnings:
    """Those of this stall; one statement. A member's account is her co-operative's, however her own one is."""
    under_way = and_(PayeeChange.producer_id == Payee.producer_id, PayeeChange.state.in_(OPEN_CHANGE))
    joined, coops = and_(PayeeMember.producer_id == Payee.producer_id, is_member()), aliased(Payee)
    query = (
        select(PayeeChange, Payee.frozen_at, coops.id, coops.frozen_at)
        .select_from(Payee)
        .outerjoin(PayeeChange, under_way)
        .outerjoin(PayeeMember, joined)
        .outerjoin(coops, coops.id == PayeeMember.payee_id)
    )
    found = db.session.execute(query.where(Payee.producer_id == producer_id)).first()
    if found is None:
        return Warnings()
    change, own, coop_id, coops_own = found
    return Warnings(change, (own if coop_id is None else coops_own) is not None, coop_id is not None)


def change(change_id: int) -> PayeeChange | None:
    """One change."""
    return db.session.get(PayeeChange, change_id)


def changes_of(producer_id: int, limit: int = 10) -> Sequence[PayeeChange]:
    """A producer's changes, newest first."""
    query = select(PayeeChange).where(PayeeChange.producer_id == producer_id).order_by(PayeeChange.id.desc())
    return db.session.scalars(query.limit(limit)).all()


def by_key_of(producer_id: int, key: str) -> PayeeChange | None:
    """One of a producer's own changes."""
    return db.session.scalar(select(PayeeChange).where(PayeeChange.producer_id == producer_id, PayeeChange.key == key))


def reportable(producer_id: int) -> PayeeChange | None:
    """The change that took effect lately, while the account is not frozen: it may have been somebody else's doing."""
    query = select(PayeeChange).where(PayeeChange.producer_id == producer_id, PayeeChange.state == ChangeState.DONE)
    last = db.session.scalar(query.order_by(PayeeChange.id.desc()).limit(1))
    lately = last is not None and may_report(last.state, last.ended_at, clock.now())
    return last if lately and not is_frozen(producer_id) else None


def waiting_changes(actor: Actor) -> list[tuple[PayeeChange, Producer]]:
    """Changes in the actor's areas whose producer has to be called, oldest first."""
    query = (
        select(PayeeChange, Producer)
        .join(Producer, Producer.id == PayeeChange.producer_id)
        .where(PayeeChange.state == ChangeState.ASKED, in_areas(actor, Producer.province_code, Producer.commune_code))
        .order_by(PayeeChange.asked_at, PayeeChange.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def change_on_desk(actor: Actor, key: str) -> tuple[PayeeChange, Producer]:
    """The change with this key in the actor's areas. Refuses: none there (NotFound)."""
    query = (
        select(PayeeChange, Producer)
        .join(Producer, Producer.id == PayeeChange.producer_id)
        .where(PayeeChange.key == key, in_areas(actor, Producer.province_code, Producer.commune_code))
    )
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def due_changes(limit: int = 50) -> list[int]:
    """Approved changes whose 48 hours are over."""
    query = (
        select(PayeeChange.id)
        .where(PayeeChange.state == ChangeState.APPROVED, PayeeChange.effective_at <= clock.now())
        .order_by(PayeeChange.id)
    )
    return list(db.session.scalars(query.limit(limit)))


def concerned(producer_id: int) -> list[int]:
    """People whose way in decides about this account: those who sell for the producer."""
    return members(producer_id)


def last_reset(producer_id: int) -> datetime | None:
    """When somebody of the stall last got a new way in."""
    return accounts.last_reset(concerned(producer_id))


def not_to_decide(one: PayeeChange) -> set[int]:
    """Who may not decide: who began it, who sells for the stall, and who lately let one of those in at the desk."""
    began = {one.asked_by} if one.asked_by is not None else set()
    return began | close_to(one.producer_id)


def close_to(producer_id: int) -> set[int]:
    """Who sells for a producer, and who lately let one of those in at the desk."""
    people = concerned(producer_id)
    return set(people) | accounts.let_in_by(people, clock.now() - LET_IN)


@dataclass(frozen=True, slots=True)
class Owner:
    """The producer whose account it is."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Unsafe:
    """Accounts nobody is asked to pay into: those of frozen payees, and those that were left while frozen; `owners` of all of them."""

    frozen: frozenset[int]
    left: frozenset[tuple[int, str, str]]
    owners: Mapping[int, Owner]

    def holds(self, payee_id: int, bank_bin: str, account_no: str) -> bool:
        """Whether this account of this payee is one of them."""
        return payee_id in self.frozen or (payee_id, bank_bin, account_no) in self.left


def unsafe(payee_ids: Iterable[int]) -> Unsafe:
    """What is unsafe of these payees: one statement."""
    was_left = and_(PayeeChange.producer_id == Payee.producer_id, PayeeChange.old_unsafe)
    query = (
        select(Payee, PayeeChange.old_bank_bin, PayeeChange.old_account_no, Producer.name)
        .outerjoin(PayeeChange, was_left)
        .outerjoin(Producer, Producer.id == Payee.producer_id)
        .where(Payee.id.in_(list(payee_ids)))
    )
    rows = db.session.execute(query).all()
    left = {(payee.id, bank_bin, account_no) for payee, bank_bin, account_no, _name in rows if bank_bin}
    owners = {payee.id: Owner(payee.producer_id, name) for payee, *_rest, name in rows if payee.producer_id}
    back = {(payee.id, payee.bank_bin, payee.account_no) for payee, *_rest in rows}  # left once, approved again since
    return Unsafe(frozenset(payee.id for payee, *_rest in rows if payee.frozen_at), frozenset(left - back), owners)


def frozen_accounts(actor: Actor) -> list[tuple[Payee, Producer]]:
    """Frozen accounts in the actor's areas, oldest first: somebody has to look."""
    query = (
        select(Payee, Producer)
        .join(Producer, Producer.id == Payee.producer_id)
        .where(Payee.frozen_at.is_not(None), in_areas(actor, Producer.province_code, Producer.commune_code))
        .order_by(Payee.frozen_at, Payee.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def is_frozen(producer_id: int) -> bool:
    """Whether nobody is asked to pay into her account now."""
    query = select(Payee.id).where(Payee.producer_id == producer_id, Payee.frozen_at.is_not(None))
    return db.session.scalar(query) is not None


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number that was known before the change was asked for, and whose it is."""

    phone: str
    whose: str


def known_numbers(one: Producer) -> list[Number]:
    """Where to call back: the stall's number, then those its people sign in with."""
    people = accounts.people(members(one.id))
    found = {one.phone: one.name}
    for person in people.values():
        found.setdefault(person.phone, person.name)
    return [Number(phone, whose) for phone, whose in found.items()]


def stop_path(one: PayeeChange) -> str:
    """The secret address by which everybody who was told can stop the change; it can be computed only with the market's key."""
    return f"/dung-doi-tai-khoan/{one.key}/{_mark(one.key)}"


def by_stop_path(key: str, mark: str) -> PayeeChange:
    """The change that this address stops. Refuses: no such address (NotFound)."""
    one = db.session.scalar(select(PayeeChange).where(PayeeChange.key == key))
    if one is None or not hmac.compare_digest(_mark(key).encode(), mark.encode()):
        raise NotFound
    return one


def _mark(key: str) -> str:
    return secret.digest("payee.stop", key)[:32]
