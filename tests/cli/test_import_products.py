"""Products from a file: every bad row said by line and reason, nothing half imported, nothing changed twice."""

from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import func, select

from marketplace.catalog.models import Photo, Product, Variant
from marketplace.certificates.models import Certificate
from marketplace.cli.demo.seeding import PRODUCTS
from marketplace.kit import db
from marketplace.producers.models import Decision, Producer
from marketplace.search import indexer
from marketplace.search import queries as search
from marketplace.search.rules import Query
from tests.market import MarketUnderTest

HEADER = (
    "id,name,craft_village,commune_old,district_old,province_new_code,commune_new_code,ocop_set,star,producer_type,"
    "producer,price,unit,stock,description,decision_no,issued_on,expires_on"
)
KEO = "k1,Kẹo lạc nhà Mơ,,,,01,09955,6,,,Cơ sở bà Mơ,35.000,gói,20,Giòn và thơm.,,,"
MIEN = "k2,Miến rong,Minh Khai,Xã Minh Khai,Huyện Hoài Đức,01,09856,6,,,Hợp tác xã Minh Khai,,gói,,,,,"


def a_file(folder: Path, *rows: str, name: str = "hang.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    return path


def imported(market: MarketUnderTest, path: Path, *options: str) -> Result:
    return market.app.test_cli_runner().invoke(args=["import-products", str(path), *options])


def count(market: MarketUnderTest) -> int:
    with market.unit():
        return int(db.session.scalar(select(func.count()).select_from(Product)) or 0)


def product(name: str) -> Product:
    return db.session.scalars(select(Product).where(Product.name == name)).one()


def test_good_rows_come_in_and_those_without_a_price_stay_drafts(market: MarketUnderTest, tmp_path: Path) -> None:
    result = imported(market, a_file(tmp_path, KEO, MIEN), "--on-sale")
    assert result.exit_code == 0, result.output
    assert "Nhập mới 2, đã có 0, bỏ qua 0" in result.output
    with market.unit():
        keo, mien = product("Kẹo lạc nhà Mơ"), product("Miến rong")
        assert (keo.state, mien.state) == ("on_sale", "draft")
        assert keo.is_sample is False
        variant = db.session.scalars(select(Variant).where(Variant.product_id == keo.id)).one()
        assert (variant.price, variant.unit, variant.on_hand) == (35_000, "gói", 20)
        decided = db.session.scalars(
            select(Decision).where(Decision.subject_id == keo.id, Decision.subject_kind == "product")
        )
        assert [row.verb for row in decided] == ["approve"]


def test_a_second_import_changes_nothing(market: MarketUnderTest, tmp_path: Path) -> None:
    imported(market, a_file(tmp_path, KEO))
    again = imported(market, a_file(tmp_path, KEO.replace("35.000", "99.000")))
    assert "đã có: Kẹo lạc nhà Mơ" in again.output
    with market.unit():
        assert (
            db.session.scalars(select(Variant.price).join(Product).where(Product.name == "Kẹo lạc nhà Mơ")).one()
            == 35_000
        )


def test_without_an_id_a_row_is_known_by_producer_name_and_unit(market: MarketUnderTest, tmp_path: Path) -> None:
    bare = KEO.removeprefix("k1")
    imported(market, a_file(tmp_path, bare))
    again = imported(market, a_file(tmp_path, bare.replace("Kẹo lạc nhà Mơ", "KẸO LẠC  nhà mơ")))
    assert "Nhập mới 0, đã có 1" in again.output


BAD = {
    "set": (KEO.replace(",6,", ",27,"), "bộ sản phẩm '27' không có"),
    "place": (KEO.replace("09955", "99999"), "không có nơi mang mã"),
    "price": (KEO.replace("35.000", "ba lăm"), "giá:"),
    "star": (KEO.replace(",6,,", ",6,2,"), "chỉ có 3, 4 hoặc 5 sao"),
    "mark": (KEO.replace("Giòn và thơm.", "Đạt OCOP 4 sao."), "OCOP"),
    "claim": (KEO.replace("Giòn và thơm.", "Chữa khỏi đau lưng."), "chữa"),
    "producer": (KEO.replace("Cơ sở bà Mơ", "Cơ sở không có"), "chưa có người bán"),
    "nobody": (KEO.replace("Cơ sở bà Mơ", ""), "thiếu người bán"),
    "day": (KEO.replace(",,,", ",,,").removesuffix(",,,").replace(",6,,", ",6,4,") + ",1/QĐ,32/13/2025,", "ngày"),
    "twice": (KEO, "trùng mã k1 với dòng 2"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_said_by_line_and_nothing_is_imported(market: MarketUnderTest, tmp_path: Path, name: str) -> None:
    row, reason = BAD[name]
    before = count(market)
    result = imported(market, a_file(tmp_path, KEO, row if name == "twice" else row.replace("k1", "k9", 1)))
    assert result.exit_code == 1
    assert "dòng 3: " in result.output
    assert reason.lower() in result.output.lower()
    assert count(market) == before


def test_skip_bad_takes_the_good_rows(market: MarketUnderTest, tmp_path: Path) -> None:
    result = imported(market, a_file(tmp_path, KEO, BAD["set"][0].replace("k1", "k9", 1)), "--skip-bad")
    assert result.exit_code == 0
    assert "Nhập mới 1, đã có 0, bỏ qua 1" in result.output


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.txt", b"x", "chỉ đọc được tệp .csv hoặc .xlsx"),
        ("a.csv", b"ten,gia\n1,2\n", "dòng đầu thiếu cột"),
        ("a.csv", "tên".encode("utf-16"), "phải lưu bằng UTF-8"),
        ("a.csv", b"", "không có dòng nào"),
        ("a.xlsx", b"not a spreadsheet", "không mở được tệp Excel"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    market: MarketUnderTest, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = imported(market, tmp_path / name)
    assert result.exit_code == 1
    assert sentence in result.output


def test_a_star_without_a_decision_is_left_out_and_said(market: MarketUnderTest, tmp_path: Path) -> None:
    result = imported(market, a_file(tmp_path, KEO.replace(",6,,", ",6,4,")))
    assert "có sao mà không có số quyết định" in result.output
    with market.unit():
        assert (
            db.session.scalar(select(func.count()).where(Certificate.product_id == product("Kẹo lạc nhà Mơ").id)) == 0
        )


def test_a_star_with_a_decision_waits_for_its_evidence(market: MarketUnderTest, tmp_path: Path) -> None:
    row = KEO.replace(",6,,", ",6,4,").removesuffix(",,,") + ",55/QĐ-UBND,15/6/2025,"
    assert imported(market, a_file(tmp_path, row)).exit_code == 0
    with market.unit():
        claimed = db.session.scalars(
            select(Certificate).where(Certificate.product_id == product("Kẹo lạc nhà Mơ").id)
        ).one()
        assert (claimed.stars, claimed.confirmed_at, claimed.expires_on.isoformat()) == (4, None, "2028-06-15")


def test_the_real_file_becomes_a_demo_of_all_provinces(market: MarketUnderTest) -> None:
    result = imported(market, PRODUCTS, "--demo", "--on-sale")
    assert "Nhập mới 240" in result.output
    with market.unit():
        samples = select(Product).where(Product.is_sample).subquery()
        assert db.session.scalar(select(func.count(samples.c.province_code.distinct()))) == 34
        assert db.session.scalar(select(func.count()).where(samples.c.commune_code.is_(None))) == 95
        assert db.session.scalar(select(func.count(Photo.id)).where(Photo.is_illustration)) == 240
        assert db.session.scalar(select(func.count()).where(Certificate.is_sample)) == 29
        stalls = db.session.scalars(select(Producer.name).where(Producer.is_sample)).all()
        assert all(name.startswith("Cơ sở mẫu ") for name in stalls)
    again = imported(market, PRODUCTS, "--demo", "--on-sale")
    assert "Nhập mới 0, đã có 240" in again.output


def test_what_was_imported_is_found(market: MarketUnderTest, tmp_path: Path) -> None:
    imported(market, a_file(tmp_path, KEO), "--on-sale")
    with market.app.app_context():
        indexer.follow()
    with market.unit():
        assert product("Kẹo lạc nhà Mơ").id in search.find(Query(text="keo lac nha mo")).ids
