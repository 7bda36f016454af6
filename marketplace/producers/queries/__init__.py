"""Reads about producers, their account, and decisions of the desk."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from marketplace.accounts.models import User
from marketplace.kit import db
from marketplace.kit.actor import Actor, Place
from marketplace.kit.errors import NotFound
from marketplace.producers.models import ApplicationDraft, Decision, Payee, PayeeMember, Producer, ProducerMember
from marketplace.producers.rules import ProducerState

_BANKS = Path(__file__).parents[1] / "data" / "banks.csv"


@dataclass(frozen=True)
class Bank:
    """A bank by its NAPAS number (`bin`), as people call it (`short`) and in full; `by_qr` = takes VietQR transfers."""

    bin: str
    short: str
    name: str
    by_qr: bool


@cache
def banks() -> tuple[Bank, ...]:
    """All banks, those that take VietQR first, by short name; of two rows with one number the one that works."""
    with _BANKS.open(encoding="utf-8", newline="") as file:
        rows = [Bank(r["bin"], r["short"], r["name"], r["vietqr_status"] == "1") for r in csv.DictReader(file)]
    best: dict[str, Bank] = {}
    for row in rows:
        if row.bin not in best or (row.by_qr and not best[row.bin].by_qr):
            best[row.bin] = row
    return tuple(sorted(best.values(), key=lambda bank: (not bank.by_qr, bank.short.casefold())))


def bank(bin_: str) -> Bank | None:
    """The bank with this number."""
    return next((each for each in banks() if each.bin == bin_), None)


def producer(producer_id: int) -> Producer | None:
    """One producer."""
    return db.session.get(Producer, producer_id)


def by_slug(slug: str) -> Producer | None:
    """The producer at an address; the key at the slug's end decides, so an old slug is found too."""
    return by_key(slug.rpartition("-")[2])


def by_key(key: str) -> Producer | None:
    """The producer with this permanent key."""
    return db.session.scalar(select(Producer).where(Producer.key == key))


def by_name(name_folded: str) -> Sequence[Producer]:
    """Producers of this folded name, oldest first."""
    query = select(Producer).where(Producer.name_folded == name_folded).order_by(Producer.id)
    return db.session.scalars(query).all()


def for_user(user_id: int) -> Sequence[Producer]:
    """The producers a person is a member of, in every state, oldest first."""
    query = (
        select(Producer)
        .join(ProducerMember, ProducerMember.producer_id == Producer.id)
        .where(ProducerMember.user_id == user_id)
        .order_by(Producer.id)
    )
    return db.session.scalars(query).all()


def ids_for_user(user_id: int) -> list[int]:
    """Ids of the producers a person is a member of."""
    query = select(ProducerMember.producer_id).where(ProducerMember.user_id == user_id)
    return list(db.session.scalars(query.order_by(ProducerMember.producer_id)))


def members(producer_id: int) -> list[int]:
    """User ids of the people who sell for a producer."""
    return list(db.session.scalars(select(ProducerMember.user_id).where(ProducerMember.producer_id == producer_id)))


def payee_of(producer_id: int) -> Payee | None:
    """Her own account; her money may go to a co-operative's (`receiver`)."""
    return db.session.scalar(select(Payee).where(Payee.producer_id == producer_id))


def is_member() -> ColumnElement[bool]:
    """The clause that keeps of memberships and invitations those that hold now."""
    return and_(PayeeMember.since.is_not(None), PayeeMember.until.is_(None))


def receiver(producer_id: int) -> Payee | None:
    """The approved account that her orders are paid into now, frozen or not: her own, or her co-operative's."""
    return payees([producer_id], even_frozen=True).get(producer_id)


def payees(producer_ids: Iterable[int], *, even_frozen: bool = False) -> dict[int, Payee]:
    """Approved accounts by producer, a member's is her co-operative's; those that money may go to now, or all of them."""
    query = (
        select(Producer.id, Payee)
        .outerjoin(PayeeMember, and_(PayeeMember.producer_id == Producer.id, is_member()))
        .join(
            Payee,
            or_(Payee.id == PayeeMember.payee_id, and_(PayeeMember.id.is_(None), Payee.producer_id == Producer.id)),
        )
        .where(Producer.id.in_(list(producer_ids)), Payee.approved_at.is_not(None))
    )
    if not even_frozen:
        query = query.where(Payee.frozen_at.is_(None))
    return {row[0]: row[1] for row in db.session.execute(query)}


