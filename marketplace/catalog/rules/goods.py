"""Names, prices, measures and stock of what is sold: reading them as people write them, and saying them back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import Text, lazy, mark
from marketplace.kit.money import MOST, BadMoney, Dong, parse_dong
from marketplace.kit.text import nfc

NAME_LENGTHS = range(3, 81)
LEAST_PRICE = Dong(1_000)
MOST_STOCK = 1_000_000
MOST_WEIGHT_G = 500_000
UNIT_LENGTH = 20
LABEL_LENGTH = 60

UNITS: tuple[str, ...] = (
    mark("hộp"),
    mark("gói"),
    mark("túi"),
    mark("chai"),
    mark("lọ"),
    mark("hũ"),
    "kg",
    mark("lít"),
    mark("chiếc"),
    mark("bộ"),
    mark("đôi"),
    mark("cây"),
    mark("chậu"),
    mark("con"),
    mark("suất"),
    mark("người"),
    mark("đêm"),
)
"""Units offered as buttons; any other word may be typed."""


_USUAL_UNIT = {
    14: "chai",
    15: "chai",
    16: "chai",
    17: "chai",
    21: "chiếc",
    22: "chiếc",
    23: "chậu",
    24: "cây",
    25: "con",
    26: "người",
}


def usual_unit(set_no: int | None) -> str:
    """The unit most goods of a set are sold by: what the price page begins with."""
    return _USUAL_UNIT.get(set_no or 0, "hộp")


class BadName(BadInput):
    """The name is too short, too long, or not a name."""

    message = lazy("Điền tên sản phẩm, từ 3 đến 80 chữ cái. Ví dụ: Chè lam gừng.")


class BadPrice(BadInput):
    """The text is not a sum of money."""

    message = lazy("Chưa đọc được số tiền. Ví dụ: 120.000")


class PriceTooLow(BadInput):
    """Almost always thousands were meant."""

    message = lazy("Giá thấp nhất là 1.000 đồng. Một trăm hai mươi nghìn thì gõ 120.000")


class PriceTooHigh(BadInput):
    """One bank transfer cannot carry it (NAPAS QR v1.0 §8.1.1)."""

    message = lazy("Giá cao nhất là 499.999.999 đồng, vì một lần chuyển khoản không gửi được nhiều hơn.")


class BadUnit(BadInput):
    """No word for what one of it is called."""

    message = lazy("Bán theo hộp, gói hay chai? Chọn hoặc gõ một từ, ví dụ: hộp.")


class BadCount(BadInput):
    """Not a whole number of pieces."""

    message = lazy("Điền số lượng bằng chữ số, ví dụ: 20.")


class BadMeasure(BadInput):
    """Not a weight or a volume."""

    message = lazy("Điền số và đơn vị, ví dụ: 500 g, 1,5 kg hoặc 750 ml.")


class BadWeight(BadInput):
    """Not a weight."""

    message = lazy("Điền cân nặng, ví dụ: 600 g hoặc 1,2 kg.")


def read_name(text: str) -> str:
    """The product's name. Refuses fewer than 3 or more than 80 characters, and names without a letter."""
    name = nfc(text)
    if len(name) not in NAME_LENGTHS or not any(c.isalpha() for c in name):
        raise BadName(field="name")
    return name


def read_price(text: str) -> Dong:
    """Dong from `120.000`, `120k`, `120 nghìn`. Refuses what has to be guessed, under 1.000 and above one transfer."""
    try:
        price = parse_dong(text)
    except BadMoney as error:
        raise BadPrice(field="price") from error
    if price < LEAST_PRICE:
        raise PriceTooLow(field="price")
    if price > MOST:
        raise PriceTooHigh(field="price")
    return price


def read_unit(text: str) -> str:
    """What one of it is called: `hộp`. Lower-case; refuses nothing, digits only and more than 20 characters."""
    unit = nfc(text).lower()
    if not unit or len(unit) > UNIT_LENGTH or not any(c.isalpha() for c in unit):
        raise BadUnit(field="unit")
    return unit


def read_count(text: str, *, field: str = "stock", least: int = 0) -> int:
    """A whole number of pieces from `20`, `1.000`, `20 hộp`. Refuses below `least` and above a million."""
    found = re.fullmatch(r"(\d{1,3}(?:[. ]\d{3})+|\d{1,9})\s*[^\W\d]*", nfc(text))
    count = int(re.sub(r"\D", "", found[1])) if found else -1
    if not least <= count <= MOST_STOCK:
        raise BadCount(field=field)
    return count


@dataclass(frozen=True)
class Measure:
    """A net quantity: grams or millilitres, never both."""

    grams: int | None = None
    millilitres: int | None = None


