"""Approved changes of account take effect once their 48 hours are over."""

from collections.abc import Callable

from marketplace.kit import changes as log
from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.producers.actions.changing import lock_change, own_account
from marketplace.producers.actions.sharing import enter, leave, withdraw
from marketplace.producers.models import Payee, PayeeChange, PayeeMember
from marketplace.producers.queries import changes, sharing
from marketplace.producers.rules import CHANGE_MOVES, ChangeState, takes_effect_at


@db.action
def take_effect(actor: Actor) -> int:
    """Let approved changes take effect whose 48 hours are over; how many. A reset meanwhile puts one off. Orders keep their account."""
    return sum(_take_effect(actor, change_id) for change_id in changes.due_changes())


def _take_effect(actor: Actor, change_id: int) -> bool:
    one, producer = lock_change(change_id)
    now = clock.now()
    if one.state is not ChangeState.APPROVED or one.approved_at is None:
        return False
    at = takes_effect_at(one.approved_at, changes.last_reset(producer.id))
    if at > now:
        one.effective_at = at
        return False
    if one.payee_id is not None:
        return _joins(actor, one)
    db.move(one, CHANGE_MOVES, "take_effect", actor)
    one.ended_at = now
    _to_her_own(actor, one)
    log.add("producer", producer.id)
    outbox.add("payee.changed", change_id=one.id)
    return True


def _joins(actor: Actor, one: PayeeChange) -> bool:
    """From now on she is paid into the co-operative's account, unless that is frozen: then it waits."""
    payee = db.locked(Payee, one.payee_id or 0)
    row = sharing.open_row(payee.id, one.producer_id)
    if row is None:
        withdraw(actor, one)
    if row is None or payee.frozen_at is not None:
        return False
    db.move(one, CHANGE_MOVES, "take_effect", actor)
    one.ended_at = clock.now()
    enter(actor, db.locked(PayeeMember, row.id))
    log.add("producer", one.producer_id)
    outbox.add("payee.changed", change_id=one.id)
    return True


def _to_her_own(actor: Actor, one: PayeeChange) -> None:
    payee = db.locked(Payee, own_account(one.producer_id).id)
    joined = sharing.membership(one.producer_id)
    if joined is not None:
        leave(actor, joined)
        outbox.add("member.left", member_id=joined.id, to=sharing.owner_id(joined))
    if payee.frozen_at is not None:  # what is left for ever is the account that was frozen, not the co-operative's
        one.old_unsafe = True
        one.old_bank_bin, one.old_account_no, one.old_holder = payee.bank_bin, payee.account_no, payee.holder
    payee.bank_bin, payee.account_no, payee.holder = one.bank_bin, one.account_no, one.holder
    payee.holder_matches, payee.mismatch_reason = one.holder_matches, one.mismatch_reason
    payee.approved_by, payee.approved_at = one.approved_by, clock.now()
    for each in sharing.members(one.producer_id):
        if each.row.since is not None:
            outbox.add("member.account", member_id=each.row.id, to=each.stall.id)


TIMERS: list[tuple[str, float, Callable[[Actor], object]]] = [("payee_changes", 60, take_effect)]
