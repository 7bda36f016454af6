"""Dates of an OCOP recognition: how long it holds, when it may be extended, whether the badge may show."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from marketplace.kit.i18n import Text, lazy
from marketplace.producers.rules import Check, Mark, Reason

STARS = (3, 4, 5)  # QĐ 26/2026/QĐ-TTg: nobody recognises 1 or 2 stars
VALID_MONTHS = 36  # Điều 4.3, from the day of the decision
EXTRA_DAYS = 180  # Điều 12.3: at most this long past expiry, while the re-evaluation is decided
RENEW_FROM_DAYS, RENEW_UNTIL_DAYS = 180, 120  # Điều 7.6a: the window in which to file for re-evaluation


@dataclass(frozen=True)
class Facts:
    """What is stored of a recognition. Days are days in Vietnam."""

    stars: int
    decision_date: date
    expires_on: date
    confirmed: bool
    revoked_on: date | None = None
    extended_until: date | None = None
    refused: bool = False

    @property
    def until(self) -> date:
        """The last day by expiry or extension."""
        return self.extended_until or self.expires_on

    @property
    def last_day(self) -> date:
        """The last day on which the badge may show; a revocation ends it the day before."""
        if self.revoked_on is None:
            return self.until
        return min(self.until, self.revoked_on - timedelta(days=1))


class Stage(StrEnum):
    """What a recognition is on a given day."""

    WAITING = "waiting"
    REFUSED = "refused"
    RECOGNISED = "recognised"
    EXPIRING = "expiring"
    LATE = "late"
    EXTENDED = "extended"
    EXPIRED = "expired"
    REVOKED = "revoked"


STAGE_LABELS = {
    Stage.WAITING: lazy("Chờ cán bộ xem"),
    Stage.REFUSED: lazy("Đã trả lại"),
    Stage.RECOGNISED: lazy("Còn hiệu lực"),
    Stage.EXPIRING: lazy("Sắp hết hạn, nộp hồ sơ đánh giá lại"),
    Stage.LATE: lazy("Sắp hết hạn, đã quá ngày nộp hồ sơ"),
    Stage.EXTENDED: lazy("Đang gia hạn chờ đánh giá lại"),
    Stage.EXPIRED: lazy("Đã hết hạn"),
    Stage.REVOKED: lazy("Đã bị thu hồi"),
}


def expiry(decision_date: date) -> date:
    """The last day of the 36 months (Điều 4.3); a month without that day ends on its last one (BLDS 2015 Điều 148.3)."""
    months = decision_date.year * 12 + decision_date.month - 1 + VALID_MONTHS
    year, month = divmod(months, 12)
    return date(year, month + 1, min(decision_date.day, monthrange(year, month + 1)[1]))


def live_on(facts: Facts, day: date) -> bool:
    """Whether the badge may show on this day: confirmed, begun, not revoked, through the last day inclusive."""
    if not facts.confirmed or facts.stars not in STARS or day < facts.decision_date:
        return False
    if facts.revoked_on is not None and day >= facts.revoked_on:
        return False
    return day <= facts.until


def stage(facts: Facts, day: date) -> Stage:
    """The word for a recognition on this day."""
    if not facts.confirmed:
        return Stage.REFUSED if facts.refused else Stage.WAITING
    if facts.revoked_on is not None and day >= facts.revoked_on:
        return Stage.REVOKED
    if day > facts.until:
        return Stage.EXPIRED
    return _running_stage(facts, day)


def _running_stage(facts: Facts, day: date) -> Stage:
    if facts.extended_until is not None:
        return Stage.EXTENDED
    left = (facts.expires_on - day).days
    if left < RENEW_UNTIL_DAYS:
        return Stage.LATE
    return Stage.EXPIRING if left <= RENEW_FROM_DAYS else Stage.RECOGNISED


def last_extension(expires_on: date) -> date:
    """The latest day an extension may reach (Điều 12.3)."""
    return expires_on + timedelta(days=EXTRA_DAYS)


class Extension(StrEnum):
    """Whether an extension may be stored, and if not, why."""

    FITS = "fits"
    NOT_HELD = "not_held"
    TOO_SOON = "too_soon"
    TOO_LATE = "too_late"


def may_extend(facts: Facts, until: date) -> Extension:
    """Whether it may be extended until this day: confirmed, not revoked, later than expiry by at most 180 days."""
    if not facts.confirmed or facts.revoked_on is not None:
        return Extension.NOT_HELD
    if until <= facts.expires_on:
        return Extension.TOO_SOON
    return Extension.FITS if until <= last_extension(facts.expires_on) else Extension.TOO_LATE


def rubric(decision_date: date) -> str:
    """The decision whose criteria were scored; certificates of three rule books hold side by side until mid-2029."""
    if decision_date >= date(2026, 5, 22):
        return "26/2026/QĐ-TTg"
    if decision_date >= date(2023, 2, 24):
        return "148/QĐ-TTg"
    return "1048/QĐ-TTg"


@dataclass(frozen=True)
class Claim:
    """A recognition as the producer wrote it. `expires_on` None means 36 months; the issuer may be a district gone since."""

    stars: int
    decision_no: str
    decision_date: date
    issuer: str
    expires_on: date | None = None
    evidence_key: str | None = None

    @property
    def ends(self) -> date:
        """The last day as claimed, or by the 36-month rule."""
        return self.expires_on or expiry(self.decision_date)


@dataclass(frozen=True)
class Missing:
    """One thing to correct: the field's name on the page and a sentence with an example."""

    field: str
    message: Text


