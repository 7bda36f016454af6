"""What is said of card money: to the buyer, and to the producer who waits for hers. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from marketplace.kit.clock import TZ
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.money import Dong, show_dong
from marketplace.orders.rules import OrderState

BUYER_CLOSED: Mapping[OrderState, Text] = {
    OrderState.EXPIRED: lazy("Đơn đã hết hạn giữ hàng. Thẻ chưa bị trừ tiền."),
    OrderState.CANCELLED: lazy("Đơn đã hủy. Không phải trả tiền nữa."),
}
PASSED_ON = lazy("Khách đã trả thẻ, chợ đã chuyển tiền vào tài khoản của gian hàng.")
SELLER_WAITS = lazy("Người mua chọn trả bằng thẻ và chưa trả. Chưa cần làm gì; hàng đang được giữ.")


def payout_words(delivered_at: datetime | None, days: int) -> Text:
    """When the market passes card money on, as its producer reads it."""
    if delivered_at is None:
        return lazy("Khách đã trả thẻ. Khách nhận hàng rồi thì trong %(n)s ngày chợ chuyển tiền cho gian hàng.", n=days)
    before = (delivered_at + timedelta(days=days + 1)).astimezone(TZ)
    return lazy("Khách đã trả thẻ, chợ sẽ chuyển trước ngày %(day)s.", day=f"{before.day}/{before.month}")


def buyer_pays(missing: Dong, time: str, stall: str) -> Text:
    """What the buyer of a new order does."""
    if missing:
        return lazy("Trả %(sum)s bằng thẻ trước %(time)s.", sum=show_dong(missing), time=time)
    return lazy("Đã trả bằng thẻ. Chờ %(stall)s nhận đơn.", stall=stall)


def several(total: Dong, time: str, *, all_by_card: bool) -> Text:
    """What the buyer of several new orders does, some of them or all by card."""
    values = {"sum": show_dong(total), "time": time}
    if all_by_card:
        return lazy("Trả %(sum)s bằng thẻ một lần trước %(time)s.", **values)
    return lazy("Còn phải trả %(sum)s trước %(time)s: một phần bằng thẻ, phần kia chuyển khoản.", **values)


def seller_refund(amount: Dong) -> Text:
    """What the producer does about a refund to a card."""
    return lazy("Chợ hoàn %(sum)s vào thẻ của người mua. Gian hàng không phải làm gì.", sum=show_dong(amount))


def refund_to_card(amount: Dong, *, done: bool, failed: bool) -> Text:
    """Where a refund to a card stands."""
    values = {"sum": show_dong(amount)}
    if done:
        return lazy("Chợ đã hoàn %(sum)s vào thẻ đã trả. Ngân hàng ghi vào thẻ trong 5 đến 10 ngày.", **values)
    if failed:
        return lazy("Hoàn %(sum)s vào thẻ chưa được. Đơn vị vận hành chợ đang làm lại.", **values)
    return lazy("Chợ đang hoàn %(sum)s vào thẻ đã trả.", **values)


def buyer_owes(missing: Dong) -> Text:
    """Who owes what for an unpaid order."""
    return lazy("Người mua còn phải trả %(sum)s bằng thẻ.", sum=show_dong(missing))
