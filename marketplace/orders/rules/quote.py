"""What a cart costs delivered: the same arithmetic for the page that shows it and for the order that is placed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.cart.rules import CartBlock, CartItem, CartView
from marketplace.delivery.rules import FeeTable, Reach, fee, narrower, reaches
from marketplace.kit.actor import Place
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.money import Dong
from marketplace.kit.text import whole
from marketplace.law.rules import LIVING_SETS
from marketplace.orders.rules.checkout import ChangeKind, Difference
from marketplace.orders.rules.states import WAY_LABELS, Way


@dataclass(frozen=True, slots=True)
class Offer:
    """One way for one stall's goods. `fee` in dong; `why_not` is empty when the way can be chosen."""

    way: Way
    fee: Dong
    why_not: Text = ""

    @property
    def label(self) -> Text:
        """The way in words."""
        return WAY_LABELS[self.way]

    @property
    def possible(self) -> bool:
        """Whether it can be chosen."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class BlockQuote:
    """One stall's part. `way` is None when nothing was chosen that can be done."""

    block: CartBlock
    offers: tuple[Offer, ...]
    way: Way | None

    @property
    def producer_id(self) -> int:
        """Whose part it is."""
        return self.block.producer_id

    @property
    def fee(self) -> Dong:
        """Dong for bringing it."""
        return next((offer.fee for offer in self.offers if offer.way == self.way), Dong(0))

    @property
    def total(self) -> Dong:
        """Goods and fee together."""
        return Dong(self.block.goods + self.fee)

    @property
    def stuck(self) -> bool:
        """Whether there is no way at all: the lines go different ways, or none reaches so far."""
        return not any(offer.possible for offer in self.offers)


@dataclass(frozen=True, slots=True)
class Quote:
    """The whole cart. Dong."""

    cart: CartView
    blocks: tuple[BlockQuote, ...]

    @property
    def goods(self) -> Dong:
        """All goods."""
        return Dong(sum(part.block.goods for part in self.blocks))

    @property
    def fee(self) -> Dong:
        """All fees."""
        return Dong(sum(part.fee for part in self.blocks))

    @property
    def total(self) -> Dong:
        """Everything."""
        return Dong(self.goods + self.fee)

    @property
    def ready(self) -> bool:
        """Whether it can be ordered as it stands."""
        return bool(self.blocks) and not self.cart.problems and all(part.way for part in self.blocks)

    @property
    def seen(self) -> str:
        """What the buyer sees, in a form that a page can carry back: prices by variant, fees by stall."""
        prices = [f"v{item.variant_id}={item.price}" for item in self.cart.items]
        return " ".join(prices + [f"p{part.producer_id}={part.fee}" for part in self.blocks])


def quote(cart: CartView, table: FeeTable, to: Place | None, ways: Mapping[int, Way]) -> Quote:
    """What the cart costs when each stall's goods go the chosen way; where none was chosen, they are sent when they can be.

    Nobody who gave an address is made to fetch goods without having said so.
    """
    return Quote(cart, tuple(_block(block, table, to, ways.get(block.producer_id)) for block in cart.blocks))


def _block(block: CartBlock, table: FeeTable, to: Place | None, chosen: Way | None) -> BlockQuote:
    offers = (_ship(block, table, to), Offer(Way.COLLECT, Dong(0), _why_not_collect(block)))
    possible = [offer.way for offer in offers if offer.possible]
    if chosen is not None:
        return BlockQuote(block, offers, chosen if chosen in possible else None)
    unasked = Way.COLLECT if to is None else Way.SHIP
    return BlockQuote(block, offers, unasked if unasked in possible else None)


def reach_of(item: CartItem) -> Reach:
    """How far a line goes. Flowers, plants and animals are never sent out of their province."""
    if item.goods is None:
        return Reach.COLLECT
    reach = Reach(item.goods.reach)
    return narrower(reach, Reach.PROVINCE) if item.goods.set_no in LIVING_SETS else reach


def may_collect(item: CartItem) -> bool:
    """Whether it can be fetched at the stall."""
    goods = item.goods
    return goods is not None and (goods.collect_ok or goods.set_no in LIVING_SETS or goods.reach == Reach.COLLECT)


def _ship(block: CartBlock, table: FeeTable, to: Place | None) -> Offer:
    first = block.items[0].goods
    if to is None or first is None:
        return Offer(Way.SHIP, Dong(0), lazy("Cần địa chỉ nhận hàng."))
    short = [item for item in block.items if not reaches(reach_of(item), first.origin, to)]
    if short:
        return Offer(Way.SHIP, Dong(0), _why_not_ship(short))
    return Offer(Way.SHIP, fee(table, block.weight_g, first.origin, to))


def _why_not_ship(short: list[CartItem]) -> Text:
    names = ", ".join(item.name for item in short)
    if all(reach_of(item) is Reach.COLLECT for item in short):
        return lazy("Chỉ nhận tại gian hàng: %(names)s.", names=names)
    return lazy("Không giao tới địa chỉ này: %(names)s.", names=names)


def _why_not_collect(block: CartBlock) -> Text:
    names = ", ".join(item.name for item in block.items if not may_collect(item))
    return lazy("Không nhận tại gian hàng: %(names)s.", names=names) if names else ""


def differences(seen: str, now: Quote) -> list[Difference]:
    """What is not as the buyer saw it, by name. Without `seen`: prices that changed since the goods were put aside."""
    before = _read(seen)
    found = [_price(item, before) for item in now.cart.items]
    fees = [
        Difference(ChangeKind.FEE, part.block.producer_name, before[f"p{part.producer_id}"], part.fee)
        for part in now.blocks
        if before.get(f"p{part.producer_id}", part.fee) != part.fee
    ]
    return [change for change in found if change] + fees


def _price(item: CartItem, before: Mapping[str, int]) -> Difference | None:
    old = before.get(f"v{item.variant_id}", item.kept.price_seen if not before else item.price)
    if old == item.price:
        return None
    return Difference(ChangeKind.PRICE, item.name, old, item.price, item.variant_id)


def _read(seen: str) -> dict[str, int]:
    pairs = (word.partition("=") for word in seen.split())
    return {key: number for key, _, value in pairs if (number := whole(value)) is not None}


def shortages(cart: CartView, free: Mapping[int, int]) -> list[Difference]:
    """Lines of which there are not enough: `before` units wanted, `now` units free."""
    return [
        Difference(ChangeKind.SHORT, item.name, item.quantity, free[item.variant_id], item.variant_id)
        for item in cart.items
        if item.variant_id in free
    ]


def gone(cart: CartView) -> list[Difference]:
    """Lines that are no longer on sale."""
    return [Difference(ChangeKind.GONE, item.name, variant_id=item.variant_id) for item in cart.gone]
