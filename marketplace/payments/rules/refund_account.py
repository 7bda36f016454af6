"""Where a buyer's transfer goes back to, when it is told on the order's page: a code to the buyer's telephone stands for it. Pure."""

from datetime import timedelta

from marketplace.kit.errors import AlreadyDecided, BadInput, TooMany
from marketplace.kit.i18n import lazy

CODE_LIFE = timedelta(minutes=10)
MOST_TRIES = 5
MOST_CODES = 5
"""Codes per order: each costs a message."""

PAUSE = timedelta(minutes=1)


class BadRefundAccount(BadInput):
    """An account that cannot be one."""

    message = lazy("Chưa đọc được tài khoản. Chọn ngân hàng, gõ số tài khoản và tên chủ tài khoản.")


class NoRefundToAwait(AlreadyDecided):
    """Nothing is to be transferred back for this order, or it was."""

    message = lazy("Đơn này không còn khoản nào chờ chuyển trả.")


class TooManyCodes(TooMany):
    """Each code costs a message, and guesses are counted."""

    message = lazy("Đã gửi nhiều mã quá. Xin đợi một lát, hoặc gọi người bán.")


def refund_memo(code: str) -> str:
    """What the buyer reads in the bank: `HOAN TIEN DON 4748689`."""
    return f"HOAN TIEN DON {code}"[:25]
