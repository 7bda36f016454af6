"""Every setting of the market, from the environment, typed, read once. Unsafe ones refuse to start in production."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

MOST_PORT = 65_535
STRIPE = "https://api.stripe.com"


class UnsafeSettings(SystemExit):
    """The market will not start like this; the sentence says what to set."""


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
