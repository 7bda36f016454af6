"""The drawings of the demo market: every sample product has a fitting one, and no drawing is worn out."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from marketplace.cli.demo import drawings
from marketplace.cli.demo.drawings import BY_SET, BY_WORDS, ELSE, Drawing, drawing_of

DEMO = Path(drawings.__file__).parent
ART = DEMO / "art"
FEWEST_KINDS = 48
MOST_PRODUCTS = 15
LARGEST = 26_000  # bytes of one picture
ALL_TOGETHER = 2_500_000  # bytes of all pictures


def _drawn() -> list[tuple[str, Drawing]]:
    with (DEMO / "data" / "products.csv").open(encoding="utf-8", newline="") as lines:
        return [(row["name"], drawing_of(row["name"], int(row["ocop_set"]))) for row in csv.DictReader(lines)]


def test_every_sample_product_has_a_drawing_that_exists() -> None:
    missing = {name for name, drawing in _drawn() if not (ART / f"{drawing.name}.webp").is_file()}
    assert not missing


def test_there_are_enough_kinds_and_none_stands_for_too_many_products() -> None:
    counts = Counter(drawing.name for _, drawing in _drawn())
    assert len(counts) >= FEWEST_KINDS
    assert max(counts.values()) <= MOST_PRODUCTS


def test_every_sample_product_is_drawn_by_the_words_of_its_name() -> None:
    by_words = {id(drawing) for _, drawing in BY_WORDS}
    assert not [name for name, drawing in _drawn() if id(drawing) not in by_words]


def test_every_drawing_named_in_the_tables_exists_with_its_source_and_its_words() -> None:
    for drawing in [*(drawing for _, drawing in BY_WORDS), *BY_SET.values(), ELSE]:
        assert (ART / f"{drawing.name}.svg").is_file(), drawing.name
        assert (ART / f"{drawing.name}.webp").is_file(), drawing.name
        assert drawing.words


def test_every_source_has_its_picture_and_every_picture_its_source() -> None:
    assert {path.stem for path in ART.glob("*.svg")} == {path.stem for path in ART.glob("*.webp")}


def test_pictures_are_light() -> None:
    sizes = {path.name: path.stat().st_size for path in ART.glob("*.webp")}
    assert not {name: size for name, size in sizes.items() if size > LARGEST}
    assert sum(sizes.values()) <= ALL_TOGETHER


def test_faces_and_villages_exist() -> None:
    names = {drawings.maker_of(number) for number in range(20)} | {drawings.scene_of(no) for no in range(30)}
    assert not {name for name in names if not (ART / f"{name}.webp").is_file()}


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Cam Canh Kim An", "orange"),
        ("Thổ cẩm Mai Châu", "brocade"),
        ("Hồ tiêu Cùa", "pepper"),
        ("Cua Cà Mau Năm Căn", "crab"),
        ("Hạt mắc ca Quảng Trực", "macadamia"),
        ("Hạt điều rang muối Bình Phước", "cashew"),
        ("Rượu gạo làng Ngâu", "jug"),
        ("Rượu bưởi Tân Triều", "jug"),
        ("Rượu sim Măng Đen", "fruitwine"),
        ("Nước mắm cá cơm Phan Thiết 40 độ đạm", "fishsauce"),
        ("Dứa Đồng Giao", "pineapple"),
        ("Khô cá dứa Cần Giờ", "driedfish"),
        ("Bánh đa nem làng Chều", "banhtrang"),
        ("Bánh đa Kế", "banhda"),
        ("Mật ong hoa nhãn Hưng Yên", "honey"),
        ("Sơn mài Tương Bình Hiệp", "lacquer"),
        ("Mắm nêm Phan Thiết", "mamca"),
        ("Tour trải nghiệm làng gốm Bát Tràng", "potterwheel"),
    ],
)
def test_the_kind_at_the_head_of_the_name_decides(name: str, drawn: str) -> None:
    assert drawing_of(name, 0).name == drawn


def test_an_unknown_name_is_drawn_by_its_set_and_else_as_a_basket() -> None:
    assert drawing_of("Món lạ", 24).name == "bonsai"
    assert drawing_of("Món lạ", 0) is ELSE
