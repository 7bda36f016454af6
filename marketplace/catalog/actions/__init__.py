"""Verbs of the catalogue, one file per group. Stock for orders is `catalog.stock`."""

from marketplace.catalog.actions.deciding import (
    approve,
    pause,
    restore,
    resume,
    send_back,
    set_sold,
    submit,
    take_back,
    withdraw,
)
from marketplace.catalog.actions.drafting import (
    add_variant,
    answer,
    choose_class,
    choose_set,
    draft,
    name,
    price,
    remove_variant,
    restore_variant,
    set_price,
)
from marketplace.catalog.actions.importing import import_product
from marketplace.catalog.actions.papers import add_document, remove_document, restore_document
from marketplace.catalog.actions.photos import (
    add_illustration,
    add_photo,
    first_photo,
    order_photos,
    photo_decoded,
    photo_refused,
    remove_photo,
    restore_photo,
)
from marketplace.catalog.actions.stocktaking import add_stock, count_stock

__all__ = [
    "add_document",
    "add_illustration",
    "add_photo",
    "add_stock",
    "add_variant",
    "answer",
    "approve",
    "choose_class",
    "choose_set",
    "count_stock",
    "draft",
    "first_photo",
    "import_product",
    "name",
    "order_photos",
    "pause",
    "photo_decoded",
    "photo_refused",
    "price",
    "remove_document",
    "remove_photo",
    "remove_variant",
    "restore",
    "restore_document",
    "restore_photo",
    "restore_variant",
    "resume",
    "send_back",
    "set_price",
    "set_sold",
    "submit",
    "take_back",
    "withdraw",
]
