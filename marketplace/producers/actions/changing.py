"""Verbs about the account that receives money: ask for another, decide after a call, stop it, let it take effect."""

from collections.abc import Callable, Iterable

from marketplace.kit import changes as log
from marketplace.kit import clock, db, outbox, trail
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.text import nfc, random_key
from marketplace.producers import queries
from marketplace.producers.actions.freezing import freeze_account
from marketplace.producers.models import Payee, PayeeChange, Producer
from marketplace.producers.queries import changes
from marketplace.producers.rules import (
    CHANGE_MOVES,
    MAY_ASK,
    SUSPECTED,
    AccountIncomplete,
    ChangeIsOpen,
    ChangeState,
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

KEY_LENGTH = 12


@db.action
def ask_change(actor: Actor, producer_id: int, draft: PayeeDraft) -> int:
    """Ask that money goes to another account from some day on; the change's id. Everybody of the stall is told, with a way to stop it.

    Refuses: not hers, outside the area (NotYours); a helper (NotAllowed); no account yet (NothingToChange); one under way
    (ChangeIsOpen); frozen, and no official (FrozenMeanwhile); within 48 hours of a reset (TooSoonAfterReset); BadInput.
    """
    actor.require(MAY_ASK)
    producer = _mine(actor, producer_id)
    payee = _payee(producer_id)
    if payee.frozen_at and suspects(actor):
        raise FrozenMeanwhile
    if changes.open_change(producer_id) is not None:
        raise ChangeIsOpen
    if not reset_over(clock.now(), changes.last_reset(producer_id)):
        raise TooSoonAfterReset
    row = _drawn(actor, producer, payee, draft)
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


def _payee(producer_id: int) -> Payee:
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
    return PayeeChange(
        key=random_key(KEY_LENGTH),
        producer_id=producer.id,
        bank_bin=draft.bank_bin,
        account_no=number,
        holder=holder,
        holder_matches=holder_matches(holder, names),
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
    one, producer = _locked(change_id)
    actor.require_area(producer.place)
    if not may_decide(actor, one.asked_by, changes.not_to_decide(one)):
        raise StartedIt
    return one, producer


def _locked(change_id: int) -> tuple[PayeeChange, Producer]:
    """The change first, then its producer, then the account: the order in which everybody locks."""
    one = db.locked(PayeeChange, change_id)
    return one, db.locked(Producer, one.producer_id)


@db.action
def stop_change(actor: Actor, change_id: int, *, reason: str = "") -> None:
    """Stop it, by anybody of the stall or an official of the area, whoever began it. Refuses: NotYours; ended already (ChangeEnded).

    The stall's own stop says that somebody else is in it: the account is frozen at once. So it does for 30 days after the
    change took effect.
    """
    one, producer = _locked(change_id)
    if actor.kind is ActorKind.PRODUCER:
        actor.require_producer(producer.id)
    else:
        actor.require_area(producer.place)
    _stop(actor, one, producer, nfc(reason))


@db.action
def stop_change_by_path(actor: Actor, key: str, mark: str) -> None:
    """Stop it by the secret address that was sent, as the stall itself. Refuses: NotFound; ended already (ChangeEnded)."""
    one, producer = _locked(changes.by_stop_path(key, mark).id)
    _stop(actor, one, producer, "")


def _stop(actor: Actor, one: PayeeChange, producer: Producer, reason: str) -> None:
    if suspects(actor) and may_report(one.state, one.ended_at, clock.now()):
        freeze_account(actor, producer, str(SUSPECTED))
        return
    db.move(one, CHANGE_MOVES, "stop", actor, reason)
    _end(actor, one, reason)
    outbox.add("payee.stopped", change_id=one.id)
    if suspects(actor):
        freeze_account(actor, producer, str(SUSPECTED))


def _end(actor: Actor, one: PayeeChange, reason: str) -> None:
    one.ended_by, one.ended_at, one.end_reason = actor.user_id, clock.now(), reason


@db.action
def take_effect(actor: Actor) -> int:
    """Let approved changes take effect whose 48 hours are over; how many. A reset meanwhile puts one off. Orders keep their account."""
    return sum(_take_effect(actor, change_id) for change_id in changes.due_changes())


def _take_effect(actor: Actor, change_id: int) -> bool:
    one, producer = _locked(change_id)
    now = clock.now()
    if one.state is not ChangeState.APPROVED or one.approved_at is None:
        return False
    at = takes_effect_at(one.approved_at, changes.last_reset(producer.id))
    if at > now:
        one.effective_at = at
        return False
    db.move(one, CHANGE_MOVES, "take_effect", actor)
    one.ended_at = now
    payee = db.locked(Payee, _payee(producer.id).id)
    one.old_unsafe = payee.frozen_at is not None
    payee.bank_bin, payee.account_no, payee.holder = one.bank_bin, one.account_no, one.holder
    payee.holder_matches, payee.mismatch_reason = one.holder_matches, one.mismatch_reason
    payee.approved_by, payee.approved_at = one.approved_by, now
    log.add("producer", producer.id)
    outbox.add("payee.changed", change_id=one.id)
    return True


TIMERS: list[tuple[str, float, Callable[[Actor], object]]] = [("payee_changes", 60, take_effect)]
