"""Kinds, states and checks of a producer and of the account that receives her money: values in, values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from marketplace.kit.actor import ActorKind, Place
from marketplace.kit.errors import BadInput, Refused
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.states import Move, StateTable
from marketplace.kit.text import fold, nfc, plain


class ProducerKind(StrEnum):
    """Who may be an OCOP subject (QĐ 26/2026/QĐ-TTg Điều 2.3)."""

    HOUSEHOLD = "household"
    COOPERATIVE = "cooperative"
    COOPERATIVE_GROUP = "cooperative_group"
    COMPANY = "company"
    FARM = "farm"


KIND_LABELS = {
    ProducerKind.HOUSEHOLD: lazy("Hộ sản xuất"),
    ProducerKind.COOPERATIVE: lazy("Hợp tác xã"),
    ProducerKind.COOPERATIVE_GROUP: lazy("Tổ hợp tác"),
    ProducerKind.COMPANY: lazy("Doanh nghiệp"),
    ProducerKind.FARM: lazy("Trang trại"),
}


class ProducerState(StrEnum):
    """Where a stall stands; only an active one is open to buyers."""

    APPLIED = "applied"
    RETURNED = "returned"
    ACTIVE = "active"
    PAUSED = "paused"


STATE_LABELS = {
    ProducerState.APPLIED: lazy("Chờ duyệt"),
    ProducerState.RETURNED: lazy("Đã trả lại"),
    ProducerState.ACTIVE: lazy("Đang bán"),
    ProducerState.PAUSED: lazy("Tạm dừng"),
}

DECIDERS = frozenset({ActorKind.COORDINATOR, ActorKind.ADMIN, ActorKind.OPERATOR})

PRODUCER_MOVES = StateTable(
    ProducerState,
    {
        "correct": Move(
            {ProducerState.RETURNED, ProducerState.APPLIED},
            ProducerState.APPLIED,
            by={ActorKind.PRODUCER, ActorKind.HELPER},
            label=lazy("Gửi lại"),
        ),
        "approve": Move({ProducerState.APPLIED}, ProducerState.ACTIVE, by=DECIDERS, label=lazy("Duyệt")),
        "send_back": Move({ProducerState.APPLIED}, ProducerState.RETURNED, by=DECIDERS, label=lazy("Trả lại")),
        "pause": Move({ProducerState.ACTIVE}, ProducerState.PAUSED, by=DECIDERS, label=lazy("Tạm dừng")),
        "resume": Move({ProducerState.PAUSED}, ProducerState.ACTIVE, by=DECIDERS, label=lazy("Mở lại")),
    },
)


class PayeeKind(StrEnum):
    """Whose account receives the money."""

    PRODUCER = "producer"
    COOPERATIVE = "cooperative"
    OPERATOR = "operator"


PAYEE_LABELS = {
    PayeeKind.PRODUCER: lazy("Tài khoản của cơ sở"),
    PayeeKind.COOPERATIVE: lazy("Tài khoản của hợp tác xã"),
    PayeeKind.OPERATOR: lazy("Tài khoản của đơn vị vận hành"),
}


class MismatchNeedsReason(BadInput):
    """The account's holder is nobody the application names, and the approver wrote no reason."""

    message = lazy("Tên chủ tài khoản khác tên người xin bán. Ghi lý do vẫn duyệt, ví dụ: tài khoản của chồng, đã gặp.")


class ReasonNeeded(BadInput):
    """Something is sent back or paused without saying why."""

    message = lazy("Ghi lý do để người bán biết cần sửa gì.")


class PayeeIsFixed(Refused):
    """An approved account cannot be changed yet."""

    message = lazy("Tài khoản nhận tiền đã duyệt thì chưa đổi được ở đây.")


@dataclass(frozen=True)
class PayeeDraft:
    """The account as the applicant wrote it."""

    kind: PayeeKind
    bank_bin: str
    account_no: str
    holder: str


@dataclass(frozen=True)
class Application:
    """Everything a stall's application says. `place` may lack the commune; `phone` is E.164."""

    kind: ProducerKind
    name: str
    place: Place
    phone: str
    payee: PayeeDraft | None
    village: str = ""
    village_id: int | None = None
    old_place: str = ""
    street: str = ""
    zalo: bool = False
    story: str = ""
    registration_no: str = ""
    tax_code: str = ""
    representative: str = ""


@dataclass(frozen=True)
class Missing:
    """One thing to correct: the field's name on the page and a sentence with an example."""

    field: str
    message: Text


NAME_LENGTH = 80
STORY_LENGTH = 2000
ACCOUNT_LENGTHS = range(6, 20)  # NAPAS QR v1.0 leaves 19 characters for the account

