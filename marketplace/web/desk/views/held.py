"""A market that came back from a backup: what its operator has to look at before it goes on."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit import holding, outbox
from marketplace.kit.i18n import _
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.views.people import admin_only
from marketplace.web.desk.views.stuck import in_words


@bp.get("/tam-giu")
def held() -> Response:
    """When the copy was taken, what is known of the time since, and what waits to go out."""
    admin_only()
    waiting = [(in_words(topic), rows) for topic, rows in outbox.waiting_by_topic()]
    return frame.page("desk/held.html", tab="held", held=holding.current(), waiting=waiting)


@bp.post("/tam-giu")
def release_held() -> AnyResponse:
    """Go on; the action asks who."""
    went_on = holding.release(frame.actor())
    frame.flash(_("Chợ chạy tiếp. Các tin đang chờ được gửi đi.") if went_on else _("Chợ không bị tạm giữ."))
    return frame.back_to("desk.held")
