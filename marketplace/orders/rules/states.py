"""The life of an order: who may move it from where to where, and what its stock does meanwhile."""

from collections.abc import Mapping
from enum import StrEnum

from marketplace.kit.actor import ActorKind
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.states import Move, StateTable


class Way(StrEnum):
    """How the goods reach the buyer."""

    SHIP = "ship"
    COLLECT = "collect"


WAY_LABELS: Mapping[Way, Text] = {Way.SHIP: lazy("Giao tận nơi"), Way.COLLECT: lazy("Nhận tại gian hàng")}


class OrderState(StrEnum):
    """Where one producer's part of a checkout stands."""

    PLACED = "placed"
    ACCEPTED = "accepted"
    READY = "ready"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


STATE_LABELS: Mapping[OrderState, Text] = {
    OrderState.PLACED: lazy("Mới đặt"),
    OrderState.ACCEPTED: lazy("Đã nhận đơn"),
    OrderState.READY: lazy("Đã gói xong"),
    OrderState.HANDED_OVER: lazy("Đang giao"),
    OrderState.DELIVERED: lazy("Đã giao xong"),
    OrderState.EXPIRED: lazy("Hết hạn giữ hàng"),
    OrderState.CANCELLED: lazy("Đã hủy"),
}

CLOSED = frozenset({OrderState.EXPIRED, OrderState.CANCELLED})
"""States in which the buyer gets no goods: whatever money came must go back."""


class StockState(StrEnum):
    """What the order's lines do to the stock. They are a hold only in `held`."""

    HELD = "held"
    TAKEN = "taken"
    RELEASED = "released"
    RETURNED = "returned"
    LOST = "lost"


_SELLER = frozenset({ActorKind.PRODUCER, ActorKind.HELPER})
_BUYER = frozenset({ActorKind.BUYER})

ORDER_MOVES = StateTable(
    OrderState,
    {
        "accept": Move({OrderState.PLACED}, OrderState.ACCEPTED, _SELLER, lazy("Nhận đơn")),
        "ready": Move({OrderState.ACCEPTED}, OrderState.READY, _SELLER, lazy("Đã gói xong")),
        "hand_over": Move({OrderState.READY}, OrderState.HANDED_OVER, _SELLER, lazy("Đã giao cho vận chuyển")),
        "collected": Move({OrderState.READY}, OrderState.DELIVERED, _SELLER | _BUYER, lazy("Khách đã nhận hàng")),
        "delivered": Move({OrderState.HANDED_OVER}, OrderState.DELIVERED, _SELLER | _BUYER, lazy("Đã nhận được hàng")),
        "expire": Move({OrderState.PLACED}, OrderState.EXPIRED, frozenset({ActorKind.SYSTEM})),
        "revive": Move({OrderState.EXPIRED}, OrderState.PLACED, _SELLER | _BUYER | {ActorKind.GATEWAY}),
        "cancel": Move({OrderState.PLACED}, OrderState.CANCELLED, _BUYER, lazy("Hủy đơn này")),
        "cannot_make": Move(
            {OrderState.PLACED, OrderState.ACCEPTED, OrderState.READY},
            OrderState.CANCELLED,
            _SELLER,
            lazy("Không làm được đơn này"),
        ),
        "refused": Move({OrderState.HANDED_OVER}, OrderState.CANCELLED, _SELLER, lazy("Khách không nhận")),
    },
)
"""`refused`: a parcel that nobody paid for comes back; its goods are sold again when its producer says that they are there.

`revive` is what late money does to an expired order when there is stock again. `collected` belongs to orders fetched at the stall."""


def way_allows(verb: str, way: Way) -> bool:
    """A parcel goes through a carrier, an order fetched at the stall does not."""
    if way is Way.COLLECT:
        return verb not in ("hand_over", "delivered", "refused")
    return verb != "collected"