_WHAT_MISSING = {
    "name": lazy("Điền tên gian hàng, ví dụ: Cơ sở chè lam Bà Mơ."),
    "name_long": lazy("Tên gian hàng dài quá 80 chữ, viết ngắn lại."),
    "place": lazy("Chọn xã, phường nơi làm ra hàng."),
    "phone": lazy("Điền số điện thoại để người mua gọi, ví dụ: 0912 345 678."),
    "story_long": lazy("Lời kể dài quá 2.000 chữ, viết ngắn lại."),
    "bank": lazy("Chọn ngân hàng có tài khoản nhận tiền."),
    "account_no": lazy("Điền số tài khoản, 6 đến 19 chữ số, ví dụ: 0123456789."),
    "holder": lazy("Điền tên chủ tài khoản như trên ứng dụng ngân hàng, ví dụ: NGUYEN THI MO."),
}


def missing(application: Application, known_bins: Iterable[str]) -> list[Missing]:
    """What the application still lacks, in the order of its pages."""
    found: list[Missing] = []

    def lacks(key: str, field: str | None = None) -> None:
        found.append(Missing(field or key, _WHAT_MISSING[key]))

    if not application.name.strip():
        lacks("name")
    if len(application.name) > NAME_LENGTH:
        lacks("name_long", "name")
    if not application.place.province_code:
        lacks("place")
    if not application.phone:
        lacks("phone")
    if len(application.story) > STORY_LENGTH:
        lacks("story_long", "story")
    for field in payee_missing(application.payee, known_bins):
        lacks(field)
    return found


def payee_missing(payee: PayeeDraft | None, known_bins: Iterable[str]) -> list[str]:
    """Names of the account's fields that cannot be used as written."""
    if payee is None:
        return ["bank", "account_no", "holder"]
    wrong = []
    if payee.bank_bin not in set(known_bins):
        wrong.append("bank")
    if account_number(payee.account_no) is None:
        wrong.append("account_no")
    if not fold(payee.holder).strip():
        wrong.append("holder")
    return wrong


def account_number(text: str) -> str | None:
    """The account as banks take it, without the spaces and dots people put in; None when it cannot be one."""
    bare = "".join(c for c in text if c not in " .-\u00a0").upper()
    fits = len(bare) in ACCOUNT_LENGTHS and bare.isascii() and bare.isalnum()
    return bare if fits else None


def holder_as_banks_write(text: str) -> str:
    """`Nguyễn Thị Mơ` -> `NGUYEN THI MO`."""
    return plain(nfc(text)).upper()


# Words banks and people put before a name. Longest first, so that "cong ty tnhh mtv" goes before "cong ty".
_PREFIXES: Sequence[tuple[str, ...]] = sorted(
    (
        tuple(fold(words).split())
        for words in (
            "htx",
            "hop tac xa",
            "htx nong nghiep",
            "hop tac xa nong nghiep",
            "htx dich vu nong nghiep",
            "hop tac xa dich vu nong nghiep",
            "htx dvnn",
            "tht",
            "to hop tac",
            "co so",
            "co so san xuat",
            "co so mau",
            "cssx",
            "cs",
            "hkd",
            "ho kd",
            "ho kinh doanh",
            "ho san xuat",
            "dntn",
            "doanh nghiep tu nhan",
            "cty",
            "cong ty",
            "cty tnhh",
            "cong ty tnhh",
            "cty tnhh mtv",
            "cong ty tnhh mtv",
            "cong ty tnhh mot thanh vien",
            "cong ty trach nhiem huu han",
            "cong ty trach nhiem huu han mot thanh vien",
            "cty cp",
            "cong ty cp",
            "cong ty co phan",
            "trang trai",
        )
    ),
    key=len,
    reverse=True,
)


def holder_matches(holder: str, names: Iterable[str]) -> bool:
    """Whether the account's holder is one of these people or bodies.

    Marks, case, word order and the words for a legal form are ignored, because banks write
    "MO NGUYEN THI" and "HTX CHE LAM" where people write "Nguyễn Thị Mơ" and "Hợp tác xã Chè lam".
    """
    wanted = _core(holder)
    return bool(wanted) and any(_core(name) == wanted for name in names)


def _core(text: str) -> list[str]:
    words = _words(text)
    for prefix in _PREFIXES:
        if len(words) > len(prefix) and tuple(words[: len(prefix)]) == prefix:
            return sorted(words[len(prefix) :])
    return sorted(words)


def _words(text: str) -> list[str]:
    kept = "".join(c if c.isalnum() else " " for c in fold(text))
    return kept.split()
