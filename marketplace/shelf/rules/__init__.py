"""Values and small decisions of the public shelf; no database, no Flask."""

from marketplace.shelf.rules.cards import FEW, Card, Picture, SearchDocument, Stock, stock_word
from marketplace.shelf.rules.groups import GROUPS, HOME_GROUPS, ShopGroup, group_by_slug, group_of
from marketplace.shelf.rules.pages import (
    Badge,
    Maker,
    MakerLine,
    Option,
    ProductPage,
    Purchasable,
    StallBadge,
    StallPage,
    VillagePage,
    VillageTile,
)
from marketplace.shelf.rules.seasons import words_of

__all__ = [
    "FEW",
    "GROUPS",
    "HOME_GROUPS",
    "Badge",
    "Card",
    "Maker",
    "MakerLine",
    "Option",
    "Picture",
    "ProductPage",
    "Purchasable",
    "SearchDocument",
    "ShopGroup",
    "StallBadge",
    "StallPage",
    "Stock",
    "VillagePage",
    "VillageTile",
    "group_by_slug",
    "group_of",
    "stock_word",
    "words_of",
]
