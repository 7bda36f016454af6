"""Buying again what was bought before: what is still on sale, what is not, and what costs something else now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from marketplace.kit.money import Dong
from marketplace.shelf.rules import Purchasable


@dataclass(frozen=True, slots=True)
class Bought:
    """One line of an old order. `price` in dong."""

    variant_id: int
    name: str
    label: str
    price: Dong
    quantity: int


@dataclass(frozen=True, slots=True)
class AgainLine:
    """One line as it can be bought now: `quantity` is 0 when it is not on sale any more, or sold out (`left` 0)."""

    variant_id: int
    name: str
    label: str
    wanted: int
    quantity: int
    before: Dong
    now: Dong | None
    url: str = ""

    @property
    def gone(self) -> bool:
        """Not on sale any more."""
        return self.now is None

    @property
    def sold_out(self) -> bool:
        """On sale, but nothing is left."""
        return self.now is not None and not self.quantity

    @property
    def fewer(self) -> bool:
        """Some are left, not as many as last time."""
        return 0 < self.quantity < self.wanted

    @property
    def price_changed(self) -> bool:
        """It costs more or less than last time."""
        return self.now is not None and self.now != self.before


def again(bought: Iterable[Bought], on_sale: Mapping[int, Purchasable]) -> list[AgainLine]:
    """What of these lines can be bought now; the same variant in two orders of a checkout cannot be: one stall sells it."""
    return [_line(one, on_sale.get(one.variant_id)) for one in bought]


def _line(one: Bought, goods: Purchasable | None) -> AgainLine:
    if goods is None:
        return AgainLine(one.variant_id, one.name, one.label, one.quantity, 0, one.price, None)
    possible = max(0, min(one.quantity, goods.free))
    return AgainLine(
        one.variant_id,
        goods.product_name,
        goods.variant_label,
        one.quantity,
        possible,
        one.price,
        goods.price,
        goods.product_url,
    )