_PER_UNIT = {
    "g": ("g", 1), "gr": ("g", 1), "gam": ("g", 1), "gram": ("g", 1), "lạng": ("g", 100),
    "kg": ("g", 1_000), "kí": ("g", 1_000), "ký": ("g", 1_000), "cân": ("g", 1_000), "yến": ("g", 10_000),
    "ml": ("ml", 1), "cl": ("ml", 10), "l": ("ml", 1_000), "lít": ("ml", 1_000), "lit": ("ml", 1_000),
}  # fmt: skip
_MEASURE = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,6})(?:[.,](\d{1,3}))?\s*([^\W\d]+)")


def read_measure(text: str) -> Measure:
    """Grams or millilitres from `500 g`, `0,5 kg`, `2 lạng`, `750ml`. A bare number is refused: 20 may be grams or kilograms."""
    found = _MEASURE.fullmatch(nfc(text).lower())
    if found is None or found[3] not in _PER_UNIT:
        raise BadMeasure(field="net")
    kind, factor = _PER_UNIT[found[3]]
    amount = int(found[1].replace(".", "")) * factor + int((found[2] or "0").ljust(3, "0")) * factor // 1_000
    if not 0 < amount <= MOST_WEIGHT_G:
        raise BadMeasure(field="net")
    return Measure(grams=amount) if kind == "g" else Measure(millilitres=amount)


def read_weight(text: str) -> int:
    """Grams of a parcel with its packing. A bare number below 20 is too likely kilograms to be guessed: refused."""
    try:
        measure = read_measure(text)
    except BadMeasure as error:
        raise BadWeight(field="shipping") from error
    if measure.grams is None:
        raise BadWeight(field="shipping")
    return measure.grams


def measure_of_unit(unit: str) -> Measure:
    """`kg` and `lít` are measures themselves."""
    return {"kg": Measure(grams=1_000), "lít": Measure(millilitres=1_000), "lạng": Measure(grams=100)}.get(
        unit, Measure()
    )


def shipping_guess(measure: Measure) -> int:
    """Grams of the parcel proposed for a net quantity: a tenth more for packing, rounded up to 50 g, glass for liquids."""
    if measure.grams is not None:
        heavy = measure.grams * 11 // 10
    elif measure.millilitres is not None:
        heavy = measure.millilitres * 14 // 10
    else:
        return 0
    return -(-heavy // 50) * 50


def _decimal(thousandths: int) -> str:
    whole, rest = divmod(thousandths, 1_000)
    return f"{whole:,}".replace(",", ".") + (f",{rest:03d}".rstrip("0") if rest else "")


def show_measure(grams: int | None, millilitres: int | None) -> str:
    """`500 g`, `1,5 kg`, `750 ml`, or nothing."""
    small, large, amount = ("g", "kg", grams) if grams is not None else ("ml", "lít", millilitres)
    if amount is None:
        return ""
    return f"{_decimal(amount)} {large}" if amount >= 1_000 else f"{amount} {small}"


def variant_label(unit: str, measure: Measure) -> str:
    """`Hộp 500 g`: how a variant is called until its maker calls it otherwise."""
    size = show_measure(measure.grams, measure.millilitres)
    word = unit[:1].upper() + unit[1:]
    return word if not size or measure == measure_of_unit(unit) else f"{word} {size}"


def price_per_kg(price: int, grams: int | None, millilitres: int | None) -> Dong | None:
    """Dong per kilogram or litre, rounded to the nearest dong; None without a net quantity."""
    amount = grams if grams is not None else millilitres
    return None if not amount else Dong((price * 1_000 + amount // 2) // amount)


def measure_prices_differ(prices: Iterable[Dong | None]) -> bool:
    """Whether the price per kilogram or litre has to be shown beside each variant (law: price with its unit)."""
    known = {price for price in prices if price is not None}
    return len(known) > 1


@dataclass(frozen=True)
class StockWord:
    """What a buyer is told of stock: plenty, a few with their number, or none."""

    kind: str
    left: int


FEW = 5


def stock_word(on_hand: int, held: int) -> StockWord:
    """Pieces nobody ordered yet, as the three words the pages use."""
    left = on_hand - held
    if left <= 0:
        return StockWord("none", 0)
    return StockWord("few" if left <= FEW else "plenty", left)


def stock_text(word: StockWord, unit: str) -> Text:
    """`Còn 24 hộp` or `Hết hàng`."""
    if word.kind == "none":
        return lazy("Hết hàng")
    return lazy("Còn %(left)s %(unit)s", left=f"{word.left:,}".replace(",", "."), unit=lazy(unit))
