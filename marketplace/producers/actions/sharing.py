"""A co-operative offers to be paid for a stall, and ends it. Joining is a change of account (`changing.ask_to_join`)."""

from marketplace.kit import changes as log
from marketplace.kit import clock, db, outbox, trail
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotYours
from marketplace.kit.i18n import _
from marketplace.producers import queries
from marketplace.producers.models import PayeeChange, PayeeMember, Producer
from marketplace.producers.queries import sharing
from marketplace.producers.rules import CHANGE_MOVES, MAY_ASK, OPEN_CHANGE
from marketplace.producers.rules.sharing import CannotJoin, NotACooperative, may_be_paid_for_others, may_join


@db.action
def invite(actor: Actor, coop_id: int, stall_id: int) -> int:
    """Offer to be paid for this stall; nothing changes before she asks for it and the call back. Twice is once.

    Refuses: not the co-operative's own people (NotYours, NotAllowed); NotACooperative; CannotJoin.
    """
    actor.require(MAY_ASK)
    coop = db.locked(Producer, coop_id)
    actor.require_producer(coop_id)
    payee = queries.payee_of(coop_id)
    if payee is None or payee.approved_at is None or not may_be_paid_for_others(coop.kind, coop.state):
        raise NotACooperative
    stall = queries.producer(stall_id)
    if stall is None or stall.id == coop_id or not may_join(stall.kind, stall.state):
        raise CannotJoin(field="stall")
    known = sharing.open_row(payee.id, stall_id)
    if known is not None:
        return known.id
    row = PayeeMember(
        producer_id=stall_id, payee_id=payee.id, invited_by=actor.user_id, invited_at=clock.now(), since=None
    )
    db.session.add(row)
    db.session.flush()
    trail.record(actor, "invite", "payee_member", row.id)
    outbox.add("member.invited", member_id=row.id, to=stall_id)
    return row.id


@db.action
def end_membership(actor: Actor, member_id: int) -> None:
    """ "Thôi nhận tiền hộ", by the co-operative: new orders are paid into the stall's own account, the one approved last.

    An invitation is taken back, and a change to the co-operative's account that is under way with it. Twice is once.
    Refuses: not the co-operative's (NotYours).
    """
    row = db.session.get(PayeeMember, member_id)
    actor.require(MAY_ASK)
    actor.require_producer(sharing.owner_id(row) if row else 0)
    if row is None:
        raise NotYours
    under_way = sharing.joining(row)
    change = db.locked(PayeeChange, under_way.id) if under_way else None
    db.locked(Producer, row.producer_id)
    row = db.locked(PayeeMember, member_id)
    if row.until is not None:
        return
    if change is not None and change.state in OPEN_CHANGE:
        withdraw(actor, change)
    leave(actor, row)
    if row.since is not None:
        outbox.add("member.ended", member_id=row.id, to=row.producer_id)


def withdraw(actor: Actor, change: PayeeChange) -> None:
    """The co-operative no longer offers what was asked for; the change is locked."""
    reason = _("Hợp tác xã rút lời mời.")
    db.move(change, CHANGE_MOVES, "stop", actor, reason)
    change.ended_by, change.ended_at, change.end_reason = actor.user_id, clock.now(), reason
    outbox.add("payee.stopped", change_id=change.id)


def leave(actor: Actor, row: PayeeMember) -> None:
    """Orders from now on are paid into the stall's own account; hers is locked."""
    row.until = clock.now()
    trail.record(actor, "leave", "payee_member", row.id)
    log.add("producer", row.producer_id)


def enter(actor: Actor, row: PayeeMember) -> None:
    """Orders from now on are paid into the co-operative's account; she is locked. She leaves another one that was paid for her."""
    before = sharing.membership(row.producer_id)
    if before is not None:
        leave(actor, before)
        db.session.flush()
        outbox.add("member.left", member_id=before.id, to=sharing.owner_id(before))
    row.since = clock.now()
    trail.record(actor, "join", "payee_member", row.id)
    outbox.add("member.joined", member_id=row.id, to=sharing.owner_id(row))
