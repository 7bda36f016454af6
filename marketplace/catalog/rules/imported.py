"""One row of an import, as the catalogue takes it."""

from dataclasses import dataclass, field

from marketplace.catalog.rules.missing import papers_missing
from marketplace.catalog.rules.states import Klass
from marketplace.kit.actor import Place
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.money import Dong
from marketplace.law.rules import ALCOHOL_SETS, document_label


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

    @property
    def live(self) -> bool:
        """Whether it goes on sale at once."""
        return self.on_sale and self.why_draft is None

    @property
    def why_draft(self) -> Text | None:
        """Why it stays a draft though it was to go on sale: no price, or a drink without its licence.

        For other papers the operator who says `--on-sale` answers, and stands in the log; samples prove nothing.
        """
        if not self.on_sale:
            return None
        if not self.price:
            return lazy("chưa có giá.")
        papers = papers_missing(self.set_no, ()) if self.set_no in ALCOHOL_SETS and not self.is_sample else []
        if not papers:
            return None
        return lazy("còn thiếu giấy tờ: %(papers)s.", papers=", ".join(str(document_label(kind)) for kind in papers))
