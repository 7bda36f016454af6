"""The one list of words a seller's text may not contain: the OCOP mark, typed stars, and claims to heal.

Mark and stars: only the market draws them, from a live certificate (misuse is a ground for withdrawal, QĐ 26/2026 Điều 8).
Claims: goods are not advertised as medicine (NĐ 15/2018/NĐ-CP). Vietnamese writes "sour", "not yet", "contain" and "heal"
with the same letters, so diacritics are read; a text typed without them is refused only where no other reading is left.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from marketplace.kit.i18n import LazyString, lazy
from marketplace.law.rules.sets import HERBAL_SETS


class FindingKind(StrEnum):
    """Why a word may not stand."""

    MARK = "mark"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Finding:
    """`word` as typed, `start` its place in the text as given, `message` a sentence for the person who typed it."""

    word: str
    start: int
    kind: FindingKind
    message: LazyString
    field: str = ""


PLACE_FIELDS = frozenset({"origin", "village", "old_place", "street", "place"})
"""Answers that name a place: "Ba Sao" and "Trị An" stand there for themselves."""


@dataclass(frozen=True, slots=True)
class _Text:
    """One text in four strings of equal length: as composed, lower-case, without diacritics, and where each came from."""

    cased: str
    said: str
    plain: str
    origin: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern; `innocent` clears a hit by its surroundings. `bare`: read only where no diacritics were typed."""

    kind: FindingKind
    pattern: re.Pattern[str]
    innocent: Callable[[_Text, int, int], bool] | None = None
    bare: bool = False


# Cyrillic and Greek letters that look like those of the mark.
_LOOKALIKES = str.maketrans("ОоСсРрΟοΡρϹϲ", "OoCcPpOoPpCc")


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.category(text[at]).startswith("M"):
            yield start, text[start:at]
            start = at


def _read(text: str) -> _Text:
    cased, origin = [], []
    for start, cluster in _clusters(text):
        for char in unicodedata.normalize("NFKC", cluster.translate(_LOOKALIKES)):
            if unicodedata.category(char) not in ("Cf", "Mn") and len(char.lower()) == 1:
                cased.append(char)
                origin.append(start)
    joined = "".join(cased)
    said = joined.lower()
    plain = "".join("d" if c == "đ" else unicodedata.normalize("NFD", c)[0] for c in said)
    return _Text(joined, said, plain, (*origin, len(text)))


def _word(body: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)")


def _before(text: _Text, start: int, body: str) -> bool:
    """Whether the words `body` stand right before `start`."""
    return re.search(rf"(?<!\w)(?:{body})\s+$", text.said[:start]) is not None


def _after(text: _Text, end: int, body: str) -> bool:
    """Whether the words `body` stand right after `end`."""
    return re.match(rf"\s+(?:{body})(?!\w)", text.said[end:]) is not None


# --- the mark and the stars ---------------------------------------------------------------------------------------

_STEP = r"bước|lần|lượt|mẻ|ngày|thứ|đoạn|đợt|khâu|tháng|giờ|phút|chảo|nồi"
_ROASTED = r"chè|trà|lá|khô|tẩm|suốt|mẻ|gạo|ngô|lạc|thuốc|cau|cà phê|cho|trên|lại|kỹ|vàng (?:hạ thổ|đều|thơm)|lần|\d"
_NOT_STARS = r"chép|lưu|y|lục|ruộng|ruong"
_YEARS = r"mỗi|một|hai|ba|bốn|mấy|vài|mươi|trăm|nghìn|hàng|hằng|nhiều|cả|trong|suốt|các|những|quanh|đầu|cuối|giữa|\d+"
_PLACE_WORD = r"xã|phường|thị trấn|huyện|thị xã|thôn|làng|ấp|bản|khóm|chợ|khu"
_CLAIM = r"đạt|hạng|chuẩn|chất lượng|được|xếp|nhận|ocop"


