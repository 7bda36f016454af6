"""Her products: what changes at once, what refuses, and that nobody else finds them."""

import re
import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from marketplace.catalog import actions, queries
from marketplace.catalog.models import Product
from marketplace.catalog.rules import ProductState
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.producers import actions as producer_actions
from tests.actors import columns, coordinator, producer
from tests.browser_client import Browser
from tests.catalog import corpus
from tests.market import MarketUnderTest
from tests.selling.test_wizard import field, file, four_screens, text

LIVE = "/ban-hang/hang/h1"
VARIANT = 1


@pytest.fixture
def mo(as_: Callable[[str], Browser]) -> Browser:
    return as_("Mơ")


def product(market: MarketUnderTest, product_id: int = 1) -> SimpleNamespace:
    with market.unit():
        return columns(db.session.get(Product, product_id))


def variant(market: MarketUnderTest, product_id: int = 1) -> SimpleNamespace:
    with market.unit():
        return columns(queries.variants(product_id)[0])


def test_today_names_what_waits_and_where_everything_is(mo: Browser) -> None:
    page = text(mo.get("/ban-hang/"))
    assert "Kẹo lạc vừng còn 3 gói" in page
    for address in ("/ban-hang/hang", "/ban-hang/gian-hang", "/ban-hang/don", "/ban-hang/tien", "/ban-hang/hang/moi"):
        assert f'href="{address}"' in page


def test_a_new_price_holds_at_once(mo: Browser, market: MarketUnderTest) -> None:
    answer = mo.post(f"{LIVE}/gia/{VARIANT}", data={f"v{VARIANT}-price": "90 nghìn"}, follow_redirects=True)
    assert "Đã đổi giá" in text(answer)
    assert variant(market).price == 90_000


@pytest.mark.parametrize(
    "wrong",
    [
        ("gia", "price", "12O nghin", "Ví dụ: 120.000"),
        ("them", "add", "mười", "ví dụ: 20"),
        ("them", "add", "0", "ví dụ: 20"),
        ("dem", "counted", "-3", "ví dụ: 20"),
    ],
)
def test_a_number_that_cannot_be_read_is_asked_again_in_its_place(
    mo: Browser, market: MarketUnderTest, wrong: tuple[str, str, str, str]
) -> None:
    path, name, typed, sentence = wrong
    before = variant(market)
    data = {f"v{VARIANT}-{name}": typed, f"v{VARIANT}-seen": str(before.on_hand)}
    answer = mo.post(f"{LIVE}/{path}/{VARIANT}", data=data)
    assert answer.status_code == 422
    assert f'value="{typed}"' in text(answer)
    assert sentence in text(answer)
    assert text(answer).count('class="field-error"') == 1
    assert variant(market) == before


def test_the_same_page_sent_twice_adds_once(mo: Browser, market: MarketUnderTest) -> None:
    before = variant(market).on_hand
    page_key = field(text(mo.get(LIVE)), f"v{VARIANT}-ma")
    for _ in range(3):
        mo.post(f"{LIVE}/them/{VARIANT}", data={f"v{VARIANT}-ma": page_key, f"v{VARIANT}-add": "10"})
    assert variant(market).on_hand == before + 10


def test_a_count_after_something_changed_is_asked_again_against_the_new_number(
    mo: Browser, market: MarketUnderTest
) -> None:
    name = f"v{VARIANT}"
    seen = field(text(mo.get(LIVE)), f"{name}-seen")
    mo.post(f"{LIVE}/them/{VARIANT}", data={f"{name}-ma": "x", f"{name}-add": "1"})
    answer = mo.post(f"{LIVE}/dem/{VARIANT}", data={f"{name}-seen": seen, f"{name}-counted": "7"})
    assert answer.status_code == 422
    assert f"bây giờ là {int(seen) + 1}" in text(answer)
    assert 'value="7"' in text(answer)
    again = field(text(answer), f"{name}-seen")
    assert mo.post(f"{LIVE}/dem/{VARIANT}", data={f"{name}-seen": again, f"{name}-counted": "7"}).status_code == 303
    assert variant(market).on_hand == 7


