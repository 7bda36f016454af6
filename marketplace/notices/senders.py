"""The ways out of the market, behind one seam: SMTP for e-mail, Zalo and an SMS gateway for telephones, a demo's console.

Codes go by SMS where there is a gateway, which reaches every telephone; everything else by Zalo first, which costs less and
says more. A number that Zalo does not know gets an SMS.
"""

import logging
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
from marketplace.accounts.rules import show_phone
from marketplace.kit import clock, db
from marketplace.notices import web, zalo
from marketplace.notices.rules import Channel, Letter
from marketplace.notices.sms import SmsSender

SECONDS = 20
LOOPBACK = ("127.0.0.1", "::1", "localhost")


log = logging.getLogger(__name__)


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
        to = show_phone(letter.to) if letter.to.startswith("+") else letter.to
        sys.stdout.write(f"\n--- Gửi tới {to} ---\n{letter.title}\n{letter.body}\n---\n")
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
    """Whether anything can be sent to a telephone: by a gateway, or on the console of a demo."""
    settings = _settings()
    return settings.is_demo or settings.sms is not None or settings.zalo is not None


def reaches_email() -> bool:
    """Whether anything can be sent to an e-mail address."""
    return bool(_settings().smtp_url) or _settings().is_demo


def senders(channel: Channel, *, is_code: bool = False) -> list[Sender]:
    """Who takes letters of this channel, the best first. Raises NoWayOut; GatewayTrouble while Zalo gives no token."""
    settings = _settings()
    if channel is Channel.EMAIL and settings.smtp_url:
        return [SmtpSender(settings.smtp_url, settings.mail_from)]
    if channel is Channel.PHONE and (settings.sms or settings.zalo):
        sms: list[Sender] = [SmsSender(settings.sms)] if settings.sms else []
        if sms and (is_code or settings.zalo is None):
            return sms
        return [*_zalo(settings.zalo, otherwise=bool(sms)), *sms]
    if settings.is_demo:
        return [ConsoleSender()]
    raise NoWayOut(channel)


def _zalo(settings: config.Zalo | None, *, otherwise: bool) -> list[Sender]:
    """Zalo, unless it gives no token and there is another way."""
    try:
        return [zalo.ZaloSender(settings, zalo.access_token(settings))] if settings else []
    except web.GatewayTrouble:
        if otherwise:
            log.warning("Zalo gives no token; messages go by SMS")
            return []
        raise


def send(channel: Channel, letter: Letter) -> None:
    """Bring one letter out by the first way that reaches its person. Outside any unit; raises when nobody could now."""
    ways = senders(channel, is_code=bool(letter.code))
    for number, way in enumerate(ways, 1):
        try:
            with db.outside():
                way.send(letter)
        except web.NobodyThere:
            if number == len(ways):
                raise
        except zalo.StaleToken:
            if isinstance(way, zalo.ZaloSender):
                zalo.forget_access(way.access_token)
            raise
        else:
            return
