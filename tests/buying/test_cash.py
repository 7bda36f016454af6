"""Paying in cash through pages alone: chosen at the review, said on the order's page, told by both sides."""

from collections.abc import Callable

from marketplace.orders.rules import OrderState
from tests.browser_client import Browser
from tests.buying.walk import add, answer, buy, press, soup, words
from tests.market import MarketUnderTest
from tests.orders.shop import CHE_LAM, MIEN, RUOU, find, row, stock

As = Callable[[str], Browser]


def offered(page: object, stall: int) -> list[str]:
    return [str(one["value"]) for one in soup(page).find_all("input", attrs={"name": f"pay-{stall}"})]  # type: ignore[arg-type]


def test_the_review_offers_cash_by_the_way_of_the_parcel(market: MarketUnderTest, client: Browser, as_: As) -> None:
    add(client, CHE_LAM)
    add(client, MIEN)
    review = answer(client)
    assert (offered(review, 1), offered(review, 2)) == (["transfer", "cod"], ["transfer", "cod"])
    review = answer(client, {"way-1": "collect"})
    assert offered(review, 1) == ["transfer", "stall"]
    mo = as_("Mơ")
    assert "Nhận tiền mặt" in words(mo.get("/ban-hang/gian-hang"))
    mo.post("/ban-hang/gian-hang/tien-mat", data={"cod": "y"})
    assert offered(client.get("/dat-hang/xem-lai"), 1) == []
    refused = press(client, client.get("/dat-hang/xem-lai"), **{"pay-1": "stall"})
    assert refused.status_code == 409
    assert "không trả tiền mặt được" in words(refused)
    [chosen] = soup(refused).find_all("input", attrs={"name": "pay-2", "checked": True})
    assert chosen["value"] == "transfer"


def test_wine_is_never_paid_in_cash(market: MarketUnderTest, client: Browser) -> None:
    client.post("/tuoi", data={"ve": "/"})
    add(client, RUOU)
    add(client, CHE_LAM)
    review = answer(client)
    assert (offered(review, 1), offered(review, 2)) == (["transfer", "cod"], [])
    refused = press(client, review, adult="y", **{"pay-2": "cod"})
    assert refused.status_code == 409
    assert "không trả tiền mặt được" in words(refused)


def test_from_the_review_to_money_in_hand(market: MarketUnderTest, client: Browser, as_: As) -> None:
    path, mo = buy(client, CHE_LAM, **{"pay-1": "cod"}), as_("Mơ")
    one = find(market, path.rpartition("/")[2])
    said = words(client.get(path))
    for expected in ("Chưa phải trả tiền", "Trả tiền mặt cho Cơ sở bà Mơ", "Không chuyển khoản trước cho ai"):
        assert expected in said
    assert soup(client.get(path)).find("img", attrs={"src": lambda src: bool(src and "/qr/" in src)}) is None
    hers = f"/ban-hang/don/{row(market, one.order).code}"
    assert "Đơn mới" in words(mo.get("/ban-hang/"))
    for verb in ("accept", "ready"):
        page = mo.get(hers).get_data(as_text=True)
        assert page.count("data-primary") == 1
        mo.post(hers, data={"verb": verb})
    assert "THU HỘ: 110.000 ₫" in words(mo.get(f"{hers}/nhan"))
    assert "THU HỘ: 110.000 ₫" in words(mo.get(f"{hers}/phieu"))
    mo.post(f"{hers}/gui", data={"carrier": "Viettel Post"})
    assert "Trả 110.000 ₫ tiền mặt cho người giao" in words(client.get(path))
    for _press in range(2):
        client.post(f"{path}/da-nhan", data={"don": row(market, one.order).code})
    assert "Viettel Post còn phải chuyển 110.000 ₫ cho Cơ sở bà Mơ" in words(client.get(path))
    assert "Tất cả chưa về 110.000 ₫" in words(mo.get("/ban-hang/tien/thu-ho"))
    assert "Tiền mặt chưa về" in words(mo.get("/ban-hang/tien"))
    assert mo.post("/ban-hang/tien/thu-ho", data={}).status_code == 422
    for _press in range(2):
        assert mo.post("/ban-hang/tien/thu-ho", data={"don": row(market, one.order).code}).status_code == 303
    assert "Không có tiền mặt nào đang chờ" in words(mo.get("/ban-hang/tien/thu-ho"))
    assert "Không bên nào còn nợ gì" in words(mo.get(hers))
    assert "Tiền mặt khi nhận hàng" in words(client.get(f"{path}/bien-nhan"))


def test_other_sums_and_a_refused_parcel_on_the_producers_pages(
    market: MarketUnderTest, client: Browser, as_: As
) -> None:
    first = find(market, buy(client, CHE_LAM, **{"pay-1": "cod"}).rpartition("/")[2])
    second = find(market, buy(client, CHE_LAM, **{"pay-1": "cod"}).rpartition("/")[2])
    mo, tin = as_("Mơ"), as_("Tín")
    short, refused = (f"/ban-hang/don/{row(market, one.order).code}" for one in (first, second))
    for hers in (short, refused):
        for verb in ("accept", "ready"):
            mo.post(hers, data={"verb": verb})
        mo.post(f"{hers}/gui", data={"carrier": "Bưu điện (VNPost, EMS)"})
        for tail in ("/tien-mat", "/khong-nhan"):
            assert tin.post(hers + tail, data={"whose": "hand", "total": "100.000"}).status_code == 404
    for wrong in ({}, {"total": "100.000"}, {"whose": "hand", "total": "trăm nghìn"}, {"whose": "hand", "total": "0"}):
        assert mo.post(f"{short}/tien-mat", data=wrong).status_code == 422
    assert mo.post(f"{short}/tien-mat", data={"whose": "carrier", "total": "100.000"}).status_code == 303
    less = mo.post(f"{short}/tien-mat", data={"whose": "carrier", "total": "90.000"})
    assert less.status_code == 422
    assert 'value="90.000"' in less.get_data(as_text=True)
    assert "còn thiếu 10.000 ₫" in words(mo.get(short))
    assert "Lệch tiền" in words(as_("Hạnh").get("/dieu-phoi/tien-mat"))
    assert "Lệch tiền" not in words(as_("Thu").get("/dieu-phoi/tien-mat"))
    mo.post(short, data={"verb": "in_hand"})
    mo.post(short, data={"verb": "waive"})
    assert "không đòi 10.000 ₫ còn thiếu" in words(mo.get(short))
    assert mo.post(f"{refused}/khong-nhan", data={"reason": "x" * 301}).status_code == 422
    for _press in range(2):
        assert mo.post(f"{refused}/khong-nhan", data={"reason": "Không nghe máy"}).status_code == 303
    assert row(market, second.order).state is OrderState.CANCELLED
    assert "đang quay về" in words(mo.get("/ban-hang/tien/thu-ho"))
    assert stock(market, CHE_LAM)[0] == 22
    for _press in range(2):
        mo.post(refused, data={"verb": "back"})
    assert stock(market, CHE_LAM)[0] == 23
