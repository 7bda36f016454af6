"""What a product still lacks before it may be sent to be approved, and what its papers lack before approval."""

from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.catalog.rules.questions import (
    REGISTERED_SETS,
    AnswerKind,
    Question,
    has_cart,
    questions,
    reaches_for,
    says_something,
)
from marketplace.catalog.rules.states import PhotoState
from marketplace.catalog.rules.wording import words_for
from marketplace.delivery.rules import Reach
from marketplace.kit.i18n import Text, lazy
from marketplace.law.rules import DocumentKind, carries_disclaimer, required_documents


@dataclass(frozen=True)
class VariantFacts:
    """What `missing` looks at in a variant."""

    unit: str
    price: int
    has_measure: bool
    shipping_weight_g: int


@dataclass(frozen=True)
class ProductFacts:
    """A product as written so far. `answers` holds text columns, days, reach and the collection answer as stored."""

    name: str
    set_no: int | None
    photos: tuple[PhotoState, ...]
    variants: tuple[VariantFacts, ...]
    answers: dict[str, object]


@dataclass(frozen=True)
class Missing:
    """One thing to fill in: the field whose page mends it, and the sentence that says so."""

    field: str
    message: Text


NOWHERE = lazy(
    "Hàng không gửi đi mà cũng không cho đến lấy thì không ai nhận được. Cho người mua đến lấy, hoặc chọn nơi gửi đến."
)

_WHAT_MISSING: dict[str, Text] = {
    "photo": lazy("Chưa có ảnh."),
    "photo_refused": lazy("Có ảnh chưa dùng được. Xóa ảnh đó hoặc chụp lại."),
    "name": lazy("Chưa có tên sản phẩm."),
    "set": lazy("Chưa chọn nhóm hàng."),
    "price": lazy("Chưa có giá bán."),
    "net": lazy("Chưa ghi một %(unit)s có bao nhiêu."),
    "shipping": lazy("Chưa ghi cân nặng khi gửi."),
    "ingredients": lazy("Chưa ghi làm từ những gì."),
    "material": lazy("Chưa ghi làm bằng gì."),
    "dimensions": lazy("Chưa ghi to nhỏ thế nào."),
    "strength": lazy("Chưa ghi rượu bao nhiêu độ."),
    "origin": lazy("Chưa ghi nguyên liệu lấy ở đâu."),
    "shelf_life": lazy("Chưa ghi để được bao lâu."),
    "storage": lazy("Chưa ghi cất giữ thế nào."),
    "usage": lazy("Chưa ghi dùng thế nào."),
    "warnings": lazy("Chưa ghi điều người mua cần tránh."),
    "declaration_no": lazy("Chưa ghi số giấy tiếp nhận đăng ký bản công bố."),
    "days_to_make": lazy("Chưa ghi mấy ngày thì gửi được."),
    "reach": lazy("Chưa chọn gửi hàng đi đến đâu."),
    "collect_ok": lazy("Chưa ghi người mua đến lấy được không."),
    "nowhere": NOWHERE,
    "description": lazy("Chưa giới thiệu khách được làm gì, xem gì."),
}

FIELDS: dict[str, Text] = {
    "photo": lazy("Ảnh"),
    "name": lazy("Tên"),
    "set": lazy("Nhóm hàng"),
    "class": lazy("Xếp loại"),
    "price": lazy("Giá và đơn vị bán"),
    "stock": lazy("Số lượng"),
    "net": lazy("Khối lượng"),
    "shipping": lazy("Cân nặng khi gửi"),
    "ingredients": lazy("Thành phần"),
    "material": lazy("Chất liệu"),
    "dimensions": lazy("Kích thước"),
    "strength": lazy("Độ rượu"),
    "origin": lazy("Nguồn gốc"),
    "shelf_life": lazy("Hạn dùng"),
    "storage": lazy("Cách cất giữ"),
    "usage": lazy("Cách dùng"),
    "warnings": lazy("Điều cần tránh"),
    "declaration_no": lazy("Số đăng ký công bố"),
    "days_to_make": lazy("Mấy ngày gửi được"),
    "reach": lazy("Gửi đến đâu"),
    "collect_ok": lazy("Đến lấy tận nơi"),
    "description": lazy("Lời giới thiệu"),
    "papers": lazy("Giấy tờ"),
    "certificate": lazy("Giấy chứng nhận OCOP"),
}
"""Every field a page of the wizard fills, by the word officials and makers call it: what a return may point at."""


def field_name(set_no: int | None, field: str) -> Text:
    """How an answer is headed, in the words of its kind of goods."""
    return words_for(set_no, field).name or FIELDS[field]


def _photo_missing(photos: tuple[PhotoState, ...]) -> list[str]:
    if PhotoState.REFUSED in photos:
        return ["photo_refused"]
    return [] if photos else ["photo"]


def missing(facts: ProductFacts) -> list[Missing]:
    """What must still be answered before it can be sent to be approved, in the order of the pages. Papers are apart."""
    lacks = _photo_missing(facts.photos)
    lacks += [] if facts.name else ["name"]
    if facts.set_no is None:
        return [_missing(code, facts) for code in (*lacks, "set")]
    if has_cart(facts.set_no) and (not facts.variants or any(v.price <= 0 for v in facts.variants)):
        lacks.append("price")
    lacks += [q.field for q in questions(facts.set_no) if q.required and not _answered(facts, q)]
    if reaches_nobody(facts.answers.get("reach"), facts.answers.get("collect_ok")):
        lacks.append("nowhere")
    return [_missing(code, facts) for code in lacks]


def reaches_nobody(reach: object, collect_ok: object) -> bool:
    """Neither sent anywhere nor handed out at the stall."""
    return reach == Reach.COLLECT and collect_ok is False


def _answered(facts: ProductFacts, asked: Question) -> bool:
    field = asked.field
    if field == "net":
        return all(v.has_measure for v in facts.variants)
    if field == "shipping":
        return all(v.shipping_weight_g > 0 for v in facts.variants)
    value = facts.answers.get(field)
    if field == "warnings" and facts.set_no in REGISTERED_SETS:
        return carries_disclaimer(str(value or ""))
    if field == "reach":
        return value in reaches_for(facts.set_no or 0)
    if asked.kind in (AnswerKind.LINE, AnswerKind.TEXT):
        return says_something(field, str(value or ""))
    return value is not None


def _missing(code: str, facts: ProductFacts) -> Missing:
    unit = facts.variants[0].unit if facts.variants else "hộp"
    usual = lazy("Chưa ghi một %(unit)s có bao nhiêu.", unit=lazy(unit)) if code == "net" else _WHAT_MISSING[code]
    message = words_for(facts.set_no, code).missing or usual
    return Missing({"photo_refused": "photo", "nowhere": "collect_ok"}.get(code, code), message)


def papers_missing(set_no: int | None, sent: Iterable[DocumentKind]) -> list[DocumentKind]:
    """Papers the set needs before approval that have not been sent. They may follow after Gửi duyệt."""
    if set_no is None:
        return []
    have = set(sent)
    return [kind for kind in required_documents(set_no) if kind not in have]