_WHAT_MISSING = {
    "stars": lazy("Chọn 3, 4 hoặc 5 sao như trên giấy. Hạng 1 và 2 sao không được công nhận."),
    "decision_no": lazy("Điền số quyết định, ví dụ: 1887/QĐ-UBND."),
    "decision_date": lazy("Ngày ký không được sau hôm nay, ví dụ: 12/6/2025."),
    "issuer": lazy("Điền nơi cấp như trên giấy, ví dụ: UBND thành phố Hà Nội. Huyện cũ cũng được."),
    "expires_on": lazy("Ngày hết hạn phải sau ngày ký và không quá 36 tháng."),
    "evidence": lazy("Gửi ảnh hoặc bản chụp quyết định công nhận."),
}


def missing(claim: Claim, today: date) -> list[Missing]:
    """What a claim lacks before it can be sent, in the order of its page."""
    wrong = {
        "stars": claim.stars not in STARS,
        "decision_no": not claim.decision_no.strip(),
        "decision_date": claim.decision_date > today,
        "issuer": not claim.issuer.strip(),
        "expires_on": not claim.decision_date < claim.ends <= expiry(claim.decision_date),
        "evidence": not claim.evidence_key,
    }
    return [Missing(field, _WHAT_MISSING[field]) for field, lacks in wrong.items() if lacks]


REASONS: tuple[Reason, ...] = (
    Reason("evidence", lazy("Bản chụp mờ hoặc thiếu trang có tên sản phẩm.")),
    Reason("decision_no", lazy("Số quyết định khác trên giấy.")),
    Reason("decision_date", lazy("Ngày ký khác trên giấy.")),
    Reason("stars", lazy("Số sao khác trên giấy.")),
    Reason("issuer", lazy("Nơi cấp khác trên giấy.")),
    Reason("evidence", lazy("Tên sản phẩm trên giấy không phải sản phẩm này.")),
)


def checklist(facts: Facts, day: date, *, has_evidence: bool, registered: bool) -> list[Check]:
    """The lines an official reads beside a claim. Without evidence it cannot be confirmed."""
    return [
        Check(Mark.GOOD, lazy("Bản chụp quyết định"), lazy("Đã gửi, mở ra xem để so"))
        if has_evidence
        else Check(Mark.BAD, lazy("Bản chụp quyết định"), lazy("Chưa gửi"), blocks=True),
        _term(facts, day),
        Check(Mark.GOOD, lazy("Hạng sao"), lazy("%(stars)s sao, có trong bộ tiêu chí", stars=facts.stars)),
        Check(Mark.GOOD, lazy("Đăng ký kinh doanh"), lazy("Cơ sở đã ghi số đăng ký"))
        if registered
        else Check(Mark.WAIT, lazy("Đăng ký kinh doanh"), lazy("Cơ sở chưa ghi số; chủ thể OCOP cần có đăng ký")),
    ]


def _term(facts: Facts, day: date) -> Check:
    title = lazy("Thời hạn")
    if day > facts.until:
        return Check(Mark.WAIT, title, lazy("Đã hết hạn, nên xác nhận cũng không hiện số sao"))
    if facts.expires_on == expiry(facts.decision_date):
        return Check(Mark.GOOD, title, lazy("36 tháng từ ngày ký"))
    return Check(Mark.WAIT, title, lazy("Ngắn hơn 36 tháng, so với trên giấy"))
