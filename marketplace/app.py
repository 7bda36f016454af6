"""Puts the house together: settings, database, edge, doors, words for templates, commands."""

import importlib
import pkgutil
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask_babel import Babel
from jinja2 import StrictUndefined
from sqlalchemy import text
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

import config
import marketplace
from marketplace.cli import Commands, schema
from marketplace.kit import db, secret
from marketplace.kit.edge import forgery, headers, language
from marketplace.kit.edge.application import Market
from marketplace.kit.edge.compression import CompressAll
from marketplace.payments import stripe_gateway
from marketplace.practice.app import PracticeStripe
from marketplace.practice.courier import Courier, over_http
from marketplace.practice.store import Store
from marketplace.web.frame import errors, flashes, places, viewer
from marketplace.web.frame.firm import operator
from marketplace.web.frame.language import alternates, other_language
from marketplace.web.frame.viewer import login, remember_seen
from marketplace.web.frame.words import WORDS

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"
DOORS = ("storefront", "buying", "selling", "desk", "account", "api", "hooks")
PHOTO_PATHS = re.compile(r"^/(ban-hang|dang-ky-ban-hang|dieu-phoi)/")
"""Addresses behind which photos and papers arrive; everything else takes 64 kB."""


def create_app(settings: config.Settings | None = None) -> Market:
    """The market under these settings (from the environment when none are given)."""
    settings = settings or config.read()
    _require_writable(settings.data_dir)
    app = Market("marketplace", template_folder=str(ROOT / "templates"), static_folder=None, root_path=str(ROOT))
    app.config.update(_flask_config(settings))
    _read_models()
    _open_database(app)
    Babel(
        app,
        default_locale=language.VIETNAMESE,
        default_timezone="Asia/Ho_Chi_Minh",
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=language.spoken,
    )
    login.init_app(app, add_context_processor=False)
    app.install_edge(PHOTO_PATHS)
    app.ready_checks = _ready_checks(app)
    forgery.install(app)
    headers.install(app)
    errors.install(app)
    CompressAll(app)
    language.install(app)
    app.after_request(remember_seen)
    _install_words(app, settings)
    _open_doors(app)
    app.cli = Commands()
    if settings.practises_cards:
        _practise_cards(app, settings)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _require_writable(folder: Path) -> None:
    """Make the folder of everything that is written. Raises UnsafeSettings where nothing can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise config.UnsafeSettings(
            f"Không ghi được vào thư mục {folder} ({error.strerror}). Chọn thư mục khác bằng DATA_DIR."
        ) from None


def _practise_cards(app: Market, settings: config.Settings) -> None:
    """A demo without keys of its own has a Stripe to practise on, at an address of its own on the same port."""
    path = stripe_gateway.PRACTICE_PATH
    store = Store(settings.data_dir / "practice-stripe.sqlite3")
    with app.app_context():
        signed_with = stripe_gateway.practice_secret()
    send = over_http(f"http://127.0.0.1:{settings.port}/hooks/stripe", host=settings.host)
    practice = PracticeStripe(
        store, stripe_gateway.PRACTICE_KEY, settings.public_url + path, Courier(store, signed_with, send)
    )
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {path: practice})  # type: ignore[method-assign]


def _flask_config(settings: config.Settings) -> dict[str, Any]:
    return {
        "SETTINGS": settings,
        "DATA_DIR": str(settings.data_dir),
        "STATIC_DIR": str(ROOT / "static"),
        "PUBLIC_URL": settings.public_url,
        "FORM_TARGETS": "" if settings.practises_cards or not settings.stripe_key else " https://checkout.stripe.com",
        "SECRET_KEY": secret.load_or_make(settings.data_dir / "secret"),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_size": settings.threads,
            "max_overflow": 0,
            "pool_timeout": 5,
            "hide_parameters": True,  # an error names the statement, never whose number was in it
        },
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "TRAP_HTTP_EXCEPTIONS": False,
        "MAX_FORM_MEMORY_SIZE": None,  # the edge limits bodies before anything is parsed
        "MAX_FORM_PARTS": 200,
    }


def _read_models() -> None:
    """Import every room's tables, so that the metadata is whole whichever door is opened first."""
    for module in pkgutil.iter_modules(marketplace.__path__):
        if module.ispkg and module.name not in ("web", "cli", "worker", "kit"):
            package = importlib.import_module(f"marketplace.{module.name}")
            if any(part.name == "models" for part in pkgutil.iter_modules(package.__path__)):
                importlib.import_module(f"marketplace.{module.name}.models")
    for name in ("journal", "outbox", "marking", "holding"):
        importlib.import_module(f"marketplace.kit.{name}")


def _open_database(app: Market) -> None:
    db.sqla.init_app(app)
    with app.app_context():
        db.open_engine(db.sqla.engine)


def _ready_checks(app: Market) -> dict[str, Callable[[], bool]]:
    """What has to hold before this process is sent visitors. Not whether it can write: pages are served on a full disk."""

    def database() -> bool:
        with app.app_context():
            return bool(db.session.scalar(text("SELECT 1")))

    def tables() -> bool:
        with app.app_context():
            return schema.reached() == schema.newest()

    return {"database": database, "schema": tables}


def _install_words(app: Market, settings: config.Settings) -> None:
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.policies["ext.i18n.trimmed"] = True
    env.filters.update(WORDS)
    env.globals.update(WORDS)
    env.globals.update(
        static_url=app.static_url,
        flashes=flashes,
        operator=operator,
        public_url=settings.public_url,
        is_demo=settings.is_demo,
        spoken=language.spoken,
        other_language=other_language,
        alternates=alternates,
        picture_url=lambda key: f"/anh/{key}",
    )

    @app.context_processor
    def people() -> dict[str, Any]:
        """`viewer` is a function's answer only where a template of a signed-in door asks for it."""
        return {"viewer": viewer}


class RowId(IntegerConverter):
    """A number in an address: none is larger than the databases can compare, so none of them is asked about such."""

    def __init__(self, map: Map) -> None:  # noqa: A002 - the library's name
        super().__init__(map, max=2**31 - 1)


def _open_doors(app: Market) -> None:
    app.url_map.converters["int"] = RowId
    for door in DOORS:
        app.register_blueprint(importlib.import_module(f"marketplace.web.{door}").bp)
    app.register_blueprint(places.bp)