def _is_roasting(text: _Text, start: int, end: int) -> bool:
    """Whether it is a step of work: "bước 3 sao chè" (roast the tea); "3 sao" alone is a mark."""
    return _before(text, start, _STEP) or _after(text, end, _NOT_STARS)


def _is_roasting_or_place(text: _Text, start: int, end: int) -> bool:
    """Numbers in words: also a year ("mỗi năm sao 3 tạ chè") and the communes called Ba Sao."""
    if _is_roasting(text, start, end) or _after(text, end, _ROASTED):
        return True
    if text.said.startswith("năm", start) and _before(text, start, _YEARS):
        return True
    named = text.cased[start:end] == "Ba Sao" and not _before(text, start, _CLAIM)
    return named or _before(text, start, _PLACE_WORD)


_DIGIT = r"(?<![\w.,])[1-9](?:[.,]\d)?"
_STAR_SIGNS = "[★☆⋆✩-✰⭐⭑⭒⚝⍟🌟🟊]+(?:\\s*[★☆⋆✩-✰⭐⭑⭒⚝⍟🌟🟊])*"
_M, _H = FindingKind.MARK, FindingKind.HEALTH

_MARKS = (
    _Rule(_M, re.compile(r"(?<![^\W\d_])[o0]c[o0]p|(?<!\w)[o0][\s.\-_·]+c[\s.\-_·]+[o0][\s.\-_·]+p(?!\w)"), bare=True),
    _Rule(_M, re.compile(_STAR_SIGNS)),
    _Rule(_M, re.compile(rf"{_DIGIT}[ \t\u00a0]*-?[ \t\u00a0]*(?:ngôi )?sao(?!\w)"), _is_roasting),
    _Rule(_M, re.compile(r"(?<![\d*.,])[1-5] ?\*+(?!\s*\d)|(?<!\*)\*{3,5}(?!\*)")),
    _Rule(_M, re.compile(rf"(?:{_DIGIT}|(?<!\w)(?:three|four|five))[ -]?stars?(?!\w)")),
    _Rule(_M, _word(r"(?:một|hai|ba|bốn|năm)[ -](?:ngôi )?sao"), _is_roasting_or_place),
    _Rule(_M, _word(r"bon sao|(?:dat|hang|chuan) (?:ba|nam) sao"), bare=True),
)

# --- claims to heal -----------------------------------------------------------------------------------------------

_ILLS = (
    r"(?:bách |các |mọi |nhiều |các loại |được |được các |bá )?(?:bệnh|chứng|ho|hen|suyễn|viêm|đau|nhức|mỏi|mụn|nám|sẹo|tàn nhang|"
    r"ung thư|u|bướu|tiểu đường|đái tháo đường|gout|gút|huyết áp|cao huyết áp|mỡ máu|máu nhiễm mỡ|cholesterol|gan|"
    r"xơ gan|xương khớp|khớp|thoái hóa|thoái hoá|thoát vị|loãng xương|mất ngủ|dạ dày|bao tử|đại tràng|táo bón|tiêu chảy|"
    r"kiết lỵ|trĩ|sỏi|thận|phổi|cảm|cúm|sốt|dị ứng|mẩn|mề đay|ngứa|nấm|hắc lào|ghẻ|lang ben|lở|rôm|rụng tóc|hói|béo phì|"
    r"yếu sinh lý|sinh lý|xuất tinh|vô sinh|hiếm muộn|đột quỵ|tai biến|tim|tim mạch|trầm cảm|giun|bỏng|rắn cắn|vảy nến|á sừng)"
)
_BARE_ILLS = r"(?:benh|ho|hen|viem|dau|nhuc|mun|ung thu|tieu duong|gout|huyet ap|mat ngu|da day|dai trang|tao bon|xuong khop|mo mau)"
_GRAVE = (
    r"(?:các |các loại |nhiều |một số |mọi )?(?:nguy cơ )?(?:bệnh|ung thư|tiểu đường|đái tháo đường|đột quỵ|tai biến|tim mạch|"
    r"huyết áp|cao huyết áp|mỡ máu|gout|gút|viêm|loãng xương|cúm|covid)"
)
_NOT_MEDICINE = (
    r"không (?:phải (?:là )?thuốc|có tác dụng|thay thế|thay|thể thay|dùng|được dùng|nhằm)"
    r"(?: (?:thay thế|thay|thuốc|để|là|cho|việc|hoặc|phòng))*"
)
_RULING = (
    r"giá|chính|quản|quảng|thống|cai|nội|ngoại|bình|pháp|đức|nhân|tự|an|đồng|ngự|hữu|vô|biên|yên|long|thạnh|hòa|thái|"
    r"vĩnh|hồng|ngãi|thạch"
)
_GREATLY = r"hiệu quả|hiệu nghiệm|khỏi|an toàn|tác dụng|không tác dụng|không lo|thành công|hết|giảm|công dụng|lành tính"
_MADE_OF = r"nguyên chất|tự nhiên|thiên nhiên|hữu cơ|thủ công|từ|làm|bằng"


