"""Products from a file: every bad row said by line and reason, nothing half imported, nothing changed twice."""

from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import func, select, update

import config
from marketplace.app import create_app
from marketplace.catalog.models import Photo, Product, Variant
from marketplace.certificates.models import Certificate
from marketplace.cli import starting
from marketplace.cli.demo.seeding import PRODUCTS
from marketplace.kit import db, marking
from marketplace.producers.models import Decision, Producer
from marketplace.search import indexer
from marketplace.search import queries as search
from marketplace.search.rules import Query
from tests.market import MarketUnderTest
from tests.shelf.goods import run
from tests.test_config import REAL

HEADER = (
    "id,name,craft_village,commune_old,district_old,province_new_code,commune_new_code,ocop_set,star,producer_type,"
    "producer,price,unit,stock,description,decision_no,issued_on,expires_on"
)
KEO = "k1,Kẹo lạc nhà Mơ,,,,01,09955,6,,,Cơ sở bà Mơ,35.000,gói,20,Giòn và thơm.,,,"
LUA = "k5,Khăn lụa nhà Mơ,,,,01,09955,22,,,Cơ sở bà Mơ,35.000,chiếc,20,Mềm và mát.,,,"
MIEN = "k2,Miến rong,Minh Khai,Xã Minh Khai,Huyện Hoài Đức,01,09856,6,,,Hợp tác xã Minh Khai,,gói,,,,,"


