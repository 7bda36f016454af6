"""create-user and law-check: a sentence and exit code 1 for bad input."""

import re

import pytest
import time_machine
from click.testing import Result

from marketplace.accounts import queries
from marketplace.kit.actor import Place
from tests.accounts.story import sign_in
from tests.market import MarketUnderTest

ADMIN = ["create-user", "--role", "admin", "--phone", "0900.000.066", "--name", "Hoàng Thị Ánh"]
COORDINATOR = ["create-user", "--role", "coordinator", "--phone", "0900 000 067", "--name", "Sùng A Páo"]


def run(market: MarketUnderTest, arguments: list[str], typed: str = "") -> Result:
    market.app.config["PROPAGATE_EXCEPTIONS"] = None
    return market.app.test_cli_runner().invoke(args=arguments, input=typed)


def test_an_admin_is_made_with_a_password_from_standard_input(market: MarketUnderTest) -> None:
    result = run(market, [*ADMIN, "--password-stdin"], "muối vừng chum tương\n")
    assert result.exit_code == 0, result.output
    assert "0900 000 066" in result.output
    client = market.client()
    assert sign_in(client, "0900 000 066", "muối vừng chum tương").status_code == 303
    assert client.get("/dieu-phoi/nguoi-dung/1", follow_redirects=True).request.path == "/tai-khoan/xac-thuc/dat"
    assert re.search(r"(?i)[a-z2-7]{16}|otpauth|xac-thuc", result.output) is None  # nothing secret is printed


def test_a_coordinator_gets_areas(market: MarketUnderTest) -> None:
    result = run(market, [*COORDINATOR, "--area", "15", "--area", "01-09955"])
    assert result.exit_code == 0, result.output
    with market.unit():
        user = queries.user_by_phone("+84900000067")
        assert user is not None
        line = queries.user_line(user.id)
        assert line is not None
        assert {area.place for area in line.areas} == {Place("15"), Place("01", "09955")}
        assert "Tổ điều phối xã Thạch Thất, Hà Nội" in {area.office for area in line.areas}


def test_an_existing_account_gets_the_role_and_keeps_its_name(market: MarketUnderTest) -> None:
    arguments = ["create-user", "--role", "coordinator", "--phone", "0900000003", "--name", "Khác", "--area", "15"]
    result = run(market, arguments)
    assert result.exit_code == 0, result.output
    assert "Đã có" in result.output
    with market.unit():
        line = queries.user_line(3)
        assert line is not None
        assert line.name == "Trần Thị Lan"
        assert [area.place for area in line.areas] == [Place("15")]


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (["create-user", "--role", "admin", "--phone", "12", "--name", "Ánh"], "", "Chưa đọc được số điện thoại"),
        (["create-user", "--role", "admin", "--phone", "024 3825 1234", "--name", "Ánh"], "", "máy bàn"),
        (["create-user", "--role", "admin", "--phone", "0900000066", "--name", "1"], "", "Điền họ tên"),
        (COORDINATOR, "", "ít nhất một khu vực"),
        ([*COORDINATOR, "--area", "99"], "", "Không có nơi nào"),
        ([*COORDINATOR, "--area", "01-00001x"], "", "Không có nơi nào"),
        ([*ADMIN, "--password-stdin"], "12345678\n", "dễ đoán"),
        ([*ADMIN, "--email", "x"], "", "thư điện tử"),
    ],
)
def test_bad_input_is_a_sentence_and_exit_code_1(
    market: MarketUnderTest, arguments: list[str], typed: str, said: str
) -> None:
    result = run(market, arguments, typed)
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output


def test_the_law_is_checked_by_the_real_date(market: MarketUnderTest) -> None:
    with time_machine.travel("2026-11-24T03:00:00+07:00"):
        result = run(market, ["law-check"])
        assert result.exit_code == 0, result.output
        assert "Rà soát lần cuối 23/11/2026" in result.output
        assert "bắt đầu ngày 1/1/2027" in result.output
    with time_machine.travel("2027-07-01T00:30:00+07:00"):
        result = run(market, ["law-check"])
        assert result.exit_code == 1
        assert "chưa ai rà soát" in result.output
        assert "đã hết hiệu lực từ 30/6/2027" in result.output
