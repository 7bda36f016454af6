"""Changes to a product on sale: begun, shown beside what is on sale, sent, and dropped."""

from werkzeug.wrappers import Response

from marketplace.catalog import actions, queries, rules
from marketplace.catalog.models import Photo, Product
from marketplace.kit.i18n import Text, _, lazy
from marketplace.web import frame
from marketplace.web.selling.door import bp
from marketplace.web.selling.products import own_product, page_of
from marketplace.web.selling.shown import mending, photo_address, review_rows

WORDS: dict[rules.ProductState, tuple[str, Text, Text]] = {
    rules.ProductState.DRAFT: (
        "info",
        lazy("Đang soạn thay đổi"),
        lazy("Người mua vẫn thấy bản cũ. Sửa xong thì bấm Gửi duyệt thay đổi."),
    ),
    rules.ProductState.SUBMITTED: (
        "wait",
        lazy("Thay đổi đang chờ duyệt"),
        lazy("Bản cũ vẫn bán bình thường. Cán bộ duyệt xong thì bản mới lên chợ."),
    ),
    rules.ProductState.RETURNED: ("bad", lazy("Thay đổi cần sửa lại"), lazy("Bản cũ vẫn bán bình thường.")),
    rules.ProductState.APPLIED: ("good", lazy("Đã duyệt thay đổi"), lazy("Các thay đổi này đã lên chợ.")),
    rules.ProductState.WITHDRAWN: ("info", lazy("Đã bỏ các thay đổi"), lazy("Bản đang bán giữ nguyên.")),
}


@bp.post("/ban-hang/hang/<key>/sua")
def begin_revision(key: str) -> Response:
    """To the page of changes; the one already open, when there is one."""
    revision_id = actions.begin_revision(frame.actor(), own_product(key).id)
    revision = queries.product(revision_id)
    return frame.back_to("selling.product_review", key=revision.key if revision else key)


def revision_page(one: Product, refusal: Text = "") -> Response:
    """What is on sale, what would change, and the step that is next."""
    live = queries.revised(one)
    is_open = one.state in rules.OPEN_REVISION
    diff = queries.difference(one) if is_open else None
    editable = one.state in rules.EDITABLE
    lacking = rules.missing(queries.facts(one)) if editable else []
    return frame.page(
        "selling/products/revision.html",
        status=422 if refusal else 200,
        has_errors=bool(refusal),
        refusal=refusal,
        product=one,
        live=live,
        words=WORDS[one.state],
        points=mending(one) if one.state is rules.ProductState.RETURNED else [],
        diff=diff,
        diff_photos=_photos(one, live, diff) if diff else {},
        lacking=[(each.message, page_of(one, each.field) + "?ve=xem-lai") for each in lacking],
        editable=editable,
        rows=review_rows(one, queries.variants(one.id)) if editable else [],
        has_cart=rules.has_cart(one.set_no),
        papers_missing=queries.papers_needed(one) if editable else [],
        buttons=dict(rules.REVISION_MOVES.buttons(one.state, frame.actor())),
    )


def _photos(one: Product, live: Product, diff: queries.Difference) -> dict[str, list[dict[str, str]]]:
    return {
        "new": [_photo(one, photo, _("Ảnh mới")) for photo in diff.new_photos],
        "gone": [_photo(live, photo, _("Ảnh sẽ bỏ")) for photo in diff.gone_photos],
    }


def _photo(product: Product, photo: Photo, alt: str) -> dict[str, str]:
    return {"url": photo_address(product, photo, 160) if photo.sizes else "", "alt": alt}
