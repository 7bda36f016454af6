"""Papers a product needs before it is approved, by its set (QĐ 26/2026/QĐ-TTg, Mẫu 02; NĐ 15/2018/NĐ-CP; Luật 44/2019)."""

from enum import StrEnum

from marketplace.kit.i18n import LazyString, lazy
from marketplace.kit.text import fold
from marketplace.law.rules.sets import ALCOHOL_SETS, LIVING_SETS, TOURISM_SETS


class DocumentKind(StrEnum):
    """The kinds of paper the market asks for. Kept in the private store, seen by the area's team only."""

    BUSINESS_REGISTRATION = "business_registration"
    QUALITY_DECLARATION = "quality_declaration"
    FOOD_SAFETY = "food_safety"
    LABEL_PHOTO = "label_photo"
    ALCOHOL_LICENCE = "alcohol_licence"
    AD_CONFIRMATION = "ad_confirmation"
    REGISTERED_DECLARATION = "registered_declaration"
    SERVICE_CONDITIONS = "service_conditions"


DOCUMENT_LABELS: dict[DocumentKind, LazyString] = {
    DocumentKind.BUSINESS_REGISTRATION: lazy("Giấy đăng ký kinh doanh"),
    DocumentKind.QUALITY_DECLARATION: lazy("Bản tự công bố chất lượng"),
    DocumentKind.FOOD_SAFETY: lazy("Giấy chứng nhận đủ điều kiện an toàn thực phẩm"),
    DocumentKind.LABEL_PHOTO: lazy("Ảnh chụp nhãn hàng"),
    DocumentKind.ALCOHOL_LICENCE: lazy("Giấy phép sản xuất hoặc bán lẻ rượu"),
    DocumentKind.AD_CONFIRMATION: lazy("Giấy xác nhận nội dung quảng cáo"),
    DocumentKind.REGISTERED_DECLARATION: lazy("Bản công bố đã đăng ký"),
    DocumentKind.SERVICE_CONDITIONS: lazy("Giấy tờ về điều kiện dịch vụ"),
}

DOCUMENT_HINTS: dict[DocumentKind, LazyString] = {
    DocumentKind.BUSINESS_REGISTRATION: lazy("Chụp trang có tên cơ sở và số đăng ký."),
    DocumentKind.QUALITY_DECLARATION: lazy("Tờ ghi số tự công bố, ví dụ: 01/TCB/2026."),
    DocumentKind.FOOD_SAFETY: lazy("Giấy do cơ quan nông nghiệp, công thương hoặc y tế cấp."),
    DocumentKind.LABEL_PHOTO: lazy("Chụp rõ mặt nhãn có thành phần, khối lượng, hạn dùng."),
    DocumentKind.ALCOHOL_LICENCE: lazy("Rượu từ 5,5 độ cần có giấy phép trước khi bán."),
    DocumentKind.AD_CONFIRMATION: lazy("Giấy ghi nội dung được phép quảng cáo."),
    DocumentKind.REGISTERED_DECLARATION: lazy("Giấy tiếp nhận bản công bố do cơ quan y tế cấp."),
    DocumentKind.SERVICE_CONDITIONS: lazy("Ví dụ: giấy đăng ký lưu trú, phòng cháy."),
}

_K = DocumentKind
_FOOD = (_K.BUSINESS_REGISTRATION, _K.QUALITY_DECLARATION, _K.FOOD_SAFETY, _K.LABEL_PHOTO)
_HERBAL = {
    18: (_K.BUSINESS_REGISTRATION, _K.REGISTERED_DECLARATION, _K.AD_CONFIRMATION, _K.LABEL_PHOTO),
    19: (_K.BUSINESS_REGISTRATION, _K.REGISTERED_DECLARATION, _K.LABEL_PHOTO),
    20: (_K.BUSINESS_REGISTRATION, _K.QUALITY_DECLARATION, _K.LABEL_PHOTO),
}

DISCLAIMER = "Thực phẩm này không phải là thuốc, không có tác dụng thay thế thuốc chữa bệnh."
"""What goods of set 18 must carry (NĐ 15/2018/NĐ-CP)."""


def required_documents(set_no: int) -> tuple[DocumentKind, ...]:
    """The papers without which goods of this set are not approved. Raises KeyError outside 1-26.

    Food: registration, own declaration, food-safety certificate, label. Alcohol: the licence besides. Set 18:
    registered declaration and confirmed advertising. Crafts, plants and animals: none, the description says what a
    label would. Tourism: service conditions.
    """
    if not 1 <= set_no <= 26:
        raise KeyError(set_no)
    if set_no in ALCOHOL_SETS:
        return (*_FOOD, _K.ALCOHOL_LICENCE)
    if set_no in _HERBAL:
        return _HERBAL[set_no]
    if set_no in TOURISM_SETS:
        return (_K.SERVICE_CONDITIONS,)
    if set_no in LIVING_SETS or set_no > 20:
        return ()
    return _FOOD


def document_label(kind: DocumentKind) -> LazyString:
    """The paper's name as people know it."""
    return DOCUMENT_LABELS[kind]


def carries_disclaimer(text: str) -> bool:
    """Whether a text of set 18 says, in whatever spelling, that the goods are not a medicine."""
    bare = fold(text)
    return "khong phai la thuoc" in bare and "thay the thuoc chua benh" in bare