def _is_repair_or_denial(text: _Text, start: int, end: int) -> bool:
    """Whether nothing is healed: "sửa chữa" mends, "chữa cháy" fights fire, "không phải là thuốc chữa bệnh" denies."""
    return _before(text, start, r"s[ửữ]a") or _after(text, end, r"cháy|thẹn") or _before(text, start, _NOT_MEDICINE)


def _is_value_or_denial(text: _Text, start: int, end: int) -> bool:
    """Whether nothing is healed: "hạt điều trị giá 200.000" is a price, "không dùng để điều trị" denies."""
    return _after(text, end, "giá|số") or _before(text, start, _NOT_MEDICINE)


def _is_value_rule_or_name(text: _Text, start: int, end: int) -> bool:
    """Whether nothing is healed: "giá trị", "trị giá", "quản trị", Quảng Trị, Trị An."""
    if _before(text, start, _NOT_MEDICINE):
        return True
    if _after(text, end, _ILLS):
        return False
    if _before(text, start, _RULING) or _after(text, end, r"giá|số|vì|thủy|thuỷ|quốc|quận|an"):
        return True
    inside = text.cased[:start].rstrip(" ")[-1:].isalnum()
    return text.cased[start:end] == "Trị" and inside


def _is_immunised_or_denial(text: _Text, start: int, _end: int) -> bool:
    """Whether a fact about the animal is told ("gà đã tiêm phòng bệnh") or a claim denied."""
    return _before(text, start, r"tiêm|tiêm chủng|chủng") or _before(text, start, _NOT_MEDICINE)


def _is_what_it_is_made_of(text: _Text, start: int, end: int) -> bool:
    """Whether it says what is inside: "100% gạo nếp"; "hiệu quả 100%" and a bare "100%" promise."""
    before = re.split(r"[.,;:!?\n()]", text.said[:start])[-1].strip()
    after = re.split(r"[.,;:!?\n()]", text.said[end:])[0].strip()
    if re.match(rf"(?:{_MADE_OF})(?!\w)", after):
        return True
    works = re.match(rf"(?:là |rất |sẽ )?(?:{_GREATLY})(?!\w)", after) or re.search(
        rf"(?<!\w)(?:{_GREATLY})(?: \w+)?$", before
    )
    if works or (not after and re.search(r"(?:cam kết|đảm bảo|bảo đảm)$", before)):
        return False
    return bool(before or after)


