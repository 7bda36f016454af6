"""An order's problem through the pages of buyer, seller and desk."""

import re

from tests.browser_client import Browser
from tests.buying.test_cart import CHE_LAM
from tests.buying.walk import buy, soup, words
from tests.market import MarketUnderTest


def reported(client: Browser) -> tuple[str, str]:
    """Lan buys and reports it broken: the order's address, and that of its problem."""
    address = buy(client, CHE_LAM)
    report = str(soup(client.get(address)).find("a", href=re.compile("^/bao-van-de"))["href"])  # type: ignore[index]
    sent = client.post(report, data={"kind": "broken", "text": "Hộp bị vỡ.", "contact": ""})
    assert sent.status_code == 303
    return address, sent.headers["Location"]


def test_a_problem_is_talked_about_resolved_and_opened_again(market: MarketUnderTest, client: Browser) -> None:
    address, problem = reported(client)
    key = problem.rpartition("/")[2]
    assert problem in client.get(address).get_data(as_text=True)
    first = words(client.get(problem))
    for expected in ("Hàng hỏng, vỡ", "Hộp bị vỡ.", "Hẹn trả lời", "Hẹn giải quyết", "Chờ trả lời"):
        assert expected in first
    mo = market.signed_in("Mơ")
    assert "Khách báo vấn đề" in words(mo.get("/ban-hang/"))
    assert f"/ban-hang/van-de/{key}" in mo.get("/ban-hang/van-de").get_data(as_text=True)
    assert mo.post(f"/ban-hang/van-de/{key}", data={"verb": "answer", "answer": " "}).status_code == 422
    assert mo.post(f"/ban-hang/van-de/{key}", data={"verb": "answer", "answer": "Gửi bù ngay."}).status_code == 303
    assert "Cơ sở bà Mơ" in words(client.get(problem))
    half = mo.post(f"/ban-hang/van-de/{key}", data={"verb": "close", "answer": "Đã gửi bù hôm nay.", "outcome": ""})
    assert half.status_code == 422
    assert "Đã gửi bù hôm nay." in words(half)
    assert "Chọn đã giải quyết bằng cách nào" in words(half)
    mo.post(f"/ban-hang/van-de/{key}", data={"verb": "close", "answer": "Đã gửi.", "outcome": "sent_again"})
    assert "Đã gửi bù, gửi lại hàng, người bán ghi." in words(client.get(problem))
    lost = client.post(problem, data={"verb": "not_fine", "answer": " "})
    assert lost.status_code == 422
    assert client.post(problem, data={"verb": "not_fine", "answer": "Gói bù cũng vỡ."}).status_code == 303
    assert "Khách báo chưa ổn" in words(mo.get(f"/ban-hang/van-de/{key}"))
    hanh = market.signed_in("Hạnh")
    assert "Gói bù cũng vỡ." in words(hanh.get(f"/dieu-phoi/van-de/{key}"))
    hanh.post(f"/dieu-phoi/van-de/{key}", data={"verb": "close", "answer": "Đã hoàn.", "outcome": "money_back"})
    client.post(problem, data={"verb": "fine"})
    end = words(client.get(problem))
    assert "Đã hoàn tiền, cán bộ ghi. Người mua báo đã ổn." in end
    assert "UBND xã Thạch Thất" in end
    assert "Phạm Thị Hạnh" not in end
    assert "1 việc trong 12 tháng" in words(client.get("/gian-hang/co-so-ba-mo-mo1"))
    assert "1 việc, 1 đúng hẹn" in words(client.get("/giai-quyet-van-de"))


def test_only_the_order_s_own_people_read_it(market: MarketUnderTest, client: Browser) -> None:
    address, problem = reported(client)
    key = problem.rpartition("/")[2]
    passed_on = market.client()
    said = {"verb": "ask", "answer": "Tôi đây."}
    for answer in (passed_on.get(problem), passed_on.post(problem, data=said)):
        assert answer.headers["Location"].endswith("#xac-nhan")
    assert problem not in passed_on.get(address).get_data(as_text=True)
    code = str(soup(client.get(address)).find("input", attrs={"name": "don"})["value"])  # type: ignore[index]
    report = passed_on.get(f"/bao-van-de?don={address.rpartition('/')[2]}&ma={code}")
    assert report.headers["Location"].endswith("#xac-nhan")
    other = buy(market.client(), CHE_LAM)
    assert client.get(f"{other}/van-de/{key}").status_code == 404
    assert market.signed_in("Tín").get(f"/ban-hang/van-de/{key}").status_code == 404
    assert client.post(problem, data={"verb": "close", "answer": "Xong."}).status_code == 404
    passed_on.post(f"{address}/xac-nhan-so", data={"digits": "0003"})
    assert "Hộp bị vỡ." in words(passed_on.get(problem))
