"""No route of the desk, of whatever method, answers an official who has not shown the second factor."""

import re

from tests.market import MarketUnderTest


def test_every_route_of_the_desk_asks_for_it_first(market: MarketUnderTest) -> None:
    rules = [rule for rule in market.app.url_map.iter_rules() if rule.rule.startswith("/dieu-phoi")]
    assert len(rules) > 30
    assert all(rule.endpoint.startswith("desk.") for rule in rules)
    for name in ("Hạnh", "Bình"):
        client = market.signed_in(name, factor=False)
        for rule in rules:
            path = re.sub(r"<int:\w+>", "1", rule.rule).replace("<kind>", "giay-to")
            path = re.sub(r"<\w+>", "mo1", path)
            for method in (rule.methods or set()) - {"OPTIONS"}:
                answer = client.open(path, method=method)
                assert answer.status_code == 303, f"{method} {path}"
                assert answer.headers["Location"].startswith("/tai-khoan/xac-thuc/?next=/dieu-phoi/"), (
                    f"{method} {path}"
                )
                if method != "HEAD":
                    assert answer.get_data(as_text=True).count("Hoàng") == 0


def test_nobody_else_learns_that_there_is_such_a_page(market: MarketUnderTest) -> None:
    for name in ("Mơ", "Lan"):
        assert market.signed_in(name, factor=False).get("/dieu-phoi/").status_code == 404
        assert market.signed_in(name).get("/dieu-phoi/").status_code == 404  # the factor alone makes no official
