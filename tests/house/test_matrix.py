"""Every route, every role: what the hand-written matrix says is what happens."""

import pytest
from werkzeug.test import TestResponse

from tests.house.matrix import ROLES, ROWS, Row
from tests.market import MarketUnderTest


def came_out(response: TestResponse) -> str:
    """The matrix's letter for this answer."""
    if response.status_code in (302, 303, 307):
        location = response.headers["Location"]
        if "/dang-nhap?" in location:
            return "l"
        return "a" if location.endswith("/dang-ky-ban-hang/") else "o"
    assert response.status_code < 500, response.get_data(as_text=True)
    return {404: "-", 403: "x"}.get(response.status_code, "o")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.rule}")
def test_each_role_gets_what_the_matrix_says(market: MarketUnderTest, staged: dict[str, str], row: Row) -> None:
    letters = dict.fromkeys(ROLES, "")
    for role, _ in sorted(
        zip(ROLES, row.who, strict=True), key=lambda pair: pair[1] == "o"
    ):  # those refused come first
        client = market.signed_in(role) if role else market.client()
        client.inspects = False
        data = {name: value.format(**staged) for name, value in row.data.items()}
        letters[role] = came_out(client.open(row.path.format(**staged), method=row.method, data=data or None))
    assert "".join(letters.values()) == row.who, f"{row.method} {row.path}"


def test_every_route_has_its_rows(market: MarketUnderTest) -> None:
    wanted = {
        (method, rule.rule)
        for rule in market.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert wanted - {(row.method, row.rule) for row in ROWS} == set()
    assert {(row.method, row.rule) for row in ROWS} - wanted == set()
