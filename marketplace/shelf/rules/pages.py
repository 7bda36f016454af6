"""What each public page shows, as plain values: a template reads them and computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from marketplace.kit.actor import Place
from marketplace.kit.i18n import Text, _
from marketplace.kit.money import Dong
from marketplace.shelf.rules.cards import Card, Picture, Stock
from marketplace.shelf.rules.groups import ShopGroup


@dataclass(frozen=True, slots=True)
class Moved:
    """The address is an old one: the thing has this slug now."""

    slug: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The product was public and is not on sale now. `stall_url` is empty when its stall is closed too."""

    name: str
    stall: str
    stall_url: str


def key_of(slug: str) -> str:
    """The permanent key at the end of an address; the words before it may change. Empty for what cannot be a key."""
    key = slug.rpartition("-")[2]
    return key if key.isascii() and key.isalnum() else ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A live recognition as the public sees it. `until` is the last day on which it holds."""

    stars: int
    decision_no: str
    issuer: str
    decision_date: date
    until: date
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One variant on the product page. `per_measure` is "170.000 ₫/kg" where a net measure is known, else ""; `measure` "500 g"."""

    variant_id: int
    label: str
    unit: str
    price: Dong
    price_text: str
    measure: str
    per_measure: str
    stock: Stock
    left: int
    shipping_weight_g: int


@dataclass(frozen=True, slots=True)
class Maker:
    """The stall behind a product: what the law wants said of a seller, and how to reach the stall."""

    id: int
    url: str
    name: str
    kind: Text
    place: str
    village: str
    village_url: str
    old_place: str
    since: date | None
    delivered: int
    phone: str
    phone_text: str
    zalo: bool
    picture: str
    registration_no: str
    tax_code: str
    representative: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Delivery:
    """How goods reach a buyer: the widest reach, whether they are sent at all or may be collected, days until
    they are ready.
    """

    reach: Text
    sent: bool
    collect_ok: bool
    days: int


@dataclass(frozen=True, slots=True)
class ProductPage:
    """Everything on a product's own page."""

    id: int
    key: str
    slug: str
    name: str
    klass: str
    klass_label: Text
    set_no: int
    group: ShopGroup
    description: str
    facts: tuple[tuple[Text, str], ...]
    pictures: tuple[Picture, ...]
    options: tuple[Option, ...]
    badge: Badge | None
    maker: Maker
    place: Place
    place_text: str
    place_url: str
    village: str
    village_url: str
    village_id: int | None
    delivery: Delivery
    adult: bool
    contact_only: bool
    is_sample: bool
    updated: date
    opinions: Mapping[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Address of this page."""
        return f"/san-pham/{self.slug}"

    @property
    def chosen(self) -> Option | None:
        """The variant offered first: the cheapest that can be had, else the cheapest."""
        if not self.options:
            return None
        return min(self.options, key=lambda option: (option.stock is Stock.NONE, option.price))

    @property
    def buyable(self) -> bool:
        """Whether anything of it can be put into a cart now."""
        return not self.contact_only and any(option.stock is not Stock.NONE for option in self.options)


@dataclass(frozen=True, slots=True)
class NewBadge:
    """A product on the home page's list of new recognitions, with the day its decision was signed."""

    card: Card
    signed: date


@dataclass(frozen=True, slots=True)
class Story:
    """One maker's own words on the home page."""

    url: str
    name: str
    kind: Text
    place: str
    quote: str
    face: str
    scene: str


@dataclass(frozen=True, slots=True)
class StallBadge:
    """One line of the stall's list of recognitions."""

    product: str
    product_url: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class StallPage:
    """A producer's public stall."""

    maker: Maker
    slug: str
    key: str
    story: str
    cards: tuple[Card, ...]
    badges: tuple[StallBadge, ...]
    delivery: Delivery
    place: Place


@dataclass(frozen=True, slots=True)
class MakerLine:
    """A stall in a list of makers."""

    url: str
    name: str
    kind: Text
    products: int
    picture: str


@dataclass(frozen=True, slots=True)
class VillageTile:
    """A craft village in a list of villages. `picture` is an address, or empty."""

    url: str
    name: str
    place: str
    province_code: str
    makers: int
    products: int
    picture: str

    @property
    def line(self) -> str:
        """`Xã Bát Tràng, Hà Nội · 11 cơ sở, 42 sản phẩm`."""
        return _(
            "%(place)s · %(makers)s cơ sở, %(products)s sản phẩm",
            place=self.place,
            makers=self.makers,
            products=self.products,
        )


@dataclass(frozen=True, slots=True)
class VillagePage:
    """A craft village: where it is now and was before, who works there, what it makes."""

    id: int
    slug: str
    name: str
    story: str
    place: Place
    place_text: str
    place_url: str
    old_place: str
    full_line: str
    picture: str
    makers: tuple[MakerLine, ...]
    cards: tuple[Card, ...]
    products: int
    near: tuple[VillageTile, ...]


@dataclass(frozen=True, slots=True)
class Purchasable:
    """A variant that can be bought now, with what the cart and the checkout freeze. Weights in grams."""

    variant_id: int
    product_id: int
    producer_id: int
    product_name: str
    product_url: str
    product_slug: str
    variant_label: str
    unit: str
    price: Dong
    free: int
    weight_g: int
    set_no: int
    reach: str
    collect_ok: bool
    days_to_make: int
    adult: bool
    origin: Place
    producer_name: str
    producer_url: str
    producer_phone: str
    picture: Picture | None
    stars: int | None
    certificate_no: str
