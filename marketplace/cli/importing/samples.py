"""What goods of each set cost and how they are packed in a demo market."""

from dataclasses import dataclass


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
