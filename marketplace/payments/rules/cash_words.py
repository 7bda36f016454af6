"""What is said of cash: to the buyer who hands it over, to the producer who waits for it, to whoever looks on. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.kit.i18n import Text, lazy
from marketplace.kit.money import show_dong
from marketplace.orders.rules import CLOSED, OrderState, Way
from marketplace.payments.rules.cash import Cash, CashState

LABELS: Mapping[Way, Text] = {
    Way.SHIP: lazy("Trả tiền mặt khi nhận hàng"),
    Way.COLLECT: lazy("Trả tiền mặt tại gian hàng"),
}
NOTES: Mapping[Way, Text] = {
    Way.SHIP: lazy("Trả cho người giao khi nhận hàng. Không phải trả trước."),
    Way.COLLECT: lazy("Trả cho người bán khi đến lấy hàng. Không phải trả trước."),
}
NO_ALCOHOL = lazy("Đơn có rượu thì không trả tiền mặt.")

_WORDS: Mapping[CashState, Mapping[Way, Text]] = {
    CashState.TO_COLLECT: {Way.SHIP: lazy("Thu tiền khi giao"), Way.COLLECT: lazy("Thu tiền mặt tại gian hàng")},
    CashState.COLLECTED: {Way.SHIP: lazy("Bên giao đã thu tiền"), Way.COLLECT: lazy("Khách báo đã trả tiền mặt")},
    CashState.REMITTED: {Way.SHIP: lazy("Mới nhận một phần tiền thu hộ"), Way.COLLECT: lazy("Mới thu một phần tiền")},
    CashState.SETTLED: {Way.SHIP: lazy("Đã nhận tiền thu hộ"), Way.COLLECT: lazy("Đã thu tiền mặt")},
}


@dataclass(frozen=True, slots=True)
class Told:
    """An order as the sentences about its cash need it. `until`: when it lapses, in words; `carrier` may be empty."""

    cash: Cash
    state: OrderState
    way: Way
    stall: str
    carrier: str = ""
    until: str = ""

    @property
    def values(self) -> dict[str, Text]:
        """What the sentences are filled with."""
        return {
            "stall": self.stall,
            "carrier": self.carrier or lazy("Bên vận chuyển"),
            "sum": show_dong(self.cash.due),
            "time": self.until,
            "collected": show_dong(self.cash.collected),
            "held": show_dong(self.cash.held),
            "short": show_dong(self.cash.short),
            "awaited": show_dong(self.cash.awaited),
            "in_hand": show_dong(self.cash.in_hand),
            "waived": show_dong(self.cash.waived),
        }


def cash_word(cash: Cash, way: Way, state: OrderState) -> Text:
    """Where the cash stands, in a few words."""
    return state_word(cash.state, way, state)


def state_word(cash: CashState, way: Way, state: OrderState) -> Text:
    """The same from what is stored."""
    if state in CLOSED and cash is CashState.TO_COLLECT:
        return lazy("Không thu tiền")
    return _WORDS[cash][way]


def buyer_next(one: Told) -> Text:
    """What the buyer does now."""
    values, ship = one.values, one.way is Way.SHIP
    if one.state is OrderState.PLACED and ship:
        return lazy(
            "Chờ %(stall)s nhận đơn, chậm nhất %(time)s. Chưa phải trả tiền; khi nhận hàng trả %(sum)s tiền mặt.",
            **values,
        )
    if one.state is OrderState.PLACED:
        return lazy(
            "Chờ %(stall)s nhận đơn, chậm nhất %(time)s. Chưa phải trả tiền; đến lấy hàng thì trả %(sum)s tiền mặt.",
            **values,
        )
    if one.state is OrderState.ACCEPTED:
        return lazy("%(stall)s đã nhận đơn và đang chuẩn bị hàng. Nhận hàng thì trả %(sum)s tiền mặt.", **values)
    if one.state is OrderState.READY and not ship:
        return lazy("Hàng đã sẵn sàng. Mời đến gian hàng, mang theo %(sum)s tiền mặt.", **values)
    if one.state is OrderState.READY:
        return lazy("Hàng đã gói xong, đang chờ gửi đi. Chuẩn bị %(sum)s tiền mặt.", **values)
    if one.state is OrderState.HANDED_OVER:
        return lazy(
            "Hàng đang trên đường. Trả %(sum)s tiền mặt cho người giao, rồi bấm Đã nhận hàng và trả tiền.", **values
        )
    if one.state is OrderState.DELIVERED and one.cash.short and one.cash.open:
        return lazy("Đã nhận hàng, còn thiếu %(short)s tiền mặt. Gọi %(stall)s để trả nốt.", **values)
    return _BUYER_ENDED[one.state]


def buyer_word(cash: Cash, state: OrderState) -> Text:
    """Where the buyer's money stands, in a few words: who passes it on to whom is not their concern."""
    if state in CLOSED and not cash.collected:
        return lazy("Không phải trả")
    if not cash.collected:
        return lazy("Trả khi nhận hàng")
    return lazy("Trả chưa đủ") if cash.short and cash.open else lazy("Đã trả tiền mặt")


