"""What the market promised to do outside and could not: shown to an admin, to be tried again or left undone."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit import outbox
from marketplace.kit.i18n import Text, _, lazy
from marketplace.kit.text import whole
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.views.people import admin_only

KINDS: dict[str, Text] = {
    "message.send": lazy("Gửi một tin nhắn"),
    "code.send": lazy("Gửi mã đăng nhập"),
    "photo.decode": lazy("Làm ảnh sản phẩm"),
    "producer.photo": lazy("Làm ảnh gian hàng"),
    "files.sweep": lazy("Dọn ảnh cũ"),
    "card.refund": lazy("Hoàn tiền vào thẻ"),
    "held.review": lazy("Hỏi Stripe sau khi khôi phục"),
}
TOLD: dict[str, Text] = {
    "order": lazy("Báo tin về đơn hàng"),
    "card": lazy("Xem một khoản thẻ ở Stripe"),
    "payout": lazy("Báo tin về tiền chợ chuyển"),
    "refund": lazy("Báo tin về tiền hoàn"),
    "producer": lazy("Báo tin về cơ sở"),
    "product": lazy("Báo tin về sản phẩm"),
    "certificate": lazy("Báo tin về giấy công nhận"),
    "problem": lazy("Báo tin về việc cần giải quyết"),
}
MOST = 100


def in_words(topic: str) -> str:
    """What kind of thing it was."""
    return str(KINDS.get(topic) or TOLD.get(topic.partition(".")[0]) or _("Việc khác (%(topic)s)", topic=topic))


@bp.get("/viec-ket")
def stuck() -> Response:
    """Oldest first, with what went wrong the last time."""
    admin_only()
    rows = [(each, in_words(each.topic)) for each in outbox.given_up(MOST)]
    return frame.page("desk/stuck.html", tab="stuck", rows=rows, total=outbox.given_up_count())


@bp.post("/viec-ket")
def decide_stuck() -> AnyResponse:
    """Try one again (`viec`), or all; or leave one undone. The actions ask who."""
    one, verb = whole(request.form.get("viec", "")) or 0, request.form.get("verb")
    if verb == "drop":
        frame.flash(_("Đã bỏ việc này.") if outbox.drop(frame.actor(), one) else _("Việc này đã có người xử lý."))
    else:
        tried = outbox.retry(frame.actor(), None if verb == "retry-all" else one)
        frame.flash(_("Chợ đang thử lại %(n)s việc.", n=tried) if tried else _("Không còn việc nào để thử lại."))
    return frame.back_to("desk.stuck")
