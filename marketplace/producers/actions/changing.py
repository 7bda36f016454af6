"""Verbs about the account that receives money: ask for another, decide after a call, stop it, let it take effect."""

from collections.abc import Iterable

from marketplace.kit import clock, db, outbox, trail
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.text import nfc, random_key
from marketplace.producers import queries
from marketplace.producers.actions.freezing import freeze_account
from marketplace.producers.actions.sharing import leave
from marketplace.producers.models import Payee, PayeeChange, PayeeMember, Producer
from marketplace.producers.queries import changes, sharing
from marketplace.producers.rules import (
    CHANGE_MOVES,
    MAY_ASK,
    SUSPECTED,
    AccountIncomplete,
    ChangeIsOpen,
    FrozenMeanwhile,
    MismatchNeedsReason,
    NotAllHeard,
    NothingToChange,
    PayeeDraft,
    ReasonNeeded,
    SameAccount,
    StartedIt,
    TooSoonAfterReset,
    UnknownNumber,
    account_number,
    holder_as_banks_write,
    holder_matches,
    may_decide,
    may_report,
    not_heard,
    reset_over,
    suspects,
    takes_effect_at,
)
from marketplace.producers.rules.payee import payee_missing
from marketplace.producers.rules.sharing import (
    CannotJoin,
    NotACooperative,
    NotInvited,
    may_be_paid_for_others,
    may_join,
)

KEY_LENGTH = 12


@db.action
def ask_change(actor: Actor, producer_id: int, draft: PayeeDraft) -> int:
    """Ask that money goes to another account from some day on; the change's id. Everybody of the stall is told, with a way to stop it.

    Refuses: not hers, outside the area (NotYours); a helper (NotAllowed); no account yet (NothingToChange); one under way
    (ChangeIsOpen); frozen, and no official (FrozenMeanwhile); within 48 hours of a reset (TooSoonAfterReset); BadInput.
    """
    producer, now_paid = _may_ask(actor, producer_id)
    return _begin(actor, _drawn(actor, producer, now_paid, draft))


@db.action
def ask_to_join(actor: Actor, producer_id: int, member_id: int) -> int:
    """Ask that money goes to the account of the co-operative that sent this invitation; the change's id.

    As slow and as loud as any other change. Refuses as `ask_change`, and: not invited any more (NotInvited); NotACooperative.
    """
    producer, now_paid = _may_ask(actor, producer_id)
    row = db.session.get(PayeeMember, member_id)
    if row is None or row.producer_id != producer_id or row.since is not None or row.until is not None:
        raise NotInvited
    payee, coop = db.session.get_one(Payee, row.payee_id), sharing.coop_with(row.payee_id)
    if coop is None or payee.approved_at is None or not may_be_paid_for_others(coop.kind, coop.state):
        raise NotACooperative
    if not may_join(producer.kind, producer.state):
        raise CannotJoin
    target = (payee.bank_bin, payee.account_no, payee.holder)
    return _begin(actor, _row(actor, producer.id, now_paid, target, payee_id=payee.id))


def _may_ask(actor: Actor, producer_id: int) -> tuple[Producer, Payee]:
    """Her row, locked, and the account that is paid into now."""
    actor.require(MAY_ASK)
    producer = _mine(actor, producer_id)
    payee = own_account(producer_id)
    if payee.frozen_at and suspects(actor):
        raise FrozenMeanwhile
    if changes.open_change(producer_id) is not None:
        raise ChangeIsOpen
    if not reset_over(clock.now(), changes.last_reset(producer_id)):
        raise TooSoonAfterReset
    return producer, queries.receiver(producer_id) or payee


def _begin(actor: Actor, row: PayeeChange) -> int:
    db.session.add(row)
    db.session.flush()
    trail.record(actor, "ask", "payee_change", row.id)
    outbox.add("payee.asked", change_id=row.id)
    return row.id


def _mine(actor: Actor, producer_id: int) -> Producer:
    """The producer, locked: whatever happens to her account happens one after the other."""
    producer = db.locked(Producer, producer_id)
    if actor.kind is ActorKind.PRODUCER:
        actor.require_producer(producer_id)
    else:
        actor.require_area(producer.place)
    return producer


def own_account(producer_id: int) -> Payee:
    payee = queries.payee_of(producer_id)
    if payee is None or payee.approved_at is None:
        raise NothingToChange
    return payee


def _drawn(actor: Actor, producer: Producer, payee: Payee, draft: PayeeDraft) -> PayeeChange:
    """The change as it is written down. Refuses: an account that cannot be one (AccountIncomplete), the present one (SameAccount)."""
    if wrong := payee_missing(draft, (bank.bin for bank in queries.banks())):
        raise AccountIncomplete(field="bank_bin" if wrong[0] == "bank" else wrong[0])
    number, holder = account_number(draft.account_no) or "", holder_as_banks_write(draft.holder)
    if (draft.bank_bin, number, holder) == (payee.bank_bin, payee.account_no, payee.holder):
        raise SameAccount(field="account_no")
    names = [producer.name, producer.representative, queries.name_of_user(producer.applied_by)]
    row = _row(actor, producer.id, payee, (draft.bank_bin, number, holder))
    row.holder_matches = holder_matches(holder, names)
    return row