def place_of(one: Producer) -> Place:
    """Where her goods are made."""
    return one.place


def name_of_user(user_id: int | None) -> str:
    """The name a person signed up with, or nothing."""
    if user_id is None:
        return ""
    return db.session.scalar(select(User.name).where(User.id == user_id)) or ""


def applied_as(user_id: int, name_folded: str) -> int:
    """The producer this person applied for under this name."""
    query = select(Producer.id).where(Producer.applied_by == user_id, Producer.name_folded == name_folded)
    return db.session.scalars(query).one()


def sample(sample_key: str) -> int:
    """The sample stall opened under this key."""
    return db.session.scalars(select(Producer.id).where(Producer.sample_key == sample_key)).one()


def count_samples() -> int:
    """How many sample stalls there are: the next one is numbered after it."""
    return db.session.scalar(select(func.count()).where(Producer.is_sample)) or 0


def in_areas(
    actor: Actor, province: InstrumentedAttribute[str], commune: InstrumentedAttribute[str | None]
) -> ColumnElement[bool]:
    """The clause that keeps a query of the desk inside the actor's areas. An admin reads the whole country."""
    if actor.is_admin:
        return true()
    clauses = [
        province == area.province_code
        if area.commune_code is None
        else and_(province == area.province_code, commune == area.commune_code)
        for area in actor.areas
    ]
    return or_(*clauses) if clauses else false()


def waiting(actor: Actor) -> Sequence[Producer]:
    """Applications waiting in the actor's areas, oldest first."""
    query = (
        select(Producer)
        .where(Producer.state == ProducerState.APPLIED, in_areas(actor, Producer.province_code, Producer.commune_code))
        .order_by(Producer.applied_at, Producer.id)
    )
    return db.session.scalars(query).all()


def by_commune(actor: Actor) -> list[tuple[str, str | None, int]]:
    """(province, commune, number of active producers) in the actor's areas."""
    query = (
        select(Producer.province_code, Producer.commune_code, func.count())
        .where(Producer.state == ProducerState.ACTIVE, in_areas(actor, Producer.province_code, Producer.commune_code))
        .group_by(Producer.province_code, Producer.commune_code)
    )
    return [(province, commune, count) for province, commune, count in db.session.execute(query)]


def last_decision(subject_kind: str, subject_id: int) -> Decision | None:
    """The newest decision on one thing: who the second official is told about."""
    query = (
        select(Decision)
        .where(Decision.subject_kind == subject_kind, Decision.subject_id == subject_id)
        .order_by(Decision.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def decisions_about(producer_id: int, limit: int = 20) -> Sequence[Decision]:
    """Earlier decisions on a producer and everything of hers, newest first."""
    query = select(Decision).where(Decision.producer_id == producer_id).order_by(Decision.id.desc()).limit(limit)
    return db.session.scalars(query).all()


def decision_log(*, before: int | None = None, limit: int = 50) -> Sequence[Decision]:
    """The public log, newest first; `before` is the id of the last row of the page before."""
    query = select(Decision).order_by(Decision.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Decision.id < before)
    return db.session.scalars(query).all()


def on_desk(actor: Actor, key: str) -> Producer:
    """The producer with this key in the actor's areas. Refuses: none there (NotFound)."""
    query = select(Producer).where(Producer.key == key, in_areas(actor, Producer.province_code, Producer.commune_code))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def many(producer_ids: Iterable[int]) -> dict[int, Producer]:
    """Producers by id."""
    query = select(Producer).where(Producer.id.in_(list(producer_ids)))
    return {row.id: row for row in db.session.scalars(query)}


def holders_matching(producer_ids: Iterable[int]) -> dict[int, bool]:
    """Whether the account's holder is somebody the application names, by producer; without an account not in it."""
    query = select(Payee.producer_id, Payee.holder_matches).where(Payee.producer_id.in_(list(producer_ids)))
    return {row.producer_id: row.holder_matches for row in db.session.execute(query)}


def draft_of(user_id: int) -> ApplicationDraft | None:
    """The application a person is writing."""
    return db.session.scalar(select(ApplicationDraft).where(ApplicationDraft.user_id == user_id))


def file_keys() -> set[str]:
    """Files of the makers' photos, and of those in applications being written."""
    rows = db.session.execute(select(Producer.photo_original_key, Producer.photo_key))
    drafts = db.session.scalars(select(ApplicationDraft.answers))
    return {key for row in rows for key in row if key} | {str(one.get("photo_key") or "") for one in drafts}
