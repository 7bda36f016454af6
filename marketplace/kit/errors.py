"""Refusals: one named exception per reason, each with a sentence for the person and a status for the protocol."""

from http import HTTPStatus

from marketplace.kit.i18n import Text, lazy


class Refused(Exception):
    """The thing asked for was not done. Rooms subclass it with their own sentence; the edge turns it into a page."""

    status: int = HTTPStatus.CONFLICT
    message: Text = lazy("Việc này chưa làm được.")

    def __init__(self, message: Text | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(message or type(self).__name__)


class NotFound(Refused):
    """There is no such thing, or the person has no business knowing of it."""

    status = HTTPStatus.NOT_FOUND
    message = lazy("Không tìm thấy trang này.")


class NotYours(NotFound):
    """The thing belongs to someone else or lies outside the actor's area; a stranger gets the same 404 as for nothing."""


class NotAllowed(Refused):
    """The person is known, and this is not theirs to do."""

    status = HTTPStatus.FORBIDDEN
    message = lazy("Việc này cần người có quyền khác làm.")


class AlreadyDecided(Refused):
    """Somebody was first, or the thing is no longer in the state it was seen in."""

    message = lazy("Việc này đã có người làm trước. Trang dưới đây cho biết tình trạng hiện nay.")


class BadInput(Refused):
    """What was typed cannot be used. `field` names the question it belongs to, so a form can show it there."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = lazy("Có chỗ cần sửa lại.")

    def __init__(self, message: Text | None = None, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class TooMany(Refused):
    """Too many tries; `wait` says in how many seconds the next one is accepted."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    message = lazy("Thử quá nhiều lần. Xin đợi một lát rồi làm lại.")

    def __init__(self, message: Text | None = None, wait: int = 60) -> None:
        super().__init__(message)
        self.wait = wait


class Busy(Refused):
    """The market cannot take this on right now; trying again soon will work."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    message = lazy("Chợ đang đông. Xin thử lại sau một phút.")
