"""What the order pages say of money that goes back. Pure: values in, sentences out."""

from dataclasses import dataclass

from marketplace.kit.i18n import Text, lazy
from marketplace.kit.money import Dong, show_dong
from marketplace.payments.rules import card_words


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund as the sentences need it. Dong."""

    amount: Dong
    sent: bool
    back: bool
    disputed: bool
    card: bool = False
    failed: bool = False

    @property
    def done(self) -> bool:
        """Both sides have said so, or nothing is owed any more."""
        return not self.amount or (self.sent and self.back)


def seller_refund(refund: Refund) -> Text:
    """Where a refund stands, and what its producer does now."""
    amount = show_dong(refund.amount)
    if refund.card:
        return card_words.seller_refund(refund.amount)
    if refund.done:
        return lazy("Đã hoàn %(sum)s, người mua đã nhận lại.", sum=amount)
    if refund.sent:
        return lazy("Đã báo hoàn %(sum)s. Chờ người mua báo đã nhận lại.", sum=amount)
    if refund.disputed:
        return lazy("Đã báo khoản %(sum)s chưa về. Cán bộ địa phương sẽ cùng hai bên làm rõ.", sum=amount)
    return lazy("Cần hoàn %(sum)s cho người mua. Chuyển trả xong thì bấm Đã hoàn tiền.", sum=amount)


def refund_words(refund: Refund, stall: str) -> Text:
    """Where a refund stands, as anybody reads it."""
    values = {"stall": stall, "sum": show_dong(refund.amount)}
    if refund.card:
        return card_words.refund_to_card(refund.amount, done=refund.done, failed=refund.failed)
    if refund.done:
        return lazy("%(stall)s đã hoàn %(sum)s, người mua đã nhận lại.", **values)
    if refund.sent:
        return lazy("%(stall)s báo đã hoàn %(sum)s. Chờ người mua báo đã nhận lại.", **values)
    if refund.back:
        return lazy("Người mua báo đã nhận lại %(sum)s. Chờ %(stall)s xác nhận.", **values)
    if refund.disputed:
        return lazy(
            "%(stall)s báo khoản %(sum)s chưa về tài khoản. Cán bộ địa phương sẽ cùng hai bên làm rõ.", **values
        )
    return lazy("%(stall)s cần hoàn lại %(sum)s cho người mua.", **values)


def buyer_refund(refund: Refund, stall: str) -> Text:
    """Where a refund stands, and what its buyer does now."""
    if refund.sent and not refund.done:
        said = {"stall": stall, "sum": show_dong(refund.amount)}
        return lazy("%(stall)s báo đã hoàn %(sum)s. Khi nhận được, bấm Đã nhận lại tiền.", **said)
    return refund_words(refund, stall)
