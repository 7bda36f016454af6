"""What a cart shows: its lines per stall, and what changed since they were put aside. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from marketplace.kit.errors import BadInput, Refused
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.money import Dong
from marketplace.shelf.rules import Purchasable

MOST = 999
"""Units of one variant in one cart."""


class BadQuantity(BadInput):
    """Not a number of units that a cart takes."""

    message = lazy("Số lượng là số từ 1 đến 999, ví dụ 2.")


class NotForSaleHere(Refused):
    """The thing is not on sale, or has no cart button (a visit, a service)."""

    message = lazy("Món này hiện không bán qua giỏ hàng. Xin gọi người bán để hỏi.")


class LineProblem(StrEnum):
    """Why a line cannot be ordered as it stands."""

    GONE = "gone"
    SOLD_OUT = "sold_out"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Kept:
    """A line as it is stored."""

    variant_id: int
    quantity: int
    price_seen: Dong
    name_seen: str


@dataclass(frozen=True, slots=True)
class CartItem:
    """A line as it is now. `goods` is None when the product is no longer on sale. Dong, units."""

    kept: Kept
    goods: Purchasable | None

    @property
    def variant_id(self) -> int:
        """The variant's id: what the forms of the line send."""
        return self.kept.variant_id

    @property
    def quantity(self) -> int:
        """Units put aside."""
        return self.kept.quantity

    @property
    def name(self) -> str:
        """The product's name now, else the one it had."""
        return self.goods.product_name if self.goods else self.kept.name_seen

    @property
    def price(self) -> Dong:
        """Price of one unit now."""
        return self.goods.price if self.goods else self.kept.price_seen

    @property
    def total(self) -> Dong:
        """Price of the line now; nothing for what is gone."""
        return Dong(self.price * self.quantity) if self.goods else Dong(0)

    @property
    def price_before(self) -> Dong | None:
        """The price it was put aside for, when it has changed since."""
        return self.kept.price_seen if self.goods and self.goods.price != self.kept.price_seen else None

    @property
    def problem(self) -> LineProblem | None:
        """What keeps it from being ordered."""
        if self.goods is None:
            return LineProblem.GONE
        if self.goods.free <= 0:
            return LineProblem.SOLD_OUT
        return LineProblem.SHORT if self.goods.free < self.quantity else None

    @property
    def says(self) -> Text:
        """The problem in words, or nothing."""
        if self.problem is LineProblem.SHORT and self.goods:
            return lazy("Chỉ còn %(left)s %(unit)s.", left=self.goods.free, unit=lazy(self.goods.unit))
        sentences = {LineProblem.GONE: lazy("Không còn bán."), LineProblem.SOLD_OUT: lazy("Vừa hết hàng.")}
        return sentences.get(self.problem, "") if self.problem else ""


@dataclass(frozen=True, slots=True)
class CartBlock:
    """The lines of one stall: one parcel, one order, one transfer."""

    producer_id: int
    producer_name: str
    producer_url: str
    items: tuple[CartItem, ...]

    @property
    def goods(self) -> Dong:
        """Dong for the goods alone."""
        return Dong(sum(item.total for item in self.items))

    @property
    def weight_g(self) -> int:
        """Grams of the parcel."""
        return sum(item.goods.weight_g * item.quantity for item in self.items if item.goods)

    @property
    def adult(self) -> bool:
        """Whether there is an alcoholic drink in it."""
        return any(item.goods.adult for item in self.items if item.goods)

    @property
    def days_to_make(self) -> int:
        """Days until everything of it is made."""
        return max((item.goods.days_to_make for item in self.items if item.goods), default=0)


@dataclass(frozen=True, slots=True)
class CartView:
    """A cart as it is now. `ordered_token` leads to the order it became; `gone` are lines that are no longer on sale."""

    blocks: tuple[CartBlock, ...] = ()
    gone: tuple[CartItem, ...] = ()
    updated_at: datetime | None = None
    ordered_token: str = ""

    @property
    def items(self) -> tuple[CartItem, ...]:
        """All lines that are on sale."""
        return tuple(item for block in self.blocks for item in block.items)

    @property
    def count(self) -> int:
        """Units in the cart."""
        return sum(item.quantity for item in (*self.items, *self.gone))

    @property
    def goods(self) -> Dong:
        """Dong for the goods alone."""
        return Dong(sum(block.goods for block in self.blocks))

    @property
    def adult(self) -> bool:
        """Whether there is an alcoholic drink in it."""
        return any(block.adult for block in self.blocks)

    @property
    def problems(self) -> tuple[CartItem, ...]:
        """Lines that keep the cart from being ordered."""
        return (*self.gone, *(item for item in self.items if item.problem))

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it at all."""
        return not self.blocks and not self.gone


def assemble(
    kept: Iterable[Kept], goods: Mapping[int, Purchasable]
) -> tuple[tuple[CartBlock, ...], tuple[CartItem, ...]]:
    """Lines grouped by stall in the order in which the first of each was put aside, and those that are gone."""
    items = [CartItem(line, goods.get(line.variant_id)) for line in kept]
    by_stall: dict[int, list[CartItem]] = {}
    for item in items:
        if item.goods:
            by_stall.setdefault(item.goods.producer_id, []).append(item)
    blocks = tuple(_block(lines) for lines in by_stall.values())
    return blocks, tuple(item for item in items if item.goods is None)


def _block(items: list[CartItem]) -> CartBlock:
    first = items[0].goods
    assert first is not None
    return CartBlock(first.producer_id, first.producer_name, first.producer_url, tuple(items))
