"""Changes to a product on sale, from her phone to the desk and back: nothing typed is lost, nothing unseen is approved."""

from collections.abc import Callable

from bs4 import BeautifulSoup

from marketplace.catalog import queries
from tests.browser_client import Browser
from tests.catalog import corpus
from tests.catalog.test_actions import on_sale
from tests.market import MarketUnderTest
from tests.selling.test_wizard import file, text

As = Callable[[str], Browser]


def live(market: MarketUnderTest) -> tuple[int, str]:
    product_id = on_sale(market)
    with market.unit():
        found = queries.product(product_id)
        assert found is not None
        return product_id, found.key


def begun(mo: Browser, key: str) -> str:
    """The key of the revision that her button opens."""
    answer = mo.post(f"/ban-hang/hang/{key}/sua")
    assert answer.status_code == 303
    return answer.headers["Location"].split("/")[-2]


def seen(page: str) -> str:
    field = BeautifulSoup(page, "html.parser").select_one("#quyet-dinh input[name=seen]")
    assert field is not None
    return str(field["value"])


def test_she_changes_a_live_product_and_an_official_reads_the_difference(market: MarketUnderTest, as_: As) -> None:
    _, key = live(market)
    mo, hanh = as_("Mơ"), as_("Hạnh")
    assert "Sửa nội dung hoặc ảnh" in text(mo.get(f"/ban-hang/hang/{key}"))
    new = begun(mo, key)
    assert begun(mo, key) == new
    page = f"/ban-hang/hang/{new}"
    assert "Chưa đổi gì" in text(mo.get(f"{page}/xem-lai"))
    assert mo.post(f"{page}/xem-lai").status_code == 422
    bad = mo.post(f"{page}/ten", data={"name": "Chè lam 5 sao OCOP"})
    assert bad.status_code == 422
    assert 'value="Chè lam 5 sao OCOP"' in text(bad)
    assert mo.post(f"{page}/ten", data={"name": "Chè lam lạc"}).status_code == 303
    assert mo.post(f"{page}/anh", data={"anh": file(corpus.jpeg(810, 620))}).status_code == 303
    assert mo.get(f"{page}/gia").status_code == mo.get(f"{page}/chung-nhan").status_code == 303
    assert mo.post(f"{page}/xem-lai").status_code == 303
    market.work()

    shown = text(mo.get(f"/ban-hang/hang/{key}"))  # both: what is on sale, and what waits
    assert "Chè lam gừng</h1>" in shown
    assert "Tên: “Chè lam gừng” → “Chè lam lạc”" in shown
    assert "Thay đổi đang chờ duyệt" in text(mo.get(page))
    assert text(mo.get("/ban-hang/hang")).count("Chè lam") == 2  # one row for the product, one for the cast's own
    queue = hanh.get("/dieu-phoi/?muc=hang").text
    assert "Sửa hàng đang bán" in queue
    assert f"/dieu-phoi/ban-sua/{new}" in queue
    assert hanh.get(f"/dieu-phoi/hang/{new}").status_code == 404  # a revision has a page of its own
    desk = hanh.get(f"/dieu-phoi/ban-sua/{new}").text
    soup = BeautifulSoup(desk, "html.parser")
    assert [each.get_text() for each in soup.select("del")] == ["bỏ: gừng"]
    assert [each.get_text() for each in soup.select("ins")] == ["thêm: lạc"]
    assert "Ảnh: thêm 1 ảnh mới" in desk
    assert soup.select('td[data-label="Ảnh mới"] img')

    assert hanh.post(f"/dieu-phoi/ban-sua/{new}", data={"verb": "send_back", "seen": seen(desk)}).status_code == 422
    ready = "Tên chưa rõ là hàng gì."
    hanh.post(f"/dieu-phoi/ban-sua/{new}", data={"verb": "send_back", "reasons[]": ready, "seen": seen(desk)})
    returned = text(mo.get(page))
    assert ready in returned
    assert f"{page}/ten?ve=xem-lai" in returned  # to the very field
    mo.post(f"{page}/ten", data={"name": "Chè lam lạc rang"})
    assert mo.post(f"{page}/xem-lai").status_code == 303

    stale = hanh.post(f"/dieu-phoi/ban-sua/{new}", data={"verb": "apply", "seen": seen(desk)})
    assert stale.status_code == 409
    assert "gửi bản mới hơn" in stale.text
    assert (
        hanh.post(f"/dieu-phoi/ban-sua/{new}", data={"verb": "apply"}).status_code == 409
    )  # read nothing, approves nothing
    again = hanh.get(f"/dieu-phoi/ban-sua/{new}").text
    assert hanh.post(f"/dieu-phoi/ban-sua/{new}", data={"verb": "apply", "seen": seen(again)}).status_code == 303
    late = as_("Quân").post(f"/dieu-phoi/ban-sua/{new}", data={"verb": "apply", "seen": seen(again)})
    assert late.status_code == 409
    assert "Đã duyệt thay đổi" in late.text

    market.work()
    stranger = market.client()
    moved = stranger.get(f"/san-pham/che-lam-gung-{key}")
    assert moved.headers["Location"].endswith(f"/san-pham/che-lam-lac-rang-{key}")
    assert "Chè lam lạc rang" in stranger.get(f"/san-pham/che-lam-lac-rang-{key}").text
    assert "Chè lam lạc rang" in stranger.get("/tim?q=che+lam+lac+rang").text
    log = stranger.get("/nhat-ky-duyet").text
    assert "Duyệt thay đổi của hàng" in log
    assert "Đổi: Tên, Ảnh." in log
    inbox = text(mo.get("/ban-hang/thong-bao"))
    assert "Thay đổi của Chè lam lạc rang đã lên chợ" in inbox
    assert "đã lên chợ" in text(mo.get(page))


def test_a_change_that_is_dropped_can_be_taken_back_and_nobody_else_finds_it(market: MarketUnderTest, as_: As) -> None:
    _, key = live(market)
    mo = as_("Mơ")
    new = begun(mo, key)
    mo.post(f"/ban-hang/hang/{new}/ten", data={"name": "Chè lam lạc"})
    for other in ("Tín", "Hạnh"):
        assert as_(other).get(f"/ban-hang/hang/{new}").status_code == 404
    assert as_("Hạnh").get(f"/dieu-phoi/ban-sua/{new}").status_code == 404  # not sent yet
    assert market.client().get(f"/san-pham/che-lam-lac-{new}").status_code == 404
    dropped = mo.post(f"/ban-hang/hang/{new}/xoa", follow_redirects=True)
    assert "Đã bỏ các thay đổi" in text(dropped)
    mo.post(f"/ban-hang/hang/{new}/lay-lai")
    assert "“Chè lam lạc”" in text(mo.get(f"/ban-hang/hang/{key}"))
