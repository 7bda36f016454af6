"""Values and small decisions of the public shelf; no database, no Flask."""

from marketplace.shelf.rules.cards import Card, Picture, SearchDocument, Stock, stock_of
from marketplace.shelf.rules.groups import GROUPS, HOME_GROUPS, ShopGroup, group_by_slug, group_of
from marketplace.shelf.rules.lists import cheapest_fee, first_sentence, spread
from marketplace.shelf.rules.pages import (
    Badge,
    Delivery,
    Gone,
    Maker,
    MakerLine,
    Moved,
    NewBadge,
    Option,
    ProductPage,
    Purchasable,
    StallBadge,
    StallPage,
    Story,
    VillagePage,
    VillageTile,
    key_of,
)
from marketplace.shelf.rules.seasons import words_of

__all__ = [
    "GROUPS",
    "HOME_GROUPS",
    "Badge",
    "Card",
    "Delivery",
    "Gone",
    "Maker",
    "MakerLine",
    "Moved",
    "NewBadge",
    "Option",
    "Picture",
    "ProductPage",
    "Purchasable",
    "SearchDocument",
    "ShopGroup",
    "StallBadge",
    "StallPage",
    "Stock",
    "Story",
    "VillagePage",
    "VillageTile",
    "cheapest_fee",
    "first_sentence",
    "group_by_slug",
    "group_of",
    "key_of",
    "spread",
    "stock_of",
    "words_of",
]
