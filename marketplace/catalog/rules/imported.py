"""One row of an import, as the catalogue takes it."""

from dataclasses import dataclass, field

from marketplace.catalog.rules.states import Klass
from marketplace.kit.actor import Place
from marketplace.kit.money import Dong


@dataclass(frozen=True)
class Goods:
    """A product to import. `external_id` is the row's own id; `texts` are answers by column; `price` None leaves a draft."""

    name: str
    set_no: int
    place: Place
    unit: str = "hộp"
    external_id: str | None = None
    price: Dong | None = None
    stock: int = 0
    net: str = ""
    klass: Klass | None = None
    village_id: int | None = None
    is_sample: bool = False
    on_sale: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    days_to_make: int = 2
