"""Whatever cannot be done is a Vietnamese sentence and exit code 1; every command says what it does."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import config
from marketplace.app import create_app
from marketplace.cli import COMMANDS, starting
from marketplace.cli.demo import seeding
from marketplace.kit import db
from tests.conftest import settings_for
from tests.market import MarketUnderTest

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = ("Usage:", "Error:", "Traceback", "Missing", "No such", "Invalid", "does not exist")


def ran(command: list[str], folder: Path, **settings: str) -> tuple[int, str]:
    """A command from the outside; its exit code and everything it said."""
    env = {**os.environ, "DATA_DIR": str(folder), **settings}
    env.pop("PUBLIC_URL", None)
    done = subprocess.run(
        [sys.executable, *command], check=False, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["import-products", "khong-co.csv"], "Không thấy tệp khong-co.csv"),
        (["import-products"], "Thiếu FILE"),
        (["import-products", "a.csv", "b.csv"], "Thừa b.csv"),
        (["import-products", "a.csv", "--tat-ca"], "Không có lựa chọn --tat-ca"),
        (["create-user", "--role", "admin", "--name", "Ánh"], "Thiếu --phone"),
        (
            ["create-user", "--role", "chef", "--phone", "1", "--name", "Ánh"],
            "--role chỉ nhận một trong: admin, coordinator",
        ),
        (["create-user", "--role"], "--role viết chưa đúng"),
        (["reindex", "now"], "Thừa now"),
        (["ban-hang"], "Không có lệnh 'ban-hang'"),
    ],
)
def test_what_is_typed_wrong_is_a_sentence_and_exit_code_1(
    market: MarketUnderTest, typed: list[str], said: str
) -> None:
    result = market.app.test_cli_runner().invoke(args=typed)
    assert (result.exit_code, said in result.output) == (1, True), result.output
    assert not [word for word in ENGLISH if word in result.output]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_and_each_of_its_options(market: MarketUnderTest, name: str) -> None:
    command = market.app.cli.get_command(None, name)  # type: ignore[arg-type]
    assert command.help
    assert not [option.name for option in command.params if option.param_type_name == "option" and not option.help]  # type: ignore[attr-defined]
    assert market.app.test_cli_runner().invoke(args=[name, "--help"]).exit_code == 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"PORT": "99999"}, "PORT là một số từ 1 đến 65535"),
        ({"PORT": "abc"}, "PORT phải là một số"),
        ({"DATA_DIR": "/proc/khong-ghi-duoc"}, "Không ghi được vào thư mục /proc/khong-ghi-duoc"),
        ({"DATABASE_URL": "foo"}, "DATABASE_URL phải bắt đầu bằng"),
        ({"DATABASE_URL": "sqlite:////khong-co/cho.sqlite3"}, "Không dùng được cơ sở dữ liệu"),
        ({"DATABASE_URL": "postgresql+psycopg://cho@127.0.0.1:1/cho"}, "Không dùng được cơ sở dữ liệu"),
    ],
)
@pytest.mark.parametrize("command", [["run.py"], ["-m", "flask", "--app", "run", "seed-demo"]])
def test_a_setting_that_cannot_be_used_is_a_sentence(
    tmp_path: Path, command: list[str], settings: dict[str, str], said: str
) -> None:
    code, output = ran(command, tmp_path, **settings)
    assert (code, said in output) == (1, True), output
    assert "Traceback" not in output


def test_a_database_without_tables_is_a_sentence(tmp_path: Path) -> None:
    code, output = ran(["-m", "flask", "--app", "run", "seed-demo"], tmp_path)
    assert (code, "chưa có bảng nào" in output) == (1, True), output
    assert "Traceback" not in output


def test_a_taken_port_is_said_before_anything_is_started(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, output = ran(["run.py"], tmp_path, PORT=str(port))
    assert (code, f"Cổng {port} đang có chương trình khác dùng" in output) == (1, True), output
    assert "PORT=5001" in output
    assert "Chợ mở tại" not in output
    assert not (tmp_path / "market.sqlite3").exists()


def test_only_those_who_live_here_are_offered_to_sign_in(market: MarketUnderTest) -> None:
    settings = market.app.config["SETTINGS"]
    with market.app.app_context():
        assert starting.sign_ins(settings) == []  # the cast is nobody of the demo
        seeding._settle(seeding.PEOPLE[-1])
        assert [line.partition("  ")[0] for line in starting.sign_ins(settings)] == ["0900 000 905"]


def test_a_real_market_offers_nobody(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path))
    with app.app_context():
        starting.upgrade()
        assert starting.sign_ins(app.config["SETTINGS"]) == []
        assert config.read({"DATA_DIR": str(tmp_path)}).is_demo
        db.sqla.engine.dispose()
