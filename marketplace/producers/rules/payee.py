"""The account that receives the money: its number, and whether its holder is who applies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from marketplace.kit.errors import BadInput, Refused
from marketplace.kit.i18n import lazy
from marketplace.kit.text import fold, nfc, plain


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


ACCOUNT_LENGTHS = range(6, 20)  # NAPAS QR v1.0 leaves 19 characters for the account


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
