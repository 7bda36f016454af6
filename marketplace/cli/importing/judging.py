"""What a row means, or why it cannot be taken. Pure: a row in, a judgement out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from marketplace.catalog.rules import Klass
from marketplace.catalog.rules.answers import read_text
from marketplace.catalog.rules.goods import read_count, read_name, read_price, read_unit
from marketplace.certificates.rules import Claim, missing
from marketplace.cli.importing.reading import Row
from marketplace.cli.importing.samples import SAMPLE_PRICES, SamplePrice
from marketplace.kit import clock
from marketplace.kit.actor import Place
from marketplace.kit.errors import BadInput
from marketplace.kit.money import Dong
from marketplace.kit.text import fold
from marketplace.law.rules import LIVING_SETS, SETS, TOURISM_SETS, check_text
from marketplace.places import queries as places
from marketplace.producers.rules import ProducerKind

T = TypeVar("T")

LONGEST_DESCRIPTION = 2000
ISSUER = "UBND"
"""The file says who decided by the number alone: every recognition comes from a people's committee."""

PRODUCER_TYPES = {
    "ho san xuat": ProducerKind.HOUSEHOLD,
    "hop tac xa": ProducerKind.COOPERATIVE,
    "to hop tac": ProducerKind.COOPERATIVE_GROUP,
    "doanh nghiep nho va vua": ProducerKind.COMPANY,
    "doanh nghiep": ProducerKind.COMPANY,
    "trang trai": ProducerKind.FARM,
    "hoi, hiep hoi": ProducerKind.COOPERATIVE_GROUP,
}


@dataclass(frozen=True)
class Recognition:
    """A star as the file says it; without a decision number it proves nothing."""

    stars: int
    decision_no: str = ""
    issued_on: date | None = None
    expires_on: date | None = None

    @property
    def claim(self) -> Claim | None:
        """What the producer could claim by it; None without number and day."""
        if not self.decision_no or self.issued_on is None:
            return None
        return Claim(self.stars, self.decision_no, self.issued_on, ISSUER, self.expires_on)


@dataclass(frozen=True)
class Judged:
    """A row that can be taken."""

    line: int
    external_id: str | None
    name: str
    set_no: int
    place: Place
    producer: str
    producer_kind: ProducerKind
    village: str
    old_place: str
    unit: str
    net: str
    price: Dong | None
    stock: int
    description: str
    recognition: Recognition | None

    @property
    def klass(self) -> Klass:
        """Farm product or craft-village product, by its set."""
        return Klass(SETS[self.set_no].klass_default)


@dataclass
class Judgement:
    """Rows that can be taken and, by line, why others cannot; `remarks` are said and change nothing."""

    good: list[Judged] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)


def judge(rows: list[Row], *, demo: bool) -> Judgement:
    """Judge every row, every reason of a bad one; the file's own ids must differ from each other."""
    judgement = Judgement()
    seen: dict[str, int] = {}
    for row in rows:
        reading = _Reading(row, demo=demo)
        judged = reading.judged()
        if row["id"] in seen:
            reading.reasons.append(f"trùng mã {row['id']} với dòng {seen[row['id']]}.")
        if judged is None or reading.reasons:
            judgement.bad.append((row.line, " ".join(reading.reasons)))
            continue
        if row["id"]:
            seen[row["id"]] = row.line
        judgement.good.append(judged)
        judgement.remarks += [(row.line, remark) for remark in reading.remarks]
    return judgement


