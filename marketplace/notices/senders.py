"""The ways out of the market: SMTP for e-mail; the console of a demo market for everything else. SMS and Zalo join here."""

import smtplib
import ssl
import sys
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol, cast
from urllib.parse import unquote, urlsplit

from flask import current_app

import config
from marketplace.kit import clock
from marketplace.notices.rules import Channel, Letter

SECONDS = 20
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class NoWayOut(RuntimeError):
    """There is no sender for this channel."""


class Sender(Protocol):
    """Brings a letter to its address; raises when it could not, and is asked again later."""

    def send(self, letter: Letter) -> None:
        """Send one letter."""


@dataclass(frozen=True)
class ConsoleSender:
    """Prints letters where the market was started. A production market refuses to start with it."""

    def send(self, letter: Letter) -> None:
        """Print the whole letter, codes included: a demo has nobody else to tell."""
        sys.stdout.write(f"\n--- Gửi tới {letter.to} ---\n{letter.title}\n{letter.body}\n---\n")
        sys.stdout.flush()


@dataclass(frozen=True)
class SmtpSender:
    """Sends over `smtp://name:password@host:587` (STARTTLS when offered, always before a password) or `smtps://host:465`."""

    url: str
    mail_from: str

    def send(self, letter: Letter) -> None:
        """Send one e-mail; the letter's key is its Message-ID, so a second copy is recognised as one."""
        where = urlsplit(self.url)
        with self._connect() as smtp:
            if where.scheme != "smtps":
                smtp.ehlo()
                if smtp.has_extn("starttls"):
                    smtp.starttls(context=ssl.create_default_context())
                elif where.username and where.hostname not in LOOPBACK:
                    raise smtplib.SMTPException("the server offers no encryption for the password")
            if where.username:
                smtp.login(unquote(where.username), unquote(where.password or ""))
            smtp.send_message(self.written(letter))

    def _connect(self) -> smtplib.SMTP:
        where = urlsplit(self.url)
        host = where.hostname or "127.0.0.1"
        if where.scheme == "smtps":
            return smtplib.SMTP_SSL(host, where.port or 465, timeout=SECONDS, context=ssl.create_default_context())
        return smtplib.SMTP(host, where.port or 25, timeout=SECONDS)

    def written(self, letter: Letter) -> EmailMessage:
        """The letter as mail."""
        mail = EmailMessage()
        sender = self.mail_from or f"cho-ocop@{urlsplit(self.url).hostname}"
        mail["From"], mail["To"], mail["Subject"] = sender, letter.to, letter.title
        mail["Date"] = format_datetime(clock.now())
        mail["Message-ID"] = f"<{letter.key}@{sender.rpartition('@')[2].strip('> ')}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(f"{letter.body}\n", cte="quoted-printable")
        return mail


def _settings() -> config.Settings:
    return cast(config.Settings, current_app.config["SETTINGS"])


def reaches_phones() -> bool:
    """Whether anything can be sent to a telephone: on the console of a demo."""
    return _settings().is_demo


def reaches_email() -> bool:
    """Whether anything can be sent to an e-mail address."""
    return bool(_settings().smtp_url) or _settings().is_demo


def sender(channel: Channel) -> Sender:
    """Who takes letters of this channel. Raises NoWayOut."""
    settings = _settings()
    if channel is Channel.EMAIL and settings.smtp_url:
        return SmtpSender(settings.smtp_url, settings.mail_from)
    if settings.is_demo:
        return ConsoleSender()
    raise NoWayOut(channel)
