"""What the order pages say: the one thing to do now, and who owes what. Pure: values in, sentences out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.kit.clock import TZ
from marketplace.kit.i18n import Text, _, lazy
from marketplace.kit.money import Dong, show_dong
from marketplace.orders.rules import OrderState, Way
from marketplace.payments.rules import card_words, cash_words
from marketplace.payments.rules.cash import Cash
from marketplace.payments.rules.money import MoneyState
from marketplace.payments.rules.refund_words import Refund, buyer_refund, refund_words, seller_refund

TIMELINE: Mapping[str, Text] = {
    "placed": lazy("Đã đặt hàng"),
    "tapped": lazy("Người mua báo đã chuyển khoản"),
    "received": lazy("Người bán đã nhận tiền"),
    "not_seen": lazy("Người bán chưa thấy tiền"),
    "accept": lazy("Người bán nhận đơn"),
    "ready": lazy("Hàng đã gói xong"),
    "hand_over": lazy("Đã giao cho vận chuyển"),
    "delivered": lazy("Đã nhận hàng"),
    "collected": lazy("Đã nhận hàng tại gian hàng"),
    "expire": lazy("Hết hạn giữ hàng"),
    "revive": lazy("Giữ hàng lại cho người mua"),
    "cancel": lazy("Người mua hủy đơn"),
    "cannot_make": lazy("Người bán không làm được đơn này"),
    "refund_sent": lazy("Người bán báo đã hoàn tiền"),
    "refund_back": lazy("Người mua đã nhận lại tiền"),
    "refund_disputed": lazy("Người bán báo tiền này chưa về"),
    "claim_withdrawn": lazy("Người mua báo lại là chưa chuyển tiền"),
    "refund_agreed": lazy("Người bán hoàn một phần tiền"),
    "old_money_said": lazy("Người mua báo đã chuyển theo mã cũ"),
    "old_money_seen": lazy("Có tiền về theo mã cũ, cán bộ sẽ xem"),
    "card_paid": lazy("Người mua đã trả bằng thẻ"),
    "card_refund_asked": lazy("Chợ đang hoàn tiền vào thẻ"),
    "card_refunded": lazy("Đã hoàn tiền vào thẻ"),
    "card_refund_failed": lazy("Hoàn tiền vào thẻ chưa được"),
    "card_refund_found": lazy("Tiền đã hoàn vào thẻ, ngoài chợ"),
    "card_disputed": lazy("Chủ thẻ khiếu nại, ngân hàng tạm rút tiền"),
    "card_dispute_won": lazy("Ngân hàng trả tiền lại cho chợ"),
    "card_dispute_lost": lazy("Ngân hàng trả tiền cho chủ thẻ"),
    "cash_collected": lazy("Đã trả tiền mặt khi nhận hàng"),
    "cash_in_hand": lazy("Người bán đã nhận tiền mặt"),
    "cash_waived": lazy("Người bán không đòi phần còn thiếu"),
    "refused": lazy("Khách không nhận hàng, gói hàng quay về"),
    "goods_back": lazy("Hàng đã về với người bán"),
    "goods_lost": lazy("Hàng quay về đã hỏng hoặc mất"),
}


@dataclass(frozen=True, slots=True)
class Situation:
    """One order at one moment. `silent`: an answer has been owed for 48 hours; `payout`: when she has card money."""

    state: OrderState
    way: Way
    money: MoneyState
    missing: Dong
    hold_until: datetime | None
    silent: bool
    stall: str
    carrier: str = ""
    refunds: Sequence[Refund] = ()
    card: bool = False
    payout: Text = ""
    frozen: bool = False
    cash: Cash | None = None
    coop: str = ""
    payee_id: int = 0
    keeper: int = 0

    @property
    def payee(self) -> str:
        """Whose account is paid into: the stall's, or that of the co-operative that is paid for it (`coop`)."""
        return self.coop or self.stall

    @property
    def told(self) -> cash_words.Told | None:
        """The order as the sentences about cash need it; None when it is paid in another way."""
        if self.cash is None:
            return None
        return cash_words.Told(self.cash, self.state, self.way, self.stall, self.carrier, at(self.hold_until))


def at(moment: datetime | None) -> str:
    """`14:05 ngày 25/11`: short, in Vietnam's time."""
    if moment is None:
        return ""
    local = moment.astimezone(TZ)
    return _("%(hour)s ngày %(day)s", hour=f"{local.hour}:{local.minute:02}", day=f"{local.day}/{local.month}")


