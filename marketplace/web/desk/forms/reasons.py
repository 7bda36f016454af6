"""Ready reasons for sending a product back, each leading to the page that mends it."""

from collections.abc import Iterable

from marketplace.catalog.rules import has_cart, questions
from marketplace.kit.i18n import LazyString, lazy
from marketplace.law.rules import DocumentKind, document_label
from marketplace.producers.rules import Reason

ALWAYS = (
    Reason("photo", lazy("Ảnh mờ, tối hoặc không rõ hàng.")),
    Reason("name", lazy("Tên chưa rõ là hàng gì.")),
    Reason("set", lazy("Chọn chưa đúng nhóm hàng.")),
    Reason("price", lazy("Giá hoặc đơn vị bán chưa rõ.")),
    Reason("papers", lazy("Giấy tờ mờ, hết hạn hoặc không phải của hàng này.")),
)
WHEN_ASKED = (
    Reason("ingredients", lazy("Thành phần ghi chưa đủ hoặc khác trên nhãn.")),
    Reason("material", lazy("Chất liệu ghi chưa rõ.")),
    Reason("origin", lazy("Nguồn gốc nguyên liệu chưa rõ.")),
    Reason("shelf_life", lazy("Hạn dùng chưa rõ hoặc khác trên nhãn.")),
    Reason("description", lazy("Lời giới thiệu cần viết lại.")),
)


def reasons_for(set_no: int | None, lacking: Iterable[DocumentKind]) -> list[Reason]:
    """Missing papers first, then what the set asks, then what goes for every product."""
    asked = {question.field for question in questions(set_no)} if set_no else set()
    kinds = list(lacking)
    names = LazyString(lambda: ", ".join(str(document_label(kind)) for kind in kinds))
    missing = [Reason("papers", lazy("Thiếu giấy tờ: %(papers)s.", papers=names))] if kinds else []
    always = [reason for reason in ALWAYS if reason.field != "price" or has_cart(set_no)]
    return [*missing, *always, *(reason for reason in WHEN_ASKED if reason.field in asked)]