class _Reading:
    """Reads one row to its end: whoever mends a file wants all of a row's reasons at once."""

    def __init__(self, row: Row, *, demo: bool) -> None:
        self.row, self.demo = row, demo
        self.reasons: list[str] = []
        self.remarks: list[str] = []

    def judged(self) -> Judged | None:
        """The row as it can be taken; None, and the reasons, when it cannot."""
        row = self.row
        if not row["producer"] and not self.demo:
            self.reasons.append("thiếu người bán (cột producer). Thêm --demo để dùng cơ sở mẫu.")
        name = self._try(lambda: _said("tên", lambda: read_name(row["name"])))
        set_no = self._try(lambda: _set(row["ocop_set"]))
        sample = SAMPLE_PRICES[set_no] if self.demo and set_no else None
        description = self._try(lambda: _said("lời giới thiệu", lambda: _description(row["description"])))
        self._words(set_no, name=name or row["name"], description=description or "")
        place = self._try(lambda: _place(row))
        kind = self._try(lambda: _kind(row["producer_type"]))
        unit = self._try(lambda: _unit(row["unit"], sample))
        price = self._try(lambda: _price(row["price"], sample))
        stock = self._try(lambda: _stock(row["stock"], sample, set_no or 0))
        recognition = self._recognition()
        if not (name and set_no and place and kind and unit) or stock is None or description is None:
            return None
        return Judged(
            line=row.line,
            external_id=row["id"] or None,
            name=name,
            set_no=set_no,
            place=place,
            producer=row["producer"],
            producer_kind=kind,
            village=row["craft_village"],
            old_place=self._old_place(place),
            unit=unit,
            net="" if row["unit"] or sample is None else sample.net,
            price=price,
            stock=stock,
            description=description,
            recognition=recognition,
        )

    def _try(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except BadInput as refusal:
            self.reasons.append(str(refusal.message))
            return None

    def _words(self, set_no: int | None, **texts: str) -> None:
        for field_name, text in texts.items():
            for found in check_text(text, set_no=set_no, field=field_name):
                self.reasons.append(f"chữ “{found.word}” không được dùng. {found.message}")

    def _recognition(self) -> Recognition | None:
        """The star with its days, each read even when another is wrong. Refuses what no certificate could say."""
        row = self.row
        before = len(self.reasons)
        stars = self._try(lambda: _stars(row["star"]))
        issued = self._try(lambda: _day("issued_on", row["issued_on"]))
        expires = self._try(lambda: _day("expires_on", row["expires_on"]))
        if not stars or len(self.reasons) > before:
            return None
        recognition = Recognition(stars, row["decision_no"], issued, expires)
        if claim := recognition.claim:
            lacking = missing(claim, clock.today())
            self.reasons += [f"giấy công nhận: {each.message}" for each in lacking if each.field != "evidence"]
        elif not self.demo:
            what = "ngày ký" if recognition.decision_no else "số quyết định"
            self.remarks.append(f"có sao mà không có {what}: nhập không kèm sao.")
        return recognition

    def _old_place(self, place: Place) -> str:
        """The old names of the row, unless they are known to have become another commune than the one it names."""
        parts = [part for part in (self.row["commune_old"], self.row["district_old"]) if part]
        old = ", ".join(part[0].lower() + part[1:] for part in parts)
        if not self.row["commune_old"]:
            return old
        became = [choice for found in places.find(old) if found.sure for choice in found.choices]
        if not became or any(_within(choice.province_code, choice.commune_code, place) for choice in became):
            return old
        self.remarks.append(f"nơi cũ “{old}” không thuộc {places.label(place)}: nhập không kèm nơi cũ.")
        return ""


def _within(province_code: str, commune_code: str | None, place: Place) -> bool:
    return province_code == place.province_code and place.commune_code in (None, commune_code)


def _description(text: str) -> str:
    return read_text(text, field="description", limit=LONGEST_DESCRIPTION, required=False)


def _said(what: str, read: Callable[[], T]) -> T:
    try:
        return read()
    except BadInput as refusal:
        raise BadInput(f"{what}: {refusal.message}") from refusal


def _set(text: str) -> int:
    if not text.isdecimal() or int(text) not in SETS:
        raise BadInput(f"bộ sản phẩm {text!r} không có; bộ đánh số từ 1 đến 26.")
    return int(text)


def _place(row: Row) -> Place:
    """A commune that was split has several codes, `09676|09700`: which one is for a person to say, so the province stands."""
    typed = row["province_new_code"]
    if not typed:
        raise BadInput("thiếu mã tỉnh (cột province_new_code). Ví dụ: 01 là Hà Nội.")
    province = typed.zfill(2)
    if not places.known(Place(province)):
        raise BadInput(f"không có tỉnh nào mang mã {typed!r} (cột province_new_code). Ví dụ: 01 là Hà Nội.")
    codes = row["commune_new_code"].split("|")
    commune = codes[0].zfill(5) if len(codes) == 1 and codes[0] else None
    place = Place(province, commune)
    if not places.known(place):
        raise BadInput(
            f"không có xã nào mang mã {codes[0]!r} ở {places.label(Place(province))} (cột commune_new_code)."
        )
    return place


def _kind(text: str) -> ProducerKind:
    if not text:
        return ProducerKind.HOUSEHOLD
    kind = PRODUCER_TYPES.get(fold(text))
    if kind is None:
        raise BadInput(f"loại người bán {text!r} chưa biết; các loại: {', '.join(PRODUCER_TYPES)}.")
    return kind


def _unit(text: str, sample: SamplePrice | None) -> str:
    return _said("đơn vị", lambda: read_unit(text)) if text else (sample.unit if sample else "gói")


def _price(text: str, sample: SamplePrice | None) -> Dong | None:
    if text:
        return _said("giá", lambda: read_price(text))
    return Dong(sample.price) if sample else None


def _stock(text: str, sample: SamplePrice | None, set_no: int) -> int:
    if text:
        return _said("số lượng", lambda: read_count(text))
    if sample is None or set_no in TOURISM_SETS:
        return 0
    return max(sample.stock, 3) if set_no in LIVING_SETS else sample.stock


def _stars(text: str) -> int:
    """3, 4 or 5; 0 for none."""
    if text not in ("", "3", "4", "5"):
        raise BadInput(f"sao {text!r}: chỉ có 3, 4 hoặc 5 sao (QĐ 26/2026/QĐ-TTg Điều 4).")
    return int(text or 0)


def _day(column: str, text: str) -> date | None:
    """A day as ISO or as people write it: 2025-06-15, 15/6/2025."""
    if not text:
        return None
    parts = text.split("/")[::-1] if "/" in text else text.split("-")
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        raise BadInput(f"ngày {text!r} (cột {column}) chưa đọc được. Ví dụ: 15/6/2025") from None