def buyer_next(one: Situation) -> Text:
    """What the buyer of this order does now."""
    open_refund = next((refund for refund in one.refunds if not refund.done), None)
    if open_refund:
        return buyer_refund(open_refund, one.payee)
    if one.told:
        return cash_words.buyer_next(one.told)
    if one.state is OrderState.PLACED:
        return _buyer_placed(one)
    if one.state is OrderState.READY:
        return _READY[one.way]
    return (card_words.BUYER_CLOSED if one.card else {}).get(one.state) or _BUYER[one.state]


_READY: Mapping[Way, Text] = {
    Way.SHIP: lazy("Hàng đã gói xong, đang chờ giao cho bên vận chuyển."),
    Way.COLLECT: lazy("Hàng đã sẵn sàng. Mời đến gian hàng để nhận."),
}
_BUYER: Mapping[OrderState, Text] = {
    OrderState.ACCEPTED: lazy("Người bán đã nhận đơn và đang chuẩn bị hàng."),
    OrderState.HANDED_OVER: lazy("Hàng đang trên đường. Khi nhận được hàng, bấm Đã nhận được hàng."),
    OrderState.DELIVERED: lazy("Đơn đã xong. Cảm ơn đã mua hàng của làng nghề và hợp tác xã."),
    OrderState.EXPIRED: lazy("Đơn đã hết hạn giữ hàng. Nếu đã chuyển tiền, bấm Tôi đã chuyển khoản."),
    OrderState.CANCELLED: lazy("Đơn đã hủy. Không phải chuyển tiền nữa."),
}


def _buyer_placed(one: Situation) -> Text:
    values = {"stall": one.payee, "sum": show_dong(one.missing), "time": at(one.hold_until)}
    if one.silent:
        return lazy(
            "%(stall)s chưa trả lời sau 48 giờ. Có thể gọi người bán, hoặc hủy đơn để nhận lại tiền.",
            stall=one.payee if one.missing else one.stall,
        )
    if one.frozen and one.missing:
        return lazy("Xin đừng chuyển tiền cho %(stall)s lúc này: tài khoản đang được kiểm tra.", stall=one.payee)
    if one.card:
        return card_words.buyer_pays(one.missing, values["time"], one.stall)
    if one.money is MoneyState.WAITING:
        return lazy("Chuyển khoản %(sum)s cho %(stall)s trước %(time)s.", **values)
    if one.money is MoneyState.CLAIMED:
        return lazy("Đã báo chuyển khoản. Chờ %(stall)s xem tài khoản rồi nhận đơn.", stall=one.payee)
    if one.money is MoneyState.NOT_SEEN:
        return lazy(
            "%(stall)s chưa thấy tiền về. Xin xem lại ngân hàng; nếu đã chuyển, bấm Tôi đã chuyển khoản trước %(time)s.",
            stall=one.payee,
            time=values["time"],
        )
    if one.money is MoneyState.PART:
        return lazy("%(stall)s mới nhận được một phần. Xin chuyển thêm %(sum)s.", stall=one.payee, sum=values["sum"])
    return lazy("%(stall)s đã nhận đủ tiền. Chờ người bán nhận đơn.", stall=one.payee)


def group_next(parts: Sequence[Situation]) -> Text:
    """The one sentence at the top of the buyer's page: what is most pressing of all orders of the checkout."""
    to_pay = [
        one
        for one in parts
        if one.state is OrderState.PLACED and one.missing and not one.cash and one.money is not MoneyState.CLAIMED
    ]
    if stopped := next((one for one in to_pay if one.frozen), None):
        return buyer_next(stopped)  # before anybody pays
    if len(to_pay) > 1:
        payees = {one.payee_id or -n for n, one in enumerate(to_pay, 1)}
        total = Dong(sum(one.missing for one in to_pay))
        until = at(min((one.hold_until for one in to_pay if one.hold_until), default=None))
        if any(one.card for one in to_pay):
            return card_words.several(total, until, all_by_card=all(one.card for one in to_pay))
        if len(payees) == 1 and to_pay[0].money is MoneyState.WAITING:
            return lazy(
                "Chuyển khoản %(sum)s cho %(stall)s trước %(time)s.",
                sum=show_dong(total),
                stall=to_pay[0].payee,
                time=until,
            )
        return lazy(
            "Còn %(n)s khoản cần chuyển, tất cả %(sum)s, trước %(time)s. Mỗi gian hàng nhận tiền vào tài khoản của mình.",
            n=len(payees),
            sum=show_dong(total),
            time=until,
        )
    return buyer_next(to_pay[0] if to_pay else min(parts, key=_urgency))


