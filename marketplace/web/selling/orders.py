"""How an order is shown to its producer: one next step, and her story of it."""

from dataclasses import dataclass

from marketplace.kit.i18n import Text, lazy
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
}
ICONS = {
    "received": "money",
    "accept": "check",
    "ready": "box",
    "hand_over": "truck",
    "collected": "check",
    "delivered": "check",
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
    verbs = {verb for verb, _label in one.order.buttons}
    return next((verb for verb in IN_ORDER if verb in verbs), "")


def story(order: OrderView) -> list[Shown]:
    """What was done, and what happens now."""
    done = [
        Shown(f"{step.text}: {step.note}" if step.note else step.text, moment(step.at), "done") for step in order.steps
    ]
    return done + [Shown(text, "", "now") for text in ahead(order.state, order.way, order.money, card=order.card)[:1]]
