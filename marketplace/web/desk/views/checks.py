"""What the market checked on a product, as lines of a list."""

from collections.abc import Iterable, Sequence

from marketplace.catalog.models import Photo, Product
from marketplace.catalog.rules import Missing, PhotoState, papers_missing
from marketplace.kit.i18n import _
from marketplace.law.rules import DocumentKind, document_label, required_documents
from marketplace.places import queries as places
from marketplace.producers.models import Producer
from marketplace.producers.rules import Check, Mark


def product_checks(
    set_no: int | None,
    sent: Iterable[DocumentKind],
    photos: Sequence[Photo],
    lacking: Sequence[Missing],
    *,
    stall_open: bool,
) -> list[Check]:
    """Stall, answers, photos, then the papers of the set. What blocks keeps the product from being approved."""
    return [_stall(stall_open), _answers(lacking), _photos(photos), *_papers(set_no, set(sent))]


def made_at(product: Product, maker: Producer) -> str:
    """Where goods are made; village and old name are said only where they belong to the commune that is said."""
    village = places.village(product.village_id) if product.village_id else None
    if village:
        return places.full_line(product.place, village.name, village.old_place)
    if maker.place == product.place:
        return places.full_line(product.place, maker.village, maker.old_place)
    return places.full_line(product.place)


def _stall(is_open: bool) -> Check:
    if is_open:
        return Check(Mark.GOOD, _("Gian hàng"), _("Đã duyệt, đang mở"))
    return Check(Mark.BAD, _("Gian hàng"), _("Chưa duyệt hoặc đang tạm dừng; duyệt gian hàng trước"), blocks=True)


def _answers(lacking: Sequence[Missing]) -> Check:
    if not lacking:
        return Check(Mark.GOOD, _("Các mục cần điền"), _("Đã điền đủ, không có chữ cấm"))
    return Check(Mark.BAD, _("Các mục cần điền"), " ".join(str(each.message) for each in lacking), blocks=True)


def _photos(photos: Sequence[Photo]) -> Check:
    refused = [photo for photo in photos if photo.state is PhotoState.REFUSED]
    waiting = [photo for photo in photos if photo.state is PhotoState.WAITING]
    if not photos:
        return Check(Mark.BAD, _("Ảnh"), _("Chưa gửi ảnh nào"), blocks=True)
    if refused:
        return Check(Mark.BAD, _("Ảnh"), refused[0].reason or _("Có ảnh không dùng được"), blocks=True)
    if waiting:
        return Check(Mark.BAD, _("Ảnh"), _("Đang xử lý ảnh, đợi một phút rồi mở lại"), blocks=True)
    return Check(Mark.GOOD, _("Ảnh"), _("%(count)s ảnh, mở được", count=len(photos)))


def _papers(set_no: int | None, sent: set[DocumentKind]) -> list[Check]:
    if set_no is None:
        return []
    needed = required_documents(set_no)
    missing = papers_missing(set_no, sent)
    if not needed:
        return [Check(Mark.GOOD, _("Giấy tờ"), _("Nhóm này không cần giấy tờ riêng"))]
    return [
        Check(Mark.BAD, document_label(kind), _("Chưa gửi"), blocks=True)
        if kind in missing
        else Check(Mark.GOOD, document_label(kind), _("Đã gửi, mở ra xem"))
        for kind in needed
    ]
