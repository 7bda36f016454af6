"""What the desk looks at before it decides: checks the market has made, and ready reasons for sending back."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.text import nfc


class ReasonNeeded(BadInput):
    """Something is sent back or paused without saying why."""

    message = lazy("Chọn hoặc ghi lý do để người bán biết cần sửa gì.")


class Mark(StrEnum):
    """What the market found: in order, lacking, or for a person to look at."""

    GOOD = "good"
    BAD = "bad"
    WAIT = "wait"


@dataclass(frozen=True)
class Check:
    """One line of a checklist. Something that `blocks` cannot be approved while it lacks."""

    state: Mark
    text: Text
    note: Text = ""
    blocks: bool = False


@dataclass(frozen=True)
class Reason:
    """A ready reason for sending back: the field it leads to, and the sentence everyone may read."""

    field: str
    text: Text


def points_of(reasons: Iterable[Reason], message: str) -> list[dict[str, str]]:
    """What stays on a thing sent back: one sentence and its field for each reason, last the official's own words."""
    said = [{"field": reason.field, "text": nfc(str(reason.text))} for reason in reasons]
    return [*said, *([{"field": "", "text": nfc(message)}] if message.strip() else [])]


def blocking(checks: list[Check]) -> list[Check]:
    """The lines that keep something from being approved."""
    return [check for check in checks if check.blocks and check.state is Mark.BAD]


REASONS: tuple[Reason, ...] = (
    Reason("name", lazy("Tên gian hàng chưa rõ hoặc chưa đúng.")),
    Reason("place", lazy("Nơi làm ra hàng chưa đúng.")),
    Reason("phone", lazy("Số điện thoại chưa gọi được.")),
    Reason("story", lazy("Lời kể cần viết lại.")),
    Reason("photo", lazy("Ảnh mờ, tối hoặc không phải người làm.")),
    Reason("holder", lazy("Tài khoản nhận tiền cần xem lại.")),
    Reason("registration_no", lazy("Số đăng ký kinh doanh chưa đúng.")),
)


@dataclass(frozen=True)
class ApplicationFacts:
    """What the checklist of an application reads."""

    has_commune: bool
    has_photo: bool
    photo_reason: str
    has_story: bool
    registration_no: str
    has_payee: bool
    holder_matches: bool
    bank_by_qr: bool


def checklist(facts: ApplicationFacts) -> list[Check]:
    """The lines an official reads beside an application. Only a missing account keeps it from being approved."""
    return [_account(facts), _holder(facts), _place(facts), _registration(facts), _photo(facts), _story(facts)]


def _account(facts: ApplicationFacts) -> Check:
    title = lazy("Tài khoản nhận tiền")
    if not facts.has_payee:
        return Check(Mark.BAD, title, lazy("Chưa điền tài khoản"), blocks=True)
    if not facts.bank_by_qr:
        return Check(Mark.WAIT, title, lazy("Ngân hàng này có thể chưa nhận chuyển khoản bằng mã QR"))
    return Check(Mark.GOOD, title, lazy("Ngân hàng nhận chuyển khoản bằng mã QR"))


def _holder(facts: ApplicationFacts) -> Check:
    title = lazy("Chủ tài khoản")
    if facts.holder_matches:
        return Check(Mark.GOOD, title, lazy("Trùng tên người xin bán, cơ sở hoặc người đại diện"))
    return Check(Mark.WAIT, title, lazy("Khác tên người xin bán, cơ sở và người đại diện; duyệt thì ghi lý do"))


def _place(facts: ApplicationFacts) -> Check:
    if facts.has_commune:
        return Check(Mark.GOOD, lazy("Nơi làm ra hàng"), lazy("Có đủ xã, phường"))
    return Check(Mark.WAIT, lazy("Nơi làm ra hàng"), lazy("Mới có tỉnh, chưa có xã, phường"))


def _registration(facts: ApplicationFacts) -> Check:
    title = lazy("Đăng ký kinh doanh")
    if facts.registration_no:
        return Check(Mark.GOOD, title, lazy("Số %(number)s", number=facts.registration_no))
    return Check(Mark.WAIT, title, lazy("Chưa có số; vẫn bán được, nhưng chưa xét OCOP được"))


def _photo(facts: ApplicationFacts) -> Check:
    if facts.photo_reason:
        return Check(Mark.WAIT, lazy("Ảnh người làm"), facts.photo_reason)
    if facts.has_photo:
        return Check(Mark.GOOD, lazy("Ảnh người làm"), lazy("Đã gửi"))
    return Check(Mark.WAIT, lazy("Ảnh người làm"), lazy("Chưa gửi"))


def _story(facts: ApplicationFacts) -> Check:
    if facts.has_story:
        return Check(Mark.GOOD, lazy("Lời kể"), lazy("Đã viết, không có chữ cấm"))
    return Check(Mark.WAIT, lazy("Lời kể"), lazy("Chưa viết"))
