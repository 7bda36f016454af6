"""Where a buyer's money is transferred back to."""

from dataclasses import dataclass

from sqlalchemy import select

from marketplace.kit import db
from marketplace.kit.money import Dong
from marketplace.orders.models import Order
from marketplace.payments.models import RefundAccount, RefundDue
from marketplace.payments.queries.keeping import keeper, with_keeper
from marketplace.payments.rules import Method
from marketplace.payments.rules.refund_account import refund_memo
from marketplace.payments.vietqr import Transfer, encode
from marketplace.producers.queries import bank


@dataclass(frozen=True, slots=True)
class BackTo:
    """An account as the buyer wrote it; only a `proved` one is shown to a producer."""

    bank_bin: str
    bank: str
    account_no: str
    holder: str
    proved: bool


def back_to(group_id: int) -> BackTo | None:
    """The account told for a checkout."""
    row = db.session.scalar(select(RefundAccount).where(RefundAccount.group_id == group_id))
    if row is None:
        return None
    found = bank(row.bank_bin)
    return BackTo(
        row.bank_bin, found.short if found else row.bank_bin, row.account_no, row.holder, row.proved_at is not None
    )


@dataclass(frozen=True, slots=True)
class BackTransfer:
    """One transfer back, ready to scan."""

    amount: Dong
    to: BackTo
    memo: str
    payload: str


def back_transfer(producer_id: int, code: str, refund_id: int) -> BackTransfer | None:
    """A refund of money that she has, and that is still to be transferred, when the buyer has proved an account."""
    query = with_keeper(select(RefundDue.amount, Order.group_id)).where(
        RefundDue.id == refund_id,
        Order.code == code,
        keeper() == producer_id,
        RefundDue.method == Method.TRANSFER,
        RefundDue.amount > 0,
        RefundDue.sent_at.is_(None),
    )
    row = db.session.execute(query).first()
    to = back_to(row.group_id) if row else None
    if row is None or to is None or not to.proved:
        return None
    memo = refund_memo(code)
    payload = encode(Transfer(to.bank_bin, to.account_no, row.amount, memo))
    return BackTransfer(row.amount, to, memo, payload)
