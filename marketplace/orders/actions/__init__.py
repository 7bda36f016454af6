"""Verbs about orders. Those that touch money are called through `payments.actions`."""

from marketplace.orders.actions.moving import (
    accept,
    cancel,
    cannot_make,
    delivered,
    expire,
    goods_back,
    hand_over,
    mark_read,
    ready,
    record,
    refused,
    revive,
    set_clocks,
    take_units_back,
)
from marketplace.orders.actions.placing import Placed, PlacedOrder, place

__all__ = [
    "Placed",
    "PlacedOrder",
    "accept",
    "cancel",
    "cannot_make",
    "delivered",
    "expire",
    "goods_back",
    "hand_over",
    "mark_read",
    "place",
    "ready",
    "record",
    "refused",
    "revive",
    "set_clocks",
    "take_units_back",
]
