"""Pages that are not 200 are packed like the others."""

from tests.market import MarketUnderTest


def test_a_page_not_found_travels_compressed(market: MarketUnderTest) -> None:
    client = market.client()
    client.inspects = False  # it reads plain text
    answer = client.get("/khong-co-trang-nay", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 404
    assert answer.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_who_takes_no_brotli_gets_the_plain_page(market: MarketUnderTest) -> None:
    answer = market.client().get("/khong-co-trang-nay", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in answer.headers
    assert "Không thấy trang này" in answer.text