FIXED = {
    "ten": {"name": "Tên khác"}, "nhom": {"set": "7"}, "so-luong": {"add": "5"}, "cau-hoi/thanh-phan": {"answer": "Khác"},
    "xep-loai": {"klass": "craft"},
    "loai": {"unit": "hộp", "net": "1 kg", "price": "200000"}, "gia": {"price": "80000", "unit": "túi"},
}  # fmt: skip


@pytest.mark.parametrize("page", FIXED)
@pytest.mark.parametrize("paused", [False, True])
def test_everything_else_on_a_live_product_refuses_with_a_sentence(
    mo: Browser, market: MarketUnderTest, page: str, paused: bool
) -> None:
    if paused:
        mo.post(f"{LIVE}/tam-dung")
    before = product(market)
    answer = mo.post(f"{LIVE}/{page}", data=FIXED[page])
    assert answer.status_code == 409
    assert "bấm Sửa nội dung hoặc ảnh" in text(answer)
    assert product(market) == before


def test_a_photo_cannot_be_slipped_onto_a_live_product(mo: Browser, market: MarketUnderTest) -> None:
    assert mo.post(f"{LIVE}/anh", data={"chup": file(corpus.jpeg())}).status_code == 409
    with market.unit():
        assert list(queries.photos(1)) == []


def test_pause_and_resume_with_the_way_back(mo: Browser, market: MarketUnderTest) -> None:
    after = text(mo.post(f"{LIVE}/tam-dung", follow_redirects=True))
    assert "Đã tạm dừng bán" in after
    assert f'action="{LIVE}/ban-tiep"' in after
    assert product(market).state is ProductState.PAUSED
    mo.post(f"{LIVE}/ban-tiep")
    assert product(market).state is ProductState.ON_SALE
    assert mo.post(f"{LIVE}/ban-tiep").status_code == 409


def test_what_an_official_paused_says_so_and_offers_no_way_round(mo: Browser, market: MarketUnderTest) -> None:
    with market.unit():
        actions.pause(coordinator("Hạnh"), 1, reason="Có người báo hàng mốc.")
    page = text(mo.get(LIVE))
    assert "Có người báo hàng mốc." in page
    assert "ban-tiep" not in page
    assert mo.post(f"{LIVE}/ban-tiep").status_code == 409
    assert product(market).state is ProductState.PAUSED


GETS = (
    "", "/anh", "/ten", "/nhom", "/gia", "/so-luong", "/loai", "/giay-to", "/chung-nhan", "/xem-lai", "/cau-hoi/thanh-phan",
    "/anh/x/320", "/giay-to/1", "/xep-loai",
)  # fmt: skip
POSTS = (
    "/anh", "/ten", "/nhom", "/gia", "/so-luong", "/loai", "/chung-nhan", "/xem-lai", "/cau-hoi/thanh-phan", "/giay-to/food_safety",
    "/giay-to/1/xoa", "/giay-to/1/lay-lai", "/anh/x/dau", "/anh/x/xoa", "/anh/x/lay-lai", "/loai/1/bo", "/loai/1/lay-lai", "/xep-loai",
    "/gia/1", "/them/1", "/dem/1", "/tam-dung", "/ban-tiep", "/lay-ve", "/xoa", "/lay-lai", "/sua",
)  # fmt: skip


def test_the_lists_above_name_every_page_of_a_product(market: MarketUnderTest) -> None:
    def shape(path: str) -> str:
        path = path.replace("food_safety", "<>").replace("thanh-phan", "<>").replace("/320", "/<>")
        return re.sub(r"/(x|1)(?=/|$)", "/<>", path)

    rules = [r for r in market.app.url_map.iter_rules() if r.rule.startswith("/ban-hang/hang/<key>")]
    for method, named in (("GET", GETS), ("POST", POSTS)):
        known = {
            re.sub(r"<[^>]+>", "<>", r.rule).removeprefix("/ban-hang/hang/<>")
            for r in rules
            if method in (r.methods or ())
        }
        assert known == {shape(path) for path in named}, method