STARRED = KEO.replace(",6,,", ",6,4,").removesuffix(",,,") + ","


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
    result = imported(market, a_file(tmp_path, LUA, MIEN), "--on-sale")
    assert result.exit_code == 0, result.output
    assert "dòng 3: ghi chú: bản nháp: chưa có giá." in result.output
    assert "Nhập mới 2, đã có 0, bỏ qua 0" in result.output
    with market.unit():
        lua, mien = product("Khăn lụa nhà Mơ"), product("Miến rong")
        assert (lua.state, mien.state) == ("on_sale", "draft")
        assert lua.is_sample is False
        variant = db.session.scalars(select(Variant).where(Variant.product_id == lua.id)).one()
        assert (variant.price, variant.unit, variant.on_hand) == (35_000, "chiếc", 20)
        decided = db.session.scalars(
            select(Decision).where(Decision.subject_id == lua.id, Decision.subject_kind == "product")
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
    "place": (KEO.replace("09955", "99999"), "không có xã nào mang mã '99999' ở Hà Nội"),
    "price": (KEO.replace("35.000", "ba lăm"), "giá:"),
    "star": (KEO.replace(",6,,", ",6,2,"), "chỉ có 3, 4 hoặc 5 sao"),
    "mark": (KEO.replace("Giòn và thơm.", "Đạt OCOP 4 sao."), "OCOP"),
    "claim": (KEO.replace("Giòn và thơm.", "Chữa khỏi đau lưng."), "chữa"),
    "producer": (KEO.replace("Cơ sở bà Mơ", "Cơ sở không có"), "chưa có người bán"),
    "province": (KEO.replace(",01,", ",,"), "thiếu mã tỉnh"),
    "no province": (KEO.replace(",01,", ",00,"), "không có tỉnh nào mang mã '00'"),
    "nobody": (KEO.replace("Cơ sở bà Mơ", ""), "thiếu người bán"),
    "day": (KEO.replace(",,,", ",,,").removesuffix(",,,").replace(",6,,", ",6,4,") + ",1/QĐ,32/13/2025,", "ngày"),
    "ends before it begins": (STARRED + "55/QĐ,15/6/2025,1/6/2025", "Ngày hết hạn phải sau ngày ký"),
    "too long": (STARRED + "55/QĐ,15/6/2025,16/6/2028", "không quá 36 tháng"),
    "not yet issued": (STARRED + "55/QĐ,15/6/2125,", "Ngày ký không được sau hôm nay"),
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
    imported(market, a_file(tmp_path, LUA), "--on-sale")
    with market.app.app_context():
        indexer.follow()
    with market.unit():
        assert product("Khăn lụa nhà Mơ").id in search.find(Query(text="khan lua nha mo")).ids


def test_every_reason_of_a_row_is_said_at_once(market: MarketUnderTest, tmp_path: Path) -> None:
    row = "k9,x,,,,00,,99,7,,Cơ sở không có,ba lăm,gói,nhiều,Chữa khỏi đau lưng.,,32/13/2025,"
    result = imported(market, a_file(tmp_path, row))
    assert result.exit_code == 1
    (line,) = [line for line in result.output.splitlines() if "dòng 2:" in line]
    for reason in ("tên:", "'99'", "'00'", "giá:", "số lượng:", "chữa", "sao '7'", "32/13/2025", "chưa có người bán"):
        assert reason.lower() in line.lower()


def test_a_recognition_that_cannot_be_is_left_out_with_its_row(market: MarketUnderTest, tmp_path: Path) -> None:
    late = (STARRED + "55/QĐ,15/6/2025,1/6/2025").replace("k1", "k9")
    result = imported(market, a_file(tmp_path, KEO, late), "--skip-bad")
    assert result.exit_code == 0, result.output
    assert "dòng 3: bỏ qua: giấy công nhận: Ngày hết hạn phải sau ngày ký" in result.output
    assert "Nhập mới 1, đã có 0, bỏ qua 1" in result.output


def test_a_drink_without_its_licence_is_imported_as_a_draft(market: MarketUnderTest, tmp_path: Path) -> None:
    result = imported(market, a_file(tmp_path, KEO.replace(",6,", ",14,")), "--on-sale")
    assert result.exit_code == 0, result.output
    assert "dòng 2: ghi chú: bản nháp: còn thiếu giấy tờ" in result.output
    assert "Giấy phép sản xuất hoặc bán lẻ rượu" in result.output
    with market.unit():
        assert product("Kẹo lạc nhà Mơ").state == "draft"


def test_samples_come_only_into_a_market_of_samples(market: MarketUnderTest, tmp_path: Path) -> None:
    app = create_app(config.read({**REAL, "DATA_DIR": str(tmp_path / "real")}))
    with app.app_context():
        starting.prepare(app.config["SETTINGS"])
    result = app.test_cli_runner().invoke(args=["import-products", str(PRODUCTS), "--demo"])
    with app.app_context():
        db.sqla.engine.dispose()
    assert (result.exit_code, "không đánh dấu là chợ mẫu" in result.output) == (1, True)
    run(market, update(marking.Marking).values(mode="production"))
    before = count(market)
    assert imported(market, a_file(tmp_path, KEO), "--demo").exit_code == 1
    assert count(market) == before


def test_a_row_known_by_its_id_is_said_to_be_there_whatever_else_it_lacks(
    market: MarketUnderTest, tmp_path: Path
) -> None:
    imported(market, a_file(tmp_path, KEO))
    again = imported(market, a_file(tmp_path, KEO.replace("Cơ sở bà Mơ", "").replace("35.000", "ba lăm")))
    assert again.exit_code == 0, again.output
    assert "dòng 2: đã có: Kẹo lạc nhà Mơ" in again.output
    assert "Nhập mới 0, đã có 1, bỏ qua 0" in again.output


def test_nothing_unseen_comes_in_with_a_text(market: MarketUnderTest, tmp_path: Path) -> None:
    dirty = "Kẹo \u202elạc\u2066 nhà\x00 \x1b[31mMơ"
    row = KEO.replace("Kẹo lạc nhà Mơ", dirty).replace("Giòn và thơm.", "Giòn\x07 và\u202d thơm.")
    assert imported(market, a_file(tmp_path, row)).exit_code == 0
    with market.unit():
        assert product("Kẹo lạc nhà [31mMơ").description == "Giòn và thơm."


def test_an_old_place_of_another_commune_is_left_out_and_said(market: MarketUnderTest, tmp_path: Path) -> None:
    row = KEO.replace(",,,,01", ",,Xã Phú Cần,Huyện Tiểu Cần,01").replace("Cơ sở bà Mơ", "Nhà Kẹo")
    result = imported(market, a_file(tmp_path, row), "--demo")
    assert "“xã Phú Cần, huyện Tiểu Cần” không thuộc xã Thạch Thất, Hà Nội" in result.output
    with market.unit():
        assert db.session.scalars(select(Producer.old_place).where(Producer.name == "Nhà Kẹo")).one() == ""


def test_the_desk_says_village_and_old_name_of_the_commune_it_says(market: MarketUnderTest, tmp_path: Path) -> None:
    elsewhere = LUA.replace("01,09955", "01,09856")
    imported(market, a_file(tmp_path, elsewhere), "--on-sale")
    with market.unit():
        key = product("Khăn lụa nhà Mơ").key
    page = market.signed_in("Bình").get(f"/dieu-phoi/hang/{key}").text
    assert "Xã Dương Hòa, Hà Nội" in page
    assert "Đại Đồng" not in page
