"""Mail over real SMTP on this machine."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string, policy

import pytest

import config
from marketplace.notices.rules import Channel, Letter
from marketplace.notices.senders import ConsoleSender, NoWayOut, SmtpSender, senders
from tests.market import MarketUnderTest


@dataclass
class Post:
    """A post office of a few lines: takes mail, keeps it."""

    port: int = 0
    refuses: bool = False
    taken: list[str] = field(default_factory=list)


@contextmanager
def post_office(*, refuses: bool = False) -> Iterator[Post]:
    """Open for one connection at a time on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        post = Post(server.getsockname()[1], refuses)
        threading.Thread(target=_serve, args=(server, post), daemon=True).start()
        yield post


def _serve(server: socket.socket, post: Post) -> None:
    while True:
        try:
            connection, _address = server.accept()
        except OSError:
            return
        with connection, connection.makefile("rw", encoding="utf-8", newline="\r\n") as lines:
            _talk(lines, post)


def _talk(lines: object, post: Post) -> None:
    def say(text: str) -> None:
        lines.write(text + "\r\n")  # type: ignore[attr-defined]
        lines.flush()  # type: ignore[attr-defined]

    say("220 post")
    for line in lines:  # type: ignore[attr-defined]
        verb = line.strip().upper()[:4]
        if verb == "DATA":
            say("354 go on")
            body = []
            for part in lines:  # type: ignore[attr-defined]
                if part.strip() == ".":
                    break
                body.append(part)
            post.taken.append("".join(body))
            say("250 taken")
        elif verb == "QUIT":
            say("221 bye")
            return
        elif verb == "RCPT" and post.refuses:
            say("450 later")
        else:
            say("250 ok")


def test_a_letter_arrives_with_its_words_and_its_own_number() -> None:
    with post_office() as post:
        way = SmtpSender(f"smtp://127.0.0.1:{post.port}", "Chợ OCOP <cho@cho.example>")
        way.send(Letter("lan@nha.example", "Đã đặt hàng", "Chè lam Đại Đồng, 85.000 ₫", "k1"))
    mail = message_from_string(post.taken[0], policy=policy.default)
    assert mail["Subject"] == "Đã đặt hàng"
    assert mail["To"] == "lan@nha.example"
    assert mail["Message-ID"] == "<k1@cho.example>"
    assert "Chè lam Đại Đồng, 85.000 ₫" in mail.get_content()  # type: ignore[attr-defined]


def test_a_post_office_that_says_later_is_asked_again() -> None:
    with post_office(refuses=True) as post:
        way = SmtpSender(f"smtp://127.0.0.1:{post.port}", "cho@cho.example")
        with pytest.raises(OSError, match="later"):
            way.send(Letter("lan@nha.example", "a", "b", "k2"))


def test_a_password_is_not_sent_in_the_clear_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with post_office() as post:
        way = SmtpSender("smtp://cho:mat-khau@mail.example:25", "cho@cho.example")
        real = SmtpSender(f"smtp://127.0.0.1:{post.port}", "")._connect()
        monkeypatch.setattr(SmtpSender, "_connect", lambda _self: real)
        with pytest.raises(OSError, match="no encryption"):
            way.send(Letter("lan@nha.example", "a", "b", "k3"))


def test_a_title_cannot_smuggle_a_header() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        SmtpSender("smtp://127.0.0.1", "cho@cho.example").written(Letter("a@b.vn", "x\nBcc: c@d.vn", "b", "k"))


def test_mail_goes_by_smtp_when_there_is_one_and_only_a_demo_uses_the_console(market: MarketUnderTest) -> None:
    with market.app.app_context():
        assert isinstance(senders(Channel.EMAIL)[0], ConsoleSender)
        settings = market.app.config["SETTINGS"]
    live = {"MARKET_MODE": "production", "PUBLIC_URL": "https://cho.example", "SMTP_URL": "smtp://127.0.0.1"}
    try:
        market.app.config["SETTINGS"] = config.read({**live, "DATA_DIR": str(market.folder)})
        with market.app.app_context():
            assert isinstance(senders(Channel.EMAIL)[0], SmtpSender)
            with pytest.raises(NoWayOut):
                senders(Channel.PHONE)
    finally:
        market.app.config["SETTINGS"] = settings
    with pytest.raises(config.UnsafeSettings):
        config.read({**live, "SMTP_URL": ""})
