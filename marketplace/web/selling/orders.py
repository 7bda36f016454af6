"""How an order is shown to its producer: one next step, and her story of it."""

from dataclasses import dataclass

from marketplace.kit.i18n import Text, lazy
from marketplace.orders.rules import Way
from marketplace.payments.queries import OrderView, SellingOrder
from marketplace.payments.rules.ahead import ahead
from marketplace.web.frame.words import moment

IN_ORDER = ("accept", "ready", "hand_over", "collected")
LABELS: dict[str, Text] = {
    "received": lazy("Đã nhận tiền"),
    "accept": lazy("Nhận đơn"),
    "ready": lazy("Hàng đã gói xong"),
    "hand_over": lazy("Đã giao cho vận chuyển"),
    "collected": lazy("Khách đã nhận"),
    "delivered": lazy("Khách đã nhận"),
    "in_hand": lazy("Đã nhận tiền thu hộ"),
    "at_stall": lazy("Đã thu tiền mặt"),
    "back": lazy("Hàng đã về, bán tiếp được"),
}
ICONS = {
    "received": "money",
    "accept": "check",
    "ready": "box",
    "hand_over": "truck",
    "collected": "check",
    "delivered": "check",
    "in_hand": "money",
    "at_stall": "money",
    "back": "box",
}


@dataclass(frozen=True)
class Shown:
    """A line of the timeline."""

    text: Text
    when: str
    state: str


def next_verb(one: SellingOrder) -> str:
    """The one thing to do now; empty when there is nothing: a claim of the buyer is answered before anything else."""
    if one.may_not_see:
        return "received"
    if one.may_take_cash:
        return "in_hand" if one.order.way is Way.SHIP else "at_stall"
    if one.coming_back:
        return "back"
    verbs = {verb for verb, _label in one.order.buttons}
    return next((verb for verb in IN_ORDER if verb in verbs), "")


def story(order: OrderView) -> list[Shown]:
    """What was done, and what happens now."""
    done = [
        Shown(f"{step.text}: {step.note}" if step.note else step.text, moment(step.at), "done") for step in order.steps
    ]
    return done + [
        Shown(text, "", "now")
        for text in ahead(order.state, order.way, order.money, card=order.card, cash=bool(order.cash))[:1]
    ]
