"""Every setting of the market, from the environment, typed, read once. Unsafe ones refuse to start in production."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

MOST_PORT = 65_535
STRIPE = "https://api.stripe.com"
ZALO_API = "https://business.openapi.zalo.me"
ZALO_OAUTH = "https://oauth.zaloapp.com"
SMS_BODY = '{"to": "{to}", "text": "{text}", "request_id": "{key}"}'
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class UnsafeSettings(SystemExit):
    """The market will not start like this; the sentence says what to set."""


@dataclass(frozen=True)
class Sms:
    """A gateway that takes JSON over HTTP (as eSMS or SpeedSMS): what it is sent, and the field that says it took it."""

    url: str
    token: str = field(repr=False)
    auth: str = field(repr=False)
    body: str = field(repr=False)
    ok: str


@dataclass(frozen=True)
class Zalo:
    """An official account that sends template messages (ZNS), one template for codes and one for everything else."""

    app_id: str
    secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    code_template: str
    notice_template: str
    api: str = ZALO_API
    oauth: str = ZALO_OAUTH


@dataclass(frozen=True)
class Settings:
    """`mode` is `demo` (made-up people, messages on the console) or `production`."""

    data_dir: Path
    port: int
    public_url: str
    database_url: str
    mode: str
    smtp_url: str
    mail_from: str
    sms: Sms | None
    zalo: Zalo | None
    codes_a_day: int
    proxy_hops: int
    workers: int
    threads: int
    log_level: str
    stripe_key: str
    stripe_webhook_secret: str
    stripe_api: str

    @property
    def is_demo(self) -> bool:
        """Whether this is a market of samples."""
        return self.mode == "demo"

    @property
    def host(self) -> str:
        """The one Host this market answers to."""
        return urlsplit(self.public_url).netloc

    @property
    def practises_cards(self) -> bool:
        """Whether cards go to the practice Stripe that comes with the market: a demo without keys of its own."""
        return self.is_demo and not self.stripe_key

    @property
    def is_https(self) -> bool:
        """Whether people reach the market over https."""
        return self.public_url.startswith("https://")


def read(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> Settings:
    """Settings from the environment. Raises UnsafeSettings with a sentence for what cannot be used."""
    here = Path(__file__).resolve().parent
    data_dir = Path(environ.get("DATA_DIR") or here / "data").expanduser().resolve()
    port = _number(environ, "PORT", 5000)
    if not 1 <= port <= MOST_PORT:
        raise UnsafeSettings(f"PORT là một số từ 1 đến {MOST_PORT}, đang là {port}. Ví dụ: PORT=5001.")
    settings = Settings(
        data_dir=data_dir,
        port=port,
        public_url=(environ.get("PUBLIC_URL") or f"http://127.0.0.1:{port}").rstrip("/"),
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{data_dir / 'market.sqlite3'}",
        mode=environ.get("MARKET_MODE") or "demo",
        smtp_url=environ.get("SMTP_URL") or "",
        mail_from=environ.get("MAIL_FROM") or "",
        sms=_sms(environ),
        zalo=_zalo(environ),
        codes_a_day=_number(environ, "CODES_A_DAY", 2000),
        proxy_hops=_number(environ, "PROXY_HOPS", 0),
        workers=_number(environ, "WEB_WORKERS", 2),
        threads=_number(environ, "WEB_THREADS", 32),
        log_level=environ.get("LOG_LEVEL")
        or ("warning" if (environ.get("MARKET_MODE") or "demo") == "demo" else "info"),
        stripe_key=environ.get("STRIPE_SECRET_KEY") or "",
        stripe_webhook_secret=environ.get("STRIPE_WEBHOOK_SECRET") or "",
        stripe_api=(environ.get("STRIPE_API") or STRIPE).rstrip("/"),
    )
    _check(settings)
    return settings


def _number(environ: "os._Environ[str] | dict[str, str]", name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not (text.isascii() and text.isdigit()):
        raise UnsafeSettings(f"{name} phải là một số, đang là {text!r}.")
    return int(text)


def _sms(environ: "os._Environ[str] | dict[str, str]") -> Sms | None:
    url = environ.get("SMS_URL") or ""
    if not url:
        return None
    body = environ.get("SMS_BODY") or SMS_BODY
    try:
        fields = json.loads(body)
    except ValueError:
        fields = None
    if not isinstance(fields, dict) or "{to" not in body or "{text}" not in body:
        raise UnsafeSettings("SMS_BODY là một đối tượng JSON có {to} và {text}, ví dụ: " + SMS_BODY)
    return Sms(
        url=url,
        token=environ.get("SMS_TOKEN") or "",
        auth=environ.get("SMS_AUTH") or "Bearer {token}",
        body=body,
        ok=environ.get("SMS_OK") or "",
    )


def _zalo(environ: "os._Environ[str] | dict[str, str]") -> Zalo | None:
    names = ("ZALO_APP_ID", "ZALO_SECRET", "ZALO_REFRESH_TOKEN", "ZALO_CODE_TEMPLATE", "ZALO_NOTICE_TEMPLATE")
    app_id, secret, refresh_token, code_template, notice_template = (environ.get(name) or "" for name in names)
    if not any((app_id, secret, refresh_token, code_template, notice_template)):
        return None
    if not all((app_id, secret, refresh_token, code_template, notice_template)):
        raise UnsafeSettings("Gửi bằng Zalo cần đủ: " + ", ".join(names) + ".")
    api, oauth = environ.get("ZALO_API") or ZALO_API, environ.get("ZALO_OAUTH") or ZALO_OAUTH
    return Zalo(
        app_id, secret, refresh_token, code_template, notice_template, api=api.rstrip("/"), oauth=oauth.rstrip("/")
    )


def _check_ways_out(settings: Settings) -> None:
    """A token leaves this machine over https only."""
    ways = [settings.sms.url] if settings.sms else []
    ways += [settings.zalo.api, settings.zalo.oauth] if settings.zalo else []
    for url in ways:
        parts = urlsplit(url)
        loops = parts.scheme == "http" and parts.hostname in LOOPBACK
        if not parts.hostname or not (parts.scheme == "https" or loops):
            raise UnsafeSettings(
                f"Địa chỉ gửi tin phải bắt đầu bằng https://, đang là {parts.scheme}://{parts.hostname}."
            )


def _check(settings: Settings) -> None:
    if not settings.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise UnsafeSettings(
            "DATABASE_URL phải bắt đầu bằng sqlite:/// hoặc postgresql+psycopg://, ví dụ: "
            "postgresql+psycopg://cho@127.0.0.1/cho."
        )
    parts = urlsplit(settings.public_url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
        raise UnsafeSettings(f"PUBLIC_URL phải có dạng https://ten-cho.vn, đang là {settings.public_url!r}.")
    if settings.mode not in ("demo", "production"):
        raise UnsafeSettings(f"MARKET_MODE là demo hoặc production, đang là {settings.mode!r}.")
    if settings.log_level not in ("debug", "info", "warning", "error"):
        raise UnsafeSettings(f"LOG_LEVEL là debug, info, warning hoặc error, đang là {settings.log_level!r}.")
    _check_stripe(settings)
    _check_ways_out(settings)
    if settings.mode == "production":
        if not settings.is_https:
            raise UnsafeSettings("Chạy thật cần PUBLIC_URL bắt đầu bằng https://.")
        if not settings.smtp_url:
            raise UnsafeSettings("Chạy thật cần SMTP_URL để gửi mã; máy in mã ra màn hình chỉ dùng khi chạy thử.")


def _check_stripe(settings: Settings) -> None:
    if bool(settings.stripe_key) != bool(settings.stripe_webhook_secret):
        raise UnsafeSettings("STRIPE_SECRET_KEY và STRIPE_WEBHOOK_SECRET phải có cả hai, hoặc không có khóa nào.")
    real = "_live_" in settings.stripe_key
    if settings.mode == "production" and settings.stripe_key and (not real or settings.stripe_api != STRIPE):
        raise UnsafeSettings("Chạy thật cần khóa Stripe thật (sk_live_…) và không đặt STRIPE_API.")
    if settings.is_demo and real:
        raise UnsafeSettings("Chợ mẫu không dùng khóa Stripe thật; dùng khóa thử (sk_test_…) hoặc bỏ trống.")
