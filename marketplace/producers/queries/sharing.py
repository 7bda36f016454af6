"""Reads about co-operatives that are paid for their members."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from marketplace.kit import db
from marketplace.producers import queries
from marketplace.producers.models import Payee, PayeeChange, PayeeMember, Producer
from marketplace.producers.queries import is_member
from marketplace.producers.rules import OPEN_CHANGE, ProducerState


@dataclass(frozen=True, slots=True)
class Member:
    """A stall and its membership, or its invitation while `row.since` is empty."""

    row: PayeeMember
    stall: Producer


def members(coop_id: int) -> list[Member]:
    """Stalls that are paid into this co-operative's account, and those it has invited; members first, by name."""
    query = (
        select(PayeeMember, Producer)
        .join(Producer, Producer.id == PayeeMember.producer_id)
        .join(Payee, Payee.id == PayeeMember.payee_id)
        .where(Payee.producer_id == coop_id, PayeeMember.until.is_(None))
        .order_by(PayeeMember.since.is_(None), Producer.name_folded, PayeeMember.id)
    )
    return [Member(row[0], row[1]) for row in db.session.execute(query)]


def invitations(producer_id: int) -> list[Member]:
    """Co-operatives that offer to be paid for her and are not yet."""
    query = (
        select(PayeeMember, Producer)
        .join(Payee, Payee.id == PayeeMember.payee_id)
        .join(Producer, Producer.id == Payee.producer_id)
        .where(PayeeMember.producer_id == producer_id, PayeeMember.since.is_(None), PayeeMember.until.is_(None))
        .order_by(PayeeMember.id)
    )
    return [Member(row[0], row[1]) for row in db.session.execute(query)]


def membership(producer_id: int) -> PayeeMember | None:
    """Hers, if she is paid into a co-operative's account."""
    return db.session.scalar(select(PayeeMember).where(PayeeMember.producer_id == producer_id, is_member()))


def coop_of(producer_id: int) -> Producer | None:
    """The co-operative that is paid for her."""
    query = (
        select(Producer)
        .join(Payee, Payee.producer_id == Producer.id)
        .join(PayeeMember, PayeeMember.payee_id == Payee.id)
        .where(PayeeMember.producer_id == producer_id, is_member())
    )
    return db.session.scalar(query)


def row(member_id: int) -> PayeeMember | None:
    """One membership or invitation."""
    return db.session.get(PayeeMember, member_id)


def owner_id(row: PayeeMember) -> int:
    """The co-operative of this membership."""
    return db.session.get_one(Payee, row.payee_id).producer_id or 0


def coop_with(payee_id: int | None) -> Producer | None:
    """The co-operative with this account."""
    payee = db.session.get(Payee, payee_id) if payee_id else None
    return queries.producer(payee.producer_id) if payee and payee.producer_id else None


def open_row(payee_id: int, producer_id: int) -> PayeeMember | None:
    """The membership or invitation of this stall at this account."""
    query = select(PayeeMember).where(
        PayeeMember.payee_id == payee_id, PayeeMember.producer_id == producer_id, PayeeMember.until.is_(None)
    )
    return db.session.scalar(query)


def joining(row: PayeeMember) -> PayeeChange | None:
    """Her change to this account that is under way."""
    query = select(PayeeChange).where(
        PayeeChange.producer_id == row.producer_id,
        PayeeChange.payee_id == row.payee_id,
        PayeeChange.state.in_(OPEN_CHANGE),
    )
    return db.session.scalar(query)


def stalls_called(text: str, phone: str | None) -> Sequence[Producer]:
    """Open stalls with this telephone number, or at this address."""
    key = text.strip().rstrip("/").rpartition("/")[2].rpartition("-")[2]
    named = or_(Producer.key == key, Producer.phone == phone) if phone else Producer.key == key
    return db.session.scalars(select(Producer).where(named, Producer.state == ProducerState.ACTIVE)).all()
