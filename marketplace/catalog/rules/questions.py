"""What each of the 26 sets must say before it may be sold: one question a page, and what is still missing.

The content follows Luật Bảo vệ quyền lợi người tiêu dùng 19/2023/QH15 Điều 37.1 (measure, quality, use, origin, expiry, delivery)
and the knock-outs of QĐ 26/2026/QĐ-TTg for the sets; forbidden words are `law.check_text`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from marketplace.catalog.rules.wording import words_for
from marketplace.delivery.rules import Reach
from marketplace.kit.i18n import Text, lazy
from marketplace.law.rules import ALCOHOL_SETS, DISCLAIMER, HERBAL_SETS, LIVING_SETS, TOURISM_SETS

FRESH_SETS = frozenset({1, 2, 3})
FOOD_SETS = frozenset(range(1, 14))
DRINK_SETS = frozenset(range(14, 18))
CRAFT_SETS = frozenset({21, 22})
REGISTERED_SETS = frozenset({18})

MOST_PHOTOS = 8
MOST_DAYS = 90


class AnswerKind(StrEnum):
    """How a question is put on its page."""

    LINE = "line"
    TEXT = "text"
    MEASURE = "measure"
    WEIGHT = "weight"
    DAYS = "days"
    CHOICE = "choice"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Question:
    """One page: `field` is the column it fills, `slug` its address, `ready` answers offered as buttons to press."""

    field: str
    slug: str
    title: Text
    hint: Text
    kind: AnswerKind = AnswerKind.LINE
    required: bool = True
    limit: int = 300
    ready: tuple[Text, ...] = ()


ALCOHOL_WARNING = lazy("Người dưới 18 tuổi và phụ nữ mang thai không uống. Đã uống rượu thì không lái xe.")

_Q = {
    q.field: q
    for q in (
        Question(
            "net", "khoi-luong", lazy("Một %(unit)s có bao nhiêu?"),
            lazy("Không tính vỏ hộp. Ví dụ: 500 g, 1,5 kg hoặc 750 ml."), AnswerKind.MEASURE,
        ),
        Question(
            "shipping", "can-goi", lazy("Gói xong để gửi thì nặng bao nhiêu?"),
            lazy("Cân cả hộp, cả bao bì. Dùng để tính phí giao. Ví dụ: 600 g."), AnswerKind.WEIGHT,
        ),
        Question(
            "ingredients", "thanh-phan", lazy("Làm từ những gì?"),
            lazy("Kể hết các thứ cho vào, thứ nhiều kể trước. Ví dụ: gạo nếp, mật mía, lạc, gừng."), AnswerKind.TEXT,
        ),
        Question(
            "material", "chat-lieu", lazy("Làm bằng gì?"),
            lazy("Ví dụ: mây và tre; lụa tơ tằm; gỗ, sơn ta."),
        ),
        Question(
            "dimensions", "kich-thuoc", lazy("To nhỏ thế nào?"),
            lazy("Dài, rộng, cao. Ví dụ: dài 30 cm, rộng 20 cm."),
        ),
        Question("strength", "do-con", lazy("Rượu bao nhiêu độ?"), lazy("Như in trên nhãn. Ví dụ: 29 độ."), limit=40),
        Question(
            "origin", "nguon-goc", lazy("Nguyên liệu lấy ở đâu?"),
            lazy("Ví dụ: gạo nếp và gừng trồng tại xã Thạch Thất, Hà Nội."),
        ),
        Question(
            "shelf_life", "han-dung", lazy("Để được bao lâu?"), lazy("Tính từ ngày làm xong. Ví dụ: 3 tháng."), limit=120,
            ready=(lazy("7 ngày"), lazy("3 tháng"), lazy("6 tháng"), lazy("12 tháng")),
        ),
        Question(
            "storage", "bao-quan", lazy("Cất giữ thế nào?"), lazy("Ví dụ: để nơi khô mát, tránh nắng."),
            ready=(lazy("Để nơi khô mát, tránh nắng"), lazy("Để ngăn mát tủ lạnh"), lazy("Để ngăn đá tủ lạnh")),
        ),
        Question(
            "usage", "cach-dung", lazy("Dùng thế nào?"), lazy("Ví dụ: ăn ngay, ngon hơn khi uống cùng chè xanh."),
            AnswerKind.TEXT,
        ),
        Question(
            "warnings", "luu-y", lazy("Có gì người mua cần tránh?"),
            lazy("Ví dụ: có lạc, ai dị ứng lạc thì không ăn."), AnswerKind.TEXT,
        ),
        Question(
            "declaration_no", "so-cong-bo", lazy("Số giấy tiếp nhận đăng ký bản công bố?"),
            lazy("Số ghi trên giấy của cơ quan y tế. Ví dụ: 1234/2025/ĐKSP."), limit=120,
        ),
        Question(
            "days_to_make", "may-ngay", lazy("Có đơn thì mấy ngày gửi được?"),
            lazy("Hàng có sẵn thì điền 1. Ví dụ: 2."), AnswerKind.DAYS, limit=10,
        ),
        Question("reach", "giao-den", lazy("Gửi hàng đi đến đâu?"), lazy("Chọn nơi xa nhất gửi được."), AnswerKind.CHOICE),
        Question(
            "collect_ok", "den-lay", lazy("Người mua đến lấy tận nơi được không?"),
            lazy("Đến lấy thì không mất phí giao."), AnswerKind.YES_NO,
        ),
        Question(
            "description", "gioi-thieu", lazy("Kể vài câu về sản phẩm"),
            lazy("Ai làm, làm thế nào, khác hàng khác ở đâu. Vài câu là đủ."), AnswerKind.TEXT, required=False, limit=2000,
        ),
    )
}  # fmt: skip

_TOURISM = (
    Question(
        "description", "gioi-thieu", lazy("Khách đến thì được làm gì, xem gì?"),
        lazy("Ví dụ: nửa ngày học nặn gốm, ăn trưa cùng gia đình."), AnswerKind.TEXT, limit=2000,
    ),
    Question(
        "usage", "cach-dung", lazy("Khách cần hẹn trước thế nào?"),
        lazy("Ví dụ: gọi trước 2 ngày, đoàn từ 2 đến 10 người."), AnswerKind.TEXT,
    ),
)  # fmt: skip

_DELIVERY = ("days_to_make", "reach", "collect_ok")


def _fields(set_no: int) -> tuple[str, ...]:
    """Columns a set must fill, in the order they are asked."""
    if set_no in CRAFT_SETS:
        return ("material", "dimensions", "origin", "shipping", *_DELIVERY)
    if set_no in LIVING_SETS:
        return ("dimensions", "origin", "usage", "shipping", *_DELIVERY)
    front = ("net", "shipping", *(() if set_no in FRESH_SETS else ("ingredients",)))
    if set_no in ALCOHOL_SETS:
        return (*front, "strength", "origin", "storage", "usage", "warnings", *_DELIVERY)
    cautious = ("warnings",) if set_no in HERBAL_SETS else ()
    registered = ("declaration_no",) if set_no in REGISTERED_SETS else ()
    return (*front, "origin", "shelf_life", "storage", "usage", *cautious, *registered, *_DELIVERY)


def _optional(set_no: int, asked: Iterable[str]) -> tuple[str, ...]:
    extras = ["description"]
    if set_no in FOOD_SETS | DRINK_SETS:
        extras = ["warnings", "declaration_no", *extras]
    if set_no in ALCOHOL_SETS:
        extras = ["shelf_life", *extras]
    if set_no in CRAFT_SETS:
        extras = ["usage", *extras]
    if set_no in HERBAL_SETS:
        extras = ["declaration_no", *extras]
    return tuple(field for field in extras if field not in set(asked))


DIGITS_ENOUGH = frozenset({"shelf_life", "strength", "dimensions", "declaration_no"})
"""Answers that a number alone can give; every other text needs words."""


def says_something(field: str, text: str) -> bool:
    """Whether a text answers its question: a smiley or a row of dots fills the box and tells the buyer nothing."""
    return any(c.isalpha() or (c.isdigit() and field in DIGITS_ENOUGH) for c in text)


def questions(set_no: int) -> list[Question]:
    """What a set asks, required ones first, in the order of the pages."""
    if set_no in TOURISM_SETS:
        return list(_TOURISM)
    asked = _fields(set_no)
    optional = [replace(_put(set_no, field), required=False) for field in _optional(set_no, asked)]
    return [_put(set_no, field) for field in asked] + optional


def _put(set_no: int, field: str) -> Question:
    """The question in the words of its kind of goods."""
    usual, said = _Q[field], words_for(set_no, field)
    ready = usual.ready if said.ready is None else said.ready
    return replace(usual, title=said.title or usual.title, hint=said.hint or usual.hint, ready=ready)


def question(set_no: int, slug: str) -> Question | None:
    """The question at an address, if this set asks it."""
    return next((q for q in questions(set_no) if q.slug == slug), None)


def first_text(set_no: int, field: str) -> Text:
    """What the law has written already for this field of this set; it may be added to, not left out."""
    if field != "warnings":
        return ""
    if set_no in REGISTERED_SETS:
        return DISCLAIMER
    return ALCOHOL_WARNING if set_no in ALCOHOL_SETS else ""


REACH_LABELS: dict[Reach, Text] = {
    Reach.COLLECT: lazy("Không gửi, người mua đến lấy"),
    Reach.COMMUNE: lazy("Trong xã, phường"),
    Reach.PROVINCE: lazy("Trong tỉnh, thành phố"),
    Reach.COUNTRY: lazy("Cả nước"),
}


def reaches_for(set_no: int) -> list[Reach]:
    """How far goods of a set may go: flowers, plants and animals stay in the province, a visit is not sent at all."""
    if set_no in TOURISM_SETS:
        return []
    if set_no in LIVING_SETS:
        return [Reach.COLLECT, Reach.COMMUNE, Reach.PROVINCE]
    return [Reach.COLLECT, Reach.COMMUNE, Reach.PROVINCE, Reach.COUNTRY]


def has_cart(set_no: int | None) -> bool:
    """Visits are agreed by telephone; everything else can be ordered."""
    return set_no not in TOURISM_SETS


def keeps_stock(set_no: int | None) -> bool:
    """Whether pieces are counted."""
    return has_cart(set_no)
