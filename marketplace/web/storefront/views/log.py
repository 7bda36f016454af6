"""The public log of decisions: the office and its reason, never a person."""

from flask import Response, request

from marketplace.kit.i18n import _, lazy
from marketplace.producers import queries as producers
from marketplace.web import frame
from marketplace.web.storefront.views.door import absolute, bp, standing

PER_PAGE = 50
LAST_ID = 2**62

VERBS = {
    ("producer", "approve"): lazy("Mở gian hàng"),
    ("producer", "send_back"): lazy("Trả lại đơn mở gian hàng"),
    ("producer", "pause"): lazy("Tạm dừng gian hàng"),
    ("producer", "resume"): lazy("Mở lại gian hàng"),
    ("product", "approve"): lazy("Duyệt hàng"),
    ("product", "send_back"): lazy("Trả lại hàng để sửa"),
    ("product", "approve_change"): lazy("Duyệt thay đổi của hàng"),
    ("product", "return_change"): lazy("Trả lại thay đổi của hàng"),
    ("product", "pause"): lazy("Tạm dừng hàng"),
    ("product", "resume"): lazy("Cho bán lại"),
    ("review", "hide"): lazy("Gỡ ý kiến người mua"),
    ("review", "show"): lazy("Cho hiện lại ý kiến"),
    ("certificate", "confirm"): lazy("Xác nhận giấy công nhận"),
    ("certificate", "send_back"): lazy("Trả lại giấy công nhận"),
    ("certificate", "revoke"): lazy("Ghi nhận thu hồi công nhận"),
    ("certificate", "extend"): lazy("Ghi nhận gia hạn công nhận"),
}


@bp.get("/nhat-ky-duyet")
def decision_log() -> Response:
    """Decisions of the coordinators, newest first."""
    before = request.args.get("truoc", type=int)
    before = before if before is not None and 0 < before < LAST_ID else None
    rows = producers.decision_log(before=before, limit=PER_PAGE + 1)
    return frame.page(
        "storefront/log.html",
        rows=[(VERBS.get((row.subject_kind, row.verb), row.verb), row) for row in rows[:PER_PAGE]],
        older=f"/nhat-ky-duyet?truoc={rows[PER_PAGE - 1].id}" if len(rows) > PER_PAGE else "",
        canonical=absolute("/nhat-ky-duyet"),
        linked=standing((_("Nhật ký duyệt hàng"), "/nhat-ky-duyet")),
    )
