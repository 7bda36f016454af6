"""What of an order still lies ahead, in words: the thing that happens now first, then what follows. Pure."""

from collections.abc import Mapping

from marketplace.kit.i18n import Text, lazy
from marketplace.orders.rules import OrderState, Way
from marketplace.payments.rules.cash_words import AHEAD
from marketplace.payments.rules.money import MoneyState

_WAITING: Mapping[MoneyState, Text] = {
    MoneyState.CLAIMED: lazy("Chờ người bán xem tiền"),
    MoneyState.PAID: lazy("Chờ người bán nhận đơn"),
    MoneyState.OVER: lazy("Chờ người bán nhận đơn"),
}
_TO_ACCEPT = lazy("Chờ người bán nhận đơn")
_TO_PAY = lazy("Chờ chuyển khoản")
_BY_CARD = lazy("Chờ trả bằng thẻ")
_MAKE = lazy("Chuẩn bị và gói hàng")
_MAKING = lazy("Đang chuẩn bị và gói hàng")
_SEND: Mapping[Way, Text] = {Way.SHIP: lazy("Giao cho vận chuyển"), Way.COLLECT: lazy("Đến gian hàng nhận")}
_SENDING: Mapping[Way, Text] = {
    Way.SHIP: lazy("Chờ giao cho vận chuyển"),
    Way.COLLECT: lazy("Chờ đến nhận tại gian hàng"),
}
_ROAD = lazy("Hàng đang trên đường")
_GOT = lazy("Nhận hàng")


def ahead(
    state: OrderState, way: Way, money: MoneyState, *, card: bool = False, cash: bool = False
) -> tuple[Text, ...]:
    """What happens now and what follows; nothing for an order that has ended."""
    if cash and state in AHEAD:
        return AHEAD[state][way]
    last: tuple[Text, ...] = (_GOT,) if way is Way.SHIP else ()
    first = _TO_ACCEPT if cash else _WAITING.get(money, _BY_CARD if card else _TO_PAY)
    steps: Mapping[OrderState, tuple[Text, ...]] = {
        OrderState.PLACED: (first, _MAKE, _SEND[way], *last),
        OrderState.ACCEPTED: (_MAKING, _SEND[way], *last),
        OrderState.READY: (_SENDING[way], *last),
        OrderState.HANDED_OVER: (_ROAD, _GOT),
    }
    return steps.get(state, ())
