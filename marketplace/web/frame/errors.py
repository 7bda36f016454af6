"""Every refusal becomes a page that looks like the market and says what to do; the API gets the same in JSON."""

import logging
from typing import Any, cast

from flask import Flask, Response, jsonify, make_response, render_template, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException

from marketplace.kit.edge.forgery import ForeignRequest
from marketplace.kit.errors import Refused, TooMany
from marketplace.kit.i18n import Text, lazy

log = logging.getLogger(__name__)

PAGES = (403, 404, 409, 413, 422, 429, 500, 503)
BUSY_STATES = ("55P03", "57014", "53300")
"""PostgreSQL: lock not available, statement timeout, too many connections."""

SENTENCES: dict[int, Text] = {
    400: lazy("Chợ chưa đọc được yêu cầu này. Xin thử lại."),
    403: lazy("Việc này cần người có quyền khác làm."),
    404: lazy("Không tìm thấy trang này."),
    405: lazy("Trang này không nhận yêu cầu kiểu ấy."),
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


def answer(status: int, message: Text, **context: Any) -> Response:
    """The error page of this status, or its JSON under /api/."""
    if request.path.startswith("/api/"):
        return make_response(jsonify(error={"status": status, "message": str(message)}), status)
    name = status if status in PAGES else (500 if status >= 500 else 404 if status in (405, 410) else 422)
    response: Response = make_response(
        render_template(f"errors/{name}.html", status=status, message=str(message), **context), status
    )
    return response


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
    response = answer(status, SENTENCES.get(status, SENTENCES[422 if status < 500 else 500]), foreign=foreign)
    if status == 405:
        response.headers.update({k: v for k, v in error.get_headers() if k == "Allow"})
    if status == 503:
        response.headers["Retry-After"] = "10"
    return response


def _database(error: OperationalError | NoConnectionFree) -> Response:
    """A locked or busy database is 503 and passes; anything else about it is ours to mend."""
    text = str(getattr(error, "orig", "")).lower()
    state = str(getattr(getattr(error, "orig", None), "sqlstate", ""))
    busy = isinstance(error, NoConnectionFree) or "locked" in text or "busy" in text or state in BUSY_STATES
    if "full" in text or "disk i/o" in text:
        busy = True
    log.error("database: %s", text or error)
    response = answer(503 if busy else 500, SENTENCES[503 if busy else 500])
    if busy:
        response.headers["Retry-After"] = "10"
    return response


def _unexpected(error: Exception) -> Response:
    log.exception("unexpected", exc_info=error)
    return answer(500, SENTENCES[500])


def install(app: Flask) -> None:
    """One place turns errors into pages."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(NoConnectionFree, _database)
    app.register_error_handler(Exception, _unexpected)
