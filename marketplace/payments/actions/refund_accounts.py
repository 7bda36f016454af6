"""The buyer tells where money is to be transferred back to, and proves to be the buyer with a code to the order's telephone."""

import hmac
import secrets
from datetime import timedelta

from sqlalchemy import select

from marketplace.accounts.actions import count_of_day
from marketplace.kit import clock, db, outbox, secret
from marketplace.kit.actor import Actor
from marketplace.orders.models import Order, OrderGroup
from marketplace.payments.models import RefundAccount, RefundDue
from marketplace.payments.rules import Method
from marketplace.payments.rules.refund_account import (
    CODE_LIFE,
    MOST_CODES,
    MOST_TRIES,
    PAUSE,
    BadRefundAccount,
    NoRefundToAwait,
    TooManyCodes,
)
from marketplace.producers.queries import banks
from marketplace.producers.rules import PayeeDraft, account_number, holder_as_banks_write
from marketplace.producers.rules.payee import payee_missing


@db.action
def name_refund_account(actor: Actor, group_id: int, draft: PayeeDraft) -> None:
    """Write the account down and send a code to the telephone the order was placed with; it counts once the code came back.

    Refuses: a stranger (NotYours); nothing to transfer back (NoRefundToAwait); no account (BadRefundAccount); too many codes
    (TooManyCodes).
    """
    group = db.locked(OrderGroup, group_id)
    actor.require_group(group_id)
    if not _awaits(group_id):
        raise NoRefundToAwait
    if wrong := payee_missing(draft, (bank.bin for bank in banks() if bank.by_qr)):
        raise BadRefundAccount(field=wrong[0])
    now, code = clock.now(), f"{secrets.randbelow(1_000_000):06d}"
    if today_full := count_of_day(group.buyer_phone, ""):
        raise TooManyCodes(today_full.why, wait=today_full.seconds)
    row = _row(group_id)
    if row is None:
        row = RefundAccount(group_id=group_id, sent=0, asked_at=now - PAUSE)
        db.session.add(row)
    if row.sent >= MOST_CODES or now - row.asked_at < PAUSE:
        raise TooManyCodes(wait=int(PAUSE.total_seconds()))
    row.bank_bin, row.account_no = draft.bank_bin, account_number(draft.account_no) or ""
    row.holder = holder_as_banks_write(draft.holder)
    row.digest, row.code_until, row.proved_at = _digest(row, code), now + CODE_LIFE, None
    row.sent, row.tries, row.asked_at = row.sent + 1, 0, now
    to, late = group.buyer_phone, now + timedelta(minutes=10)
    outbox.add(
        "code.send",
        secret_text=code,
        lapses_at=late,
        channel="phone",
        to=to,
        purpose="refund_account",
        language=group.language,
    )


@db.action
def prove_refund_account(actor: Actor, group_id: int, code: str) -> bool:
    """Whether this is the code; from now on the account stands on the producer's page. Wrong tries are counted, five are the most.

    Refuses: a stranger (NotYours).
    """
    db.locked(OrderGroup, group_id)
    actor.require_group(group_id)
    row = _row(group_id)
    if row is None or row.proved_at or row.tries >= MOST_TRIES or row.code_until <= clock.now():
        return bool(row and row.proved_at)
    row.tries += 1
    if not hmac.compare_digest(row.digest, _digest(row, code)):
        return False
    row.proved_at = clock.now()
    return True


def _row(group_id: int) -> RefundAccount | None:
    return db.session.scalar(select(RefundAccount).where(RefundAccount.group_id == group_id))


def _digest(row: RefundAccount, code: str) -> str:
    """Over the account too: a code that was sent for one stands for no other."""
    return secret.digest("refund account", f"{row.group_id}|{row.bank_bin}|{row.account_no}|{row.holder}|{code}")


def _awaits(group_id: int) -> bool:
    query = (
        select(RefundDue.id)
        .join(Order, Order.id == RefundDue.order_id)
        .where(
            Order.group_id == group_id,
            RefundDue.method == Method.TRANSFER,
            RefundDue.amount > 0,
            RefundDue.sent_at.is_(None),
        )
    )
    return db.session.scalar(query.limit(1)) is not None
