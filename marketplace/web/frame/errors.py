"""Every refusal becomes a page that looks like the market and says what to do; the API gets the same in JSON."""

import errno
import logging
from typing import Any, cast

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException

from marketplace.kit.edge.application import Market
from marketplace.kit.edge.forgery import ForeignRequest
from marketplace.kit.errors import Refused, TooMany
from marketplace.kit.i18n import Text, lazy

log = logging.getLogger(__name__)

PAGES = (403, 404, 405, 409, 413, 422, 429, 500, 503)
BUSY_STATES = ("55P03", "57014", "53300", "57P01", "57P02", "57P03", "40001", "40P01")
"""PostgreSQL: lock not available, statement timeout, too many connections, going down, starting, still a deadlock after three tries."""
FULL_STATES = ("53100",)
FULL_WORDS = ("full", "disk i/o", "no space left", "file too large")
BUSY_WORDS = ("locked", "busy", "connection failed", "connection refused", "server closed the connection")
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CANNOT_WRITE = lazy(
    "Chợ tạm thời chưa ghi được đơn mới. Xem hàng vẫn được. Giỏ hàng và đơn cũ còn nguyên; xin thử lại sau ít phút."
)

SENTENCES: dict[int, Text] = {
    400: lazy("Chợ chưa đọc được yêu cầu này. Xin thử lại."),
    403: lazy("Việc này cần người có quyền khác làm."),
    404: lazy("Không tìm thấy trang này."),
    405: lazy("Địa chỉ này chỉ dùng khi bấm nút trên một trang của chợ. Chưa có gì thay đổi."),
    408: lazy("Mạng chậm quá, chợ chưa nhận đủ. Xin thử lại."),
    410: lazy("Trang này không còn nữa."),
    411: lazy("Yêu cầu thiếu độ dài. Xin thử lại."),
    413: lazy("Ảnh hoặc giấy tờ gửi lên to quá. Mỗi ảnh nhiều nhất 25 MB."),
    415: lazy("Chợ chưa đọc được kiểu nội dung này."),
    422: lazy("Có chỗ cần sửa lại."),
    429: lazy("Thử quá nhiều lần. Xin đợi một lát rồi làm lại."),
    500: lazy("Chợ đang gặp trục trặc. Việc vừa làm chưa được ghi lại."),
    503: lazy("Chợ đang đông. Xin thử lại sau một phút."),
}


TEXT_TOO_LONG = lazy("Lời viết gửi lên dài quá. Mỗi ô nhiều nhất chừng 2.000 chữ.")


def takes_photos(path: str) -> bool:
    """Whether this address may receive megabytes: only there is it a photo that was too big."""
    app = cast(Market, current_app)
    return bool(app.receiver.photo_paths.match(path))


def nearest_page(path: str) -> str:
    """The page that this address hangs on: itself, or the longest beginning of it that can be opened."""
    parts = path.strip("/").split("/")
    beginnings = ("/" + "/".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((page for each in beginnings for page in (each, f"{each}/") if _opens(page)), "/")


def _opens(page: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return False
    try:
        adapter.match(page, method="GET")
    except HTTPException:  # no such page, not to be opened, or elsewhere
        return False
    return True


def answer(status: int, message: Text, **context: Any) -> Response:
    """The error page of this status, or its JSON under /api/."""
    if request.path.startswith("/api/"):
        response: Response = make_response(jsonify(error={"status": status, "message": str(message)}), status)
    else:
        response = _page(status, message, context)
    if status == 503:
        response.headers["Retry-After"] = "10"
    return response


def _page(status: int, message: Text, context: dict[str, Any]) -> Response:
    name = status if status in PAGES else (500 if status >= 500 else 404 if status == 410 else 422)
    if status >= 500:
        context["request_id"] = g.get("request_id", "")
    html = render_template(f"errors/{name}.html", status=status, message=str(message), **context)
    return make_response(html, status)


def _refused(error: Refused) -> Response:
    response = answer(int(error.status), error.message, refusal=error)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.wait)
    return response


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return cast(Response, error.get_response())
    foreign = status == 403 and error.description == ForeignRequest.__name__
    sentence = SENTENCES.get(status, SENTENCES[422 if status < 500 else 500])
    context: dict[str, Any] = {"foreign": foreign}
    if status == 413:
        context["photos"] = takes_photos(request.path)
        sentence = sentence if context["photos"] else TEXT_TOO_LONG
    if status in (405, 413):
        context["back"] = nearest_page(request.path)
    response = answer(status, sentence, **context)
    if status == 405:
        response.headers.update({k: v for k, v in error.get_headers() if k == "Allow"})
    return response


def _database(error: OperationalError | NoConnectionFree) -> Response:
    """A locked, busy or full database is 503 and passes; anything else about it is ours to mend."""
    text = str(getattr(error, "orig", "")).lower()
    state = str(getattr(getattr(error, "orig", None), "sqlstate", ""))
    if state in FULL_STATES or any(words in text for words in FULL_WORDS):
        log.error("the database cannot write: %s", text)
        return _cannot_write()
    lost = isinstance(error, NoConnectionFree) or bool(getattr(error, "connection_invalidated", False))
    if lost or state in BUSY_STATES or any(words in text for words in BUSY_WORDS):
        log.error("the database is busy: %s", text or error)
        return answer(503, SENTENCES[503])
    return _unexpected(error)


def _no_room(error: OSError) -> Response:
    """A picture or a paper that the disk has no room for."""
    if error.errno not in NO_ROOM:
        return _unexpected(error)
    log.error("the disk is full: %s", error.strerror)
    return _cannot_write()


def _cannot_write() -> Response:
    return answer(503, CANNOT_WRITE, unwritable=True)


def _unexpected(error: Exception) -> Response:
    log.exception("unexpected", exc_info=error)
    return answer(500, SENTENCES[500])


def install(app: Flask) -> None:
    """One place turns errors into pages."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(NoConnectionFree, _database)
    app.register_error_handler(OSError, _no_room)
    app.register_error_handler(Exception, _unexpected)