def _urgency(one: Situation) -> int:
    if any(not refund.done for refund in one.refunds):
        return 0
    order = [
        OrderState.HANDED_OVER,
        OrderState.READY,
        OrderState.PLACED,
        OrderState.ACCEPTED,
        OrderState.EXPIRED,
        OrderState.DELIVERED,
        OrderState.CANCELLED,
    ]
    return 1 + order.index(one.state)


def seller_next(one: Situation) -> Text:
    """What the producer of this order does now."""
    open_refund = next((refund for refund in one.refunds if not refund.done), None)
    if open_refund:
        return refund_words(open_refund, one.coop) if one.coop else seller_refund(open_refund)
    if one.told:
        return cash_words.seller_next(one.told)
    if one.state is OrderState.PLACED:
        if one.coop and one.missing:
            return lazy(
                "%(coop)s nhận tiền cho đơn này và đang chờ tiền về. Có tiền thì chợ báo để nhận đơn.", coop=one.coop
            )
        if one.coop:
            return lazy("%(coop)s đã nhận đủ tiền. Bấm Nhận đơn để bắt đầu làm.", coop=one.coop)
        return card_words.SELLER_WAITS if one.card and one.missing else _SELLER_MONEY[one.money]
    if one.state is OrderState.READY:
        return _SELLER_READY[one.way]
    return _SELLER[one.state]


_SELLER_MONEY: Mapping[MoneyState, Text] = {
    MoneyState.WAITING: lazy("Người mua chưa báo chuyển tiền. Chưa cần làm gì; hàng đang được giữ."),
    MoneyState.CLAIMED: lazy("Người mua báo đã chuyển tiền. Xem tài khoản rồi bấm Đã nhận tiền hoặc Chưa thấy tiền."),
    MoneyState.NOT_SEEN: lazy("Đã báo chưa thấy tiền. Chờ người mua xem lại."),
    MoneyState.PART: lazy("Mới nhận một phần tiền. Chờ người mua chuyển thêm."),
    MoneyState.PAID: lazy("Tiền đã đủ. Bấm Nhận đơn để bắt đầu làm."),
    MoneyState.OVER: lazy("Tiền đã đủ và còn thừa. Bấm Nhận đơn, rồi hoàn phần thừa."),
}
_SELLER_READY: Mapping[Way, Text] = {
    Way.SHIP: lazy("Giao gói hàng cho bên vận chuyển, rồi bấm Đã giao cho vận chuyển."),
    Way.COLLECT: lazy("Chờ khách đến nhận. Khách nhận xong thì bấm Khách đã nhận hàng."),
}
_SELLER: Mapping[OrderState, Text] = {
    OrderState.ACCEPTED: lazy("Làm và gói hàng. Gói xong thì bấm Hàng đã gói xong."),
    OrderState.HANDED_OVER: lazy("Hàng đang trên đường. Không cần làm gì thêm."),
    OrderState.DELIVERED: lazy("Đơn đã xong."),
    OrderState.EXPIRED: lazy("Đơn hết hạn vì chưa có tiền. Hàng đã trả về kho."),
    OrderState.CANCELLED: lazy("Đơn đã hủy."),
}


def who_owes(one: Situation) -> Text:
    """Who owes whom what for this order, in one sentence that is always there."""
    open_refund = next((refund for refund in one.refunds if not refund.done), None)
    if open_refund:
        return refund_words(open_refund, one.payee)
    if one.state in (OrderState.EXPIRED, OrderState.CANCELLED):
        returned = [refund for refund in one.refunds if refund.amount]
        return refund_words(returned[-1], one.payee) if returned else lazy("Không bên nào còn nợ gì.")
    if one.told:
        return cash_words.who_owes(one.told)
    if one.missing and one.money is MoneyState.CLAIMED:
        return lazy(
            "Người mua báo đã chuyển %(sum)s cho %(stall)s. Chờ %(stall)s xem tài khoản.",
            sum=show_dong(one.missing),
            stall=one.payee,
        )
    if one.missing and one.card:
        return card_words.buyer_owes(one.missing)
    if one.missing:
        return lazy("Người mua còn phải chuyển %(sum)s cho %(stall)s.", sum=show_dong(one.missing), stall=one.payee)
    if one.state is OrderState.DELIVERED:
        return lazy("Đã trả đủ tiền và đã nhận hàng. Không bên nào còn nợ gì.")
    return lazy("Đã trả đủ tiền. %(stall)s còn phải giao hàng.", stall=one.stall)