@pytest.mark.parametrize("who", ["Tín", "Lan", "Hạnh", "Bình"])
def test_nobody_else_finds_her_product(as_: Callable[[str], Browser], market: MarketUnderTest, who: str) -> None:
    stranger, before = as_(who), (product(market), variant(market))
    data = {
        "name": "Của tôi",
        "klass": "craft",
        "answer": "x",
        "set": "7",
        "price": "1000",
        "v1-price": "1000",
        "v1-add": "1",
        "add": "1",
    }
    for path in GETS:
        assert stranger.get(LIVE + path).status_code == 404, path
    for path in POSTS:
        assert stranger.post(LIVE + path, data=data).status_code == 404, path
    assert (product(market), variant(market)) == before


def test_a_stranger_is_sent_to_sign_in(client: Browser) -> None:
    for path in GETS:
        assert client.get(LIVE + path).location.startswith("/dang-nhap"), path
    for path in POSTS:
        assert client.post(LIVE + path).location.startswith("/dang-nhap"), path


def test_a_variant_of_another_product_is_not_changed_through_hers(mo: Browser, market: MarketUnderTest) -> None:
    foreign = variant(market, 3)
    for path, name in (("gia", "price"), ("them", "add"), ("dem", "counted")):
        data = {f"v{foreign.id}-{name}": "5000", f"v{foreign.id}-seen": str(foreign.on_hand)}
        assert mo.post(f"{LIVE}/{path}/{foreign.id}", data=data).status_code == 404
    assert variant(market, 3) == foreign


def test_nothing_behind_the_door_is_kept_by_a_browser_or_proxy(mo: Browser) -> None:
    for path in ("/ban-hang/", "/ban-hang/hang", LIVE, "/dang-ky-ban-hang/"):
        assert mo.get(path).headers["Cache-Control"] == "no-store", path


def test_a_member_of_two_stalls_chooses_for_which_one_she_acts(mo: Browser, market: MarketUnderTest) -> None:
    from_tin = "/ban-hang/hang/h3"
    assert mo.get(from_tin).status_code == 404
    assert mo.post("/ban-hang/doi-gian-hang", data={"gian-hang": "tin2"}).status_code == 404
    mo.set_cookie("gian-hang", "tin2", domain="127.0.0.1", path="/ban-hang")
    assert mo.get(from_tin).status_code == 404
    with market.unit():
        producer_actions.join(Actor.operator(), 2, 1)
    assert mo.get(from_tin).status_code == 200
    assert mo.get(LIVE).status_code == 404
    mo.post("/ban-hang/doi-gian-hang", data={"gian-hang": "mo1"})
    assert mo.get(LIVE).status_code == 200


def test_forty_adds_at_once_from_eight_threads_lose_none_and_one_page_counts_once(market: MarketUnderTest) -> None:
    before = variant(market).on_hand
    _at_once(market.app, lambda thread, turn: _add(f"{thread}-{turn}"))
    assert variant(market).on_hand == before + 40
    _at_once(market.app, lambda *_which: _add("cùng một trang"))
    assert variant(market).on_hand == before + 41


def _add(key: str) -> None:
    actions.add_stock(producer("Mơ"), 1, VARIANT, add_text="1", key=key)


def _at_once(app: Flask, verb: Callable[[int, int], None]) -> None:
    failures: list[BaseException] = []

    def run(thread: int) -> None:
        try:
            for turn in range(5):
                with app.app_context(), db.unit():
                    verb(thread, turn)
        except BaseException as error:  # the test fails with it below
            failures.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_the_wizard_leaves_a_draft_that_the_list_shows(mo: Browser) -> None:
    key = four_screens(mo)
    page: TestResponse = mo.get("/ban-hang/hang")
    assert f'href="/ban-hang/hang/{key}"' in text(page)
    assert "Đang soạn" in text(page)


def test_goods_of_a_closed_stall_do_not_claim_to_be_seen(mo: Browser, market: MarketUnderTest) -> None:
    with market.unit():
        producer_actions.pause(coordinator("Hạnh"), 1, reason="Kiểm tra")
    page = text(mo.get(LIVE))
    assert "chưa thấy sản phẩm nào" in page
    assert "Xem như người mua" not in page
    assert "Gian hàng đang tạm dừng" in text(mo.get("/ban-hang/"))