def _row(
    actor: Actor, producer_id: int, payee: Payee, target: tuple[str, str, str], payee_id: int | None = None
) -> PayeeChange:
    return PayeeChange(
        key=random_key(KEY_LENGTH),
        producer_id=producer_id,
        bank_bin=target[0],
        account_no=target[1],
        holder=target[2],
        payee_id=payee_id,
        holder_matches=True,
        old_bank_bin=payee.bank_bin,
        old_account_no=payee.account_no,
        old_holder=payee.holder,
        asked_by=actor.user_id,
        by_official=actor.kind is not ActorKind.PRODUCER,
        asked_at=clock.now(),
    )


@db.action
def approve_change(
    actor: Actor, change_id: int, *, called: str, heard: Iterable[str], mismatch_reason: str = ""
) -> None:
    """Approve after the call to `called`, a number known before, in which everything was `heard`; 48 hours later it takes effect.

    Refuses: outside the area (NotYours); who began it, or is of the stall (StartedIt); not waiting (AlreadyDecided); UnknownNumber,
    NotAllHeard, MismatchNeedsReason.
    """
    one, producer = _decided_by(actor, change_id)
    if called not in {number.phone for number in changes.known_numbers(producer)}:
        raise UnknownNumber(field="called")
    if not_heard(heard):
        raise NotAllHeard(field="heard")
    if not one.holder_matches and not mismatch_reason.strip():
        raise MismatchNeedsReason(field="mismatch_reason")
    db.move(one, CHANGE_MOVES, "approve", actor)
    one.called, one.approved_by, one.approved_at = called, actor.user_id, clock.now()
    one.mismatch_reason = "" if one.holder_matches else nfc(mismatch_reason)
    one.effective_at = takes_effect_at(one.approved_at, changes.last_reset(producer.id))
    outbox.add("payee.approved", change_id=one.id)


@db.action
def refuse_change(actor: Actor, change_id: int, *, reason: str) -> None:
    """Do not let it happen; the reason goes to the stall. Refuses as `approve_change`, ended already (ChangeEnded), ReasonNeeded."""
    one, _producer = _decided_by(actor, change_id)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    db.move(one, CHANGE_MOVES, "refuse", actor, nfc(reason))
    _end(actor, one, nfc(reason))
    outbox.add("payee.refused", change_id=one.id)


def _decided_by(actor: Actor, change_id: int) -> tuple[PayeeChange, Producer]:
    one, producer = lock_change(change_id)
    actor.require_area(producer.place)
    if not may_decide(actor, one.asked_by, changes.not_to_decide(one)):
        raise StartedIt
    return one, producer


def lock_change(change_id: int) -> tuple[PayeeChange, Producer]:
    """The change first, then its producer, then the account: the order in which everybody locks."""
    one = db.locked(PayeeChange, change_id)
    return one, db.locked(Producer, one.producer_id)


@db.action
def stop_change(actor: Actor, change_id: int, *, reason: str = "") -> None:
    """Stop it, by anybody of the stall or an official of the area, whoever began it. Refuses: NotYours; ended already (ChangeEnded).

    The stall's own stop says that somebody else is in it: the account is frozen at once. So it does for 30 days after the
    change took effect.
    """
    one, producer = lock_change(change_id)
    if actor.kind is ActorKind.PRODUCER:
        actor.require_producer(producer.id)
    else:
        actor.require_area(producer.place)
    _stop(actor, one, producer, nfc(reason))


@db.action
def stop_change_by_path(actor: Actor, key: str, mark: str) -> None:
    """Stop it by the secret address that was sent, as the stall itself. Refuses: NotFound; ended already (ChangeEnded)."""
    one, producer = lock_change(changes.by_stop_path(key, mark).id)
    _stop(actor, one, producer, "")


def _stop(actor: Actor, one: PayeeChange, producer: Producer, reason: str) -> None:
    if suspects(actor) and may_report(one.state, one.ended_at, clock.now()):
        freeze_account(actor, producer, str(SUSPECTED))
        joined = sharing.membership(producer.id) if one.payee_id else None
        if joined is not None:  # somebody else had her money go there: from now on it goes nowhere
            leave(actor, joined)
        return
    db.move(one, CHANGE_MOVES, "stop", actor, reason)
    _end(actor, one, reason)
    outbox.add("payee.stopped", change_id=one.id)
    if suspects(actor):
        freeze_account(actor, producer, str(SUSPECTED))


def _end(actor: Actor, one: PayeeChange, reason: str) -> None:
    one.ended_by, one.ended_at, one.end_reason = actor.user_id, clock.now(), reason
