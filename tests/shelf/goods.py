"""Goods of the cast changed behind the pages' back, more goods, and a count of statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, insert, update

from marketplace.catalog.models import Photo, Product, Variant
from marketplace.catalog.rules import Klass, ProductState
from marketplace.catalog.rules.states import PhotoState
from marketplace.delivery.rules import Reach
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.text import fold, slugify
from marketplace.search import indexer

CHE_LAM, KEO_LAC, MIEN, RUOU = 1, 2, 3, 4
PAGES = {
    CHE_LAM: "/san-pham/che-lam-dai-dong-h1",
    KEO_LAC: "/san-pham/keo-lac-vung-h2",
    MIEN: "/san-pham/mien-dong-minh-khai-h3",
    RUOU: "/san-pham/ruou-nep-minh-khai-h4",
}
BEGAN = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


@db.action
def _run(actor: Actor, *statements: Any) -> None:
    for statement in statements:
        db.session.execute(statement, execution_options={"synchronize_session": False})


def run(market: Any, *statements: Any) -> None:
    """Execute statements in one unit."""
    with market.unit():
        _run(Actor.system("test"), *statements)


def change(market: Any, model: Any, key: int, **values: Any) -> None:
    """Set columns of one row."""
    run(market, update(model).where(model.id == key).values(**values))


def product(market: Any, key: int, **values: Any) -> None:
    """Set columns of one product."""
    change(market, Product, key, **values)


def photo(market: Any, product_id: int, position: int = 0, state: PhotoState = PhotoState.READY) -> None:
    """A photo of a product, with sizes of files that need not exist."""
    name = f"{product_id:02d}{position:02d}" * 16
    sizes = {str(width): f"{name}.webp" for width in (320, 720)}
    run(
        market,
        insert(Photo).values(
            product_id=product_id, key=f"k{product_id}p{position}", position=position, state=state, sizes=sizes,
            width=720, height=720, is_illustration=True, alt="", created_at=BEGAN,
        ),
    )  # fmt: skip


def variant(market: Any, product_id: int, **values: Any) -> None:
    """One more variant of a product."""
    usual = {"unit": "hộp", "label": "Hộp 300 g", "net_weight_g": 300, "price": 55_000, "on_hand": 5, "position": 1}
    run(market, insert(Variant).values(product_id=product_id, **(usual | values)))


def many(market: Any, count: int, first: int = 1000) -> None:
    """`count` more products of both stalls, each with a variant."""
    rows = [_one(first + n) for n in range(count)]
    variants = [
        {
            "id": first + n,
            "product_id": first + n,
            "unit": "hộp",
            "label": "Hộp",
            "price": 10_000 + n,
            "on_hand": 9,
            "held": 0,
            "position": 0,
        }
        for n in range(count)
    ]
    run(market, insert(Product).values(rows), insert(Variant).values(variants))


def _one(key: int) -> dict[str, Any]:
    name = f"Bánh số {key}"
    return {
        "id": key, "key": f"m{key}", "slug": f"{slugify(name)}-m{key}", "producer_id": 1 + key % 2, "name": name,
        "name_folded": fold(name), "klass": Klass.CRAFT, "set_no": 6, "state": ProductState.ON_SALE, "description": "Dẻo.",
        "reach": Reach.COUNTRY, "collect_ok": True, "province_code": "01", "commune_code": "09955",
        "approved_at": BEGAN, "created_at": BEGAN, "updated_at": BEGAN,
    }  # fmt: skip


def index(market: Any) -> None:
    """Build the search index of what is there now."""
    market.app.extensions.pop("search", None)
    with market.app.app_context():
        indexer.rebuild()


@contextmanager
def statements(market: Any) -> Iterator[list[str]]:
    """Every statement sent to the database meanwhile, BEGIN and PRAGMA left out."""
    seen: list[str] = []
    with market.app.app_context():
        engine = db.sqla.engine

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT", "ROLLBACK")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