_CLAIMS = (
    _Rule(_H, _word("chữa"), _is_repair_or_denial),
    _Rule(_H, _word("điều trị|đặc trị|chủ trị"), _is_value_or_denial),
    _Rule(_H, _word("(?<!điều )(?<!đặc )(?<!chủ )trị"), _is_value_rule_or_name),
    _Rule(_H, _word(rf"khỏi (?:hẳn|hoàn toàn|dứt|{_ILLS}|\d+ ?%|một trăm phần trăm)")),
    _Rule(
        _H, re.compile(r"(?<!\w)(?:là|sẽ|mau|nhanh|chóng|uống|dùng|bôi|đỡ|tự) khỏi(?:\s+ngay)?(?=\s*(?:[.,;:!?)\n]|$))")
    ),
    _Rule(_H, _word(r"hết (?:hẳn )?(?:bệnh|ho|viêm|mụn|nám|đau|nhức|mất ngủ|ngứa|táo bón)")),
    _Rule(_H, _word(r"dứt điểm|thần dược|thuốc tiên|thuốc đặc hiệu|cải tử hoàn sinh")),
    _Rule(
        _H,
        _word(
            rf"(?:phòng|ngừa|chống|phòng ngừa|phòng chống|phòng tránh|ngăn ngừa|ngăn|đẩy lùi|tiêu diệt|giảm|kháng|diệt) {_GRAVE}"
        ),
        _is_immunised_or_denial,
    ),
    _Rule(_H, re.compile(r"(?<![\d.,])100 ?(?:%|phần trăm)|(?<!\w)một trăm phần trăm"), _is_what_it_is_made_of),
    _Rule(
        _H, _word(rf"chua (?:benh|khoi|lanh|tri|{_BARE_ILLS})|dieu tri|dac tri|(?:tri|khoi) {_BARE_ILLS}"), bare=True
    ),
    _Rule(
        _H,
        _word(
            r"khoi (?:han|hoan toan|dut)|dut diem|than duoc|(?:phong|ngua|chong|phong ngua|phong chong) (?:benh|ung thu)"
        ),
        bare=True,
    ),
)

_MESSAGES = {
    _M: lazy(
        "Chợ tự vẽ dấu và số sao từ giấy công nhận còn hiệu lực. "
        "Xin bỏ chữ này; có giấy công nhận thì khai ở mục Giấy chứng nhận."
    ),
    _H: lazy("Hàng bán ở chợ không được giới thiệu như thuốc. Xin bỏ lời này; hãy kể mùi vị, cách làm, cách dùng."),
}
_HERBAL = lazy(
    "Lời về công dụng chữa bệnh chỉ được ghi trên giấy xác nhận quảng cáo. Xin bỏ lời này khỏi bài giới thiệu."
)
_PROMISE = lazy("Không hứa “100%” về công dụng. Nói về thành phần thì được, ví dụ: 100% gạo nếp.")


def check_text(text: str, *, set_no: int | None, field: str) -> list[Finding]:
    """Words of `text` that may not be published, in reading order; empty when it may stand.

    Refused everywhere: "OCOP", star signs and "n sao" in any writing (figures, words, asterisks), claims to heal or prevent
    illness, "100%" as a promise. `set_no` (None for a stall) only chooses the sentence; `field` names the answer,
    so that places may keep their names.
    """
    read = _read(text)
    found: list[Finding] = []
    taken = 0
    for start, end, rule in sorted(_hits(read, field), key=lambda hit: (hit[0], -hit[1])):
        if start >= taken:
            word = text[read.origin[start] : read.origin[end]].strip()
            found.append(Finding(word, read.origin[start], rule.kind, _message(rule, word, set_no), field))
            taken = end
    return found


def _hits(read: _Text, field: str) -> Iterator[tuple[int, int, _Rule]]:
    for rule in (*_MARKS, *_CLAIMS):
        for hit in rule.pattern.finditer(read.plain if rule.bare else read.said):
            start, end = hit.span()
            accented = rule.bare and read.said[start:end] != hit.group()
            named = field in PLACE_FIELDS and rule.innocent in (_is_roasting_or_place, _is_value_rule_or_name)
            if not accented and not named and not (rule.innocent and rule.innocent(read, start, end)):
                yield start, end, rule


def _message(rule: _Rule, word: str, set_no: int | None) -> LazyString:
    if rule.innocent is _is_what_it_is_made_of and word:
        return _PROMISE
    return _HERBAL if rule.kind is _H and set_no in HERBAL_SETS else _MESSAGES[rule.kind]
