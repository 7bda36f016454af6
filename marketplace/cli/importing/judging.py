"""What a row means, or why it cannot be taken. Pure: a row in, a judgement out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from marketplace.catalog.rules import Klass
from marketplace.catalog.rules.goods import read_count, read_name, read_price, read_unit
from marketplace.cli.importing.reading import Row
from marketplace.kit.actor import Place
from marketplace.kit.errors import BadInput
from marketplace.kit.money import Dong
from marketplace.kit.text import fold
from marketplace.law.rules import LIVING_SETS, SETS, TOURISM_SETS, check_text
from marketplace.places import queries as places
from marketplace.producers.rules import ProducerKind

T = TypeVar("T")

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
class SamplePrice:
    """What a demo product of a set costs and how it is packed."""

    unit: str
    net: str
    price: int
    stock: int


SAMPLE_PRICES = {
    1: SamplePrice("kg", "", 45_000, 60), 2: SamplePrice("kg", "", 180_000, 25), 3: SamplePrice("túi", "2 kg", 75_000, 40),
    4: SamplePrice("chai", "500 ml", 140_000, 30), 5: SamplePrice("gói", "200 g", 30_000, 50), 6: SamplePrice("gói", "500 g", 48_000, 45),
    7: SamplePrice("gói", "300 g", 65_000, 40), 8: SamplePrice("hộp", "500 g", 150_000, 20), 9: SamplePrice("chai", "500 ml", 72_000, 36),
    10: SamplePrice("hũ", "200 g", 55_000, 48), 11: SamplePrice("gói", "200 g", 120_000, 30), 12: SamplePrice("hộp", "100 g", 90_000, 26),
    13: SamplePrice("gói", "500 g", 135_000, 34),
    14: SamplePrice("chai", "500 ml", 95_000, 24), 15: SamplePrice("chai", "500 ml", 160_000, 18),
    16: SamplePrice("thùng", "", 90_000, 20), 17: SamplePrice("chai", "300 ml", 28_000, 60), 18: SamplePrice("lọ", "100 g", 320_000, 12),
    19: SamplePrice("chai", "100 ml", 110_000, 22), 20: SamplePrice("lọ", "100 ml", 125_000, 25), 21: SamplePrice("chiếc", "", 210_000, 9),
    22: SamplePrice("chiếc", "", 380_000, 7), 23: SamplePrice("chậu", "", 95_000, 30), 24: SamplePrice("cây", "", 650_000, 4),
    25: SamplePrice("con", "", 60_000, 15), 26: SamplePrice("suất", "", 350_000, 0),
}  # fmt: skip


@dataclass(frozen=True)
class Recognition:
    """A star as the file says it; without a decision number it proves nothing."""

    stars: int
    decision_no: str = ""
    issued_on: date | None = None
    expires_on: date | None = None


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
    """Judge every row; the file's own ids must differ from each other."""
    judgement = Judgement()
    seen: dict[str, int] = {}
    for row in rows:
        try:
            judged = _judge(row, demo=demo)
        except BadInput as refusal:
            judgement.bad.append((row.line, str(refusal.message)))
            continue
        if judged.external_id and judged.external_id in seen:
            judgement.bad.append((row.line, f"trùng mã {judged.external_id} với dòng {seen[judged.external_id]}."))
            continue
        if judged.external_id:
            seen[judged.external_id] = row.line
        judgement.good.append(judged)
        if judged.recognition and not judged.recognition.decision_no and not demo:
            judgement.remarks.append((row.line, "có sao mà không có số quyết định: nhập không kèm sao."))
    return judgement


def _judge(row: Row, *, demo: bool) -> Judged:
    set_no = _set(row["ocop_set"])
    sample = SAMPLE_PRICES[set_no] if demo else None
    producer = row["producer"]
    if not producer and not demo:
        raise BadInput("thiếu người bán (cột producer). Thêm --demo để dùng cơ sở mẫu.")
    name = _said("tên", lambda: read_name(row["name"]))
    description = row["description"]
    for field_name, text in (("name", name), ("description", description)):
        for found in check_text(text, set_no=set_no, field=field_name):
            raise BadInput(f"chữ “{found.word}” không được dùng. {found.message}")
    return Judged(
        line=row.line,
        external_id=row["id"] or None,
        name=name,
        set_no=set_no,
        place=_place(row),
        producer=producer,
        producer_kind=_kind(row["producer_type"]),
        village=row["craft_village"],
        old_place=_old_place(row),
        unit=_unit(row["unit"], sample),
        net="" if row["unit"] or sample is None else sample.net,
        price=_price(row["price"], sample),
        stock=_stock(row["stock"], sample, set_no),
        description=description,
        recognition=_recognition(row),
    )


def _said(what: str, read: Callable[[], T]) -> T:
    try:
        return read()
    except BadInput as refusal:
        raise BadInput(f"{what}: {refusal.message}") from refusal


def _set(text: str) -> int:
    if not text.isdigit() or int(text) not in SETS:
        raise BadInput(f"bộ sản phẩm {text!r} không có; bộ đánh số từ 1 đến 26.")
    return int(text)


def _place(row: Row) -> Place:
    """A commune that was split has several codes, `09676|09700`: which one is for a person to say, so the province stands."""
    province = row["province_new_code"].zfill(2)
    codes = row["commune_new_code"].split("|")
    commune = codes[0].zfill(5) if len(codes) == 1 and codes[0] else None
    place = Place(province, commune)
    if not places.known(place):
        raise BadInput(f"không có nơi mang mã tỉnh {province}, mã xã {commune or 'trống'}.")
    return place


def _kind(text: str) -> ProducerKind:
    if not text:
        return ProducerKind.HOUSEHOLD
    kind = PRODUCER_TYPES.get(fold(text))
    if kind is None:
        raise BadInput(f"loại người bán {text!r} chưa biết; các loại: {', '.join(PRODUCER_TYPES)}.")
    return kind


def _old_place(row: Row) -> str:
    return ", ".join(part[0].lower() + part[1:] for part in (row["commune_old"], row["district_old"]) if part)


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


def _recognition(row: Row) -> Recognition | None:
    if not row["star"]:
        return None
    if row["star"] not in ("3", "4", "5"):
        raise BadInput(f"sao {row['star']!r}: chỉ có 3, 4 hoặc 5 sao (QĐ 26/2026/QĐ-TTg Điều 4).")
    return Recognition(int(row["star"]), row["decision_no"], _day(row["issued_on"]), _day(row["expires_on"]))


def _day(text: str) -> date | None:
    """A day as ISO or as people write it: 2025-06-15, 15/6/2025."""
    if not text:
        return None
    parts = text.split("/")[::-1] if "/" in text else text.split("-")
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        raise BadInput(f"ngày {text!r} chưa đọc được. Ví dụ: 15/6/2025") from None