_BUYER_ENDED: Mapping[OrderState, Text] = {
    OrderState.DELIVERED: lazy("Đơn đã xong. Cảm ơn đã mua hàng của làng nghề và hợp tác xã."),
    OrderState.EXPIRED: lazy("Người bán không trả lời nên đơn đã hết hạn. Không phải trả tiền."),
    OrderState.CANCELLED: lazy("Đơn đã hủy. Không phải trả tiền."),
}


def seller_next(one: Told) -> Text:
    """What the producer does now."""
    values, ship = one.values, one.way is Way.SHIP
    if one.state is OrderState.DELIVERED:
        return _seller_delivered(one)
    if one.state is OrderState.PLACED:
        return lazy("Khách trả tiền mặt, không chờ tiền. Bấm Nhận đơn trước %(time)s, không thì đơn tự hủy.", **values)
    if one.state is OrderState.READY and not ship:
        return lazy("Khách đến lấy thì thu %(sum)s, rồi bấm Đã thu tiền mặt.", **values)
    if one.state is OrderState.READY:
        return lazy("Gửi hàng và dặn bên vận chuyển thu hộ %(sum)s, rồi bấm Đã giao cho vận chuyển.", **values)
    if one.state is OrderState.HANDED_OVER:
        return lazy("Hàng đang trên đường. Nhận được %(sum)s thu hộ thì bấm Đã nhận tiền thu hộ.", **values)
    return _SELLER[one.state]


_SELLER: Mapping[OrderState, Text] = {
    OrderState.ACCEPTED: lazy("Làm và gói hàng. Gói xong thì bấm Hàng đã gói xong."),
    OrderState.EXPIRED: lazy("Đơn hết hạn vì chưa ai nhận. Hàng đã trả về kho."),
    OrderState.CANCELLED: lazy("Đơn đã hủy. Không thu tiền của khách."),
}


def _seller_delivered(one: Told) -> Text:
    values = one.values
    if not one.cash.open:
        return lazy("Đơn đã xong, tiền đã đủ.")
    if one.way is Way.COLLECT:
        return lazy("Khách đã nhận hàng. Thu được %(awaited)s thì bấm Đã thu tiền mặt.", **values)
    return lazy("Khách đã nhận hàng. Nhận được %(awaited)s thì bấm Đã nhận tiền thu hộ.", **values)


def who_owes(one: Told) -> Text:
    """Who owes whom what, for an order that is not closed; one sentence, or two when two owe."""
    values, ship = one.values, one.way is Way.SHIP
    if not one.cash.open:
        return _nobody(one)
    if one.cash.state is CashState.TO_COLLECT:
        return _to_collect(one)
    if one.cash.short and one.cash.held:
        return lazy(
            "Mới thu được %(collected)s trong %(sum)s, người mua còn thiếu %(short)s. %(stall)s mới cầm %(in_hand)s.",
            **values,
        )
    if one.cash.short:
        return lazy("Mới thu được %(collected)s trong %(sum)s. Người mua còn thiếu %(short)s.", **values)
    if ship:
        return lazy("Người mua đã trả %(collected)s. %(carrier)s còn phải chuyển %(held)s cho %(stall)s.", **values)
    return lazy("Người mua báo đã trả %(collected)s tại gian hàng. Chờ %(stall)s ghi đã thu đủ.", **values)


def _nobody(one: Told) -> Text:
    if one.cash.waived:
        return lazy("%(stall)s không đòi %(waived)s còn thiếu. Không bên nào còn nợ gì.", **one.values)
    return lazy("Đã trả đủ tiền và đã nhận hàng. Không bên nào còn nợ gì.")


def _to_collect(one: Told) -> Text:
    if one.way is Way.COLLECT:
        return lazy("Người mua trả %(sum)s tiền mặt cho %(stall)s khi đến lấy hàng.", **one.values)
    if one.state is OrderState.HANDED_OVER:
        return lazy("%(carrier)s thu %(sum)s của người mua khi giao, rồi chuyển lại cho %(stall)s.", **one.values)
    return lazy("Người mua trả %(sum)s tiền mặt cho người giao khi nhận hàng. Bây giờ chưa nợ gì.", **one.values)


def on_the_label(cash: Cash, way: Way) -> Text:
    """What the label and the packing slip tell whoever hands the goods over."""
    wanted = cash.short
    if not wanted:
        return lazy("Không thu tiền người nhận.")
    if way is Way.COLLECT:
        return lazy("Thu tại gian hàng: %(sum)s tiền mặt.", sum=show_dong(wanted))
    return lazy("THU HỘ: %(sum)s tiền mặt.", sum=show_dong(wanted))


AHEAD: Mapping[OrderState, Mapping[Way, tuple[Text, ...]]] = {
    OrderState.HANDED_OVER: {
        Way.SHIP: (lazy("Hàng đang trên đường"), lazy("Nhận hàng và trả tiền mặt")),
        Way.COLLECT: (),
    },
    OrderState.READY: {
        Way.SHIP: (lazy("Chờ giao cho vận chuyển"), lazy("Nhận hàng và trả tiền mặt")),
        Way.COLLECT: (lazy("Chờ đến nhận và trả tiền mặt tại gian hàng"),),
    },
}
"""What of a cash order lies ahead where it differs from others."""
