"""Keeps the index behind the log of changes. Runs in the worker and in `flask reindex`, one process at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from marketplace.catalog.models import Product
from marketplace.kit import changes, db
from marketplace.kit.marking import Marking
from marketplace.producers.models import Producer
from marketplace.search.directory import writing
from marketplace.search.index import IndexWriter
from marketplace.search.rules import Unreadable, Writer
from marketplace.shelf import queries as shelf
from marketplace.shelf.queries.sale import on_sale
from marketplace.shelf.rules import SearchDocument

log = logging.getLogger(__name__)

AT_ONCE = 2000
"""Changes read in one step."""

STEP = 250
"""Documents read from the database in one unit."""

WAIT = 120.0
"""Seconds that a wanted rebuild waits for another process to finish writing."""

_ABOUT_PRODUCTS = {"product": Product.id, "producer": Product.producer_id, "village": Product.village_id}


class Busy(Exception):
    """Another process writes the index and does not finish."""


@dataclass(frozen=True, slots=True)
class _News:
    """What the log says after a cursor. `lost`: changes after the cursor have been forgotten, or never were."""

    product_ids: Sequence[int]
    cursor: int
    count: int
    lost: bool


def home() -> Path:
    """Directory of the index."""
    return Path(current_app.config["DATA_DIR"]) / "index"


def has_index() -> bool:
    """Whether there is an index of this database that can be followed on."""
    try:
        _writer().cursor  # noqa: B018 - reading it is the check
    except Unreadable:
        return False
    return True


def follow(limit: int = AT_ONCE) -> int:
    """Bring the index up to the log of changes, or build it where there is none; how many changes were read.

    Does nothing while another process writes. May be interrupted anywhere: what was not finished is done again.
    """
    with writing(home(), wait=0) as mine:
        if not mine:
            return 0
        writer = _writer()
        try:
            return _follow(writer, limit)
        except Unreadable as trouble:
            log.warning("the index cannot be read (%s): building it again", str(trouble))
            return _rebuild(writer, None)


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Build a new index beside the live one and switch to it; how many products it holds.

    `progress` is told the number of documents after each step. Refuses: another process keeps writing (Busy).
    """
    with writing(home(), wait=WAIT) as mine:
        if not mine:
            raise Busy
        return _rebuild(_writer(), progress)


def expected() -> int:
    """How many products a rebuild will read."""
    with db.unit():
        statement = select(func.count(Product.id)).join(Producer, Producer.id == Product.producer_id).where(on_sale())
        return db.session.scalar(statement) or 0


def _writer() -> Writer:
    with db.unit():
        marking = db.session.get(Marking, 1)
        source = marking.started_at.isoformat() if marking else ""
    return IndexWriter(home(), source)


def _follow(writer: Writer, limit: int) -> int:
    news = _read_log(writer.cursor, limit)
    if news.lost:
        return _rebuild(writer, None)
    if not news.product_ids:
        if news.count:
            writer.skip_to(news.cursor)
        return news.count
    documents = list(_documents(news.product_ids))
    removed = set(news.product_ids).difference(document.id for document in documents)
    writer.apply(documents, sorted(removed), news.cursor)
    if writer.worn():
        _rebuild(writer, None)
    return news.count


def _read_log(cursor: int, limit: int) -> _News:
    with db.unit():
        newest = changes.newest()
        if newest == cursor:
            return _News((), cursor, 0, lost=False)
        # A cursor beyond the log is left from another state of the database; an empty log proves nothing.
        lost = cursor < changes.oldest() - 1 or 0 < newest < cursor
        rows = [(row.seq, row.kind, row.key) for row in changes.after(cursor, limit)]
        ids: set[int] = set()
        for kind, column in _ABOUT_PRODUCTS.items():
            keys = {key for _, of, key in rows if of == kind}
            if kind == "product":
                ids |= keys
            elif keys:
                ids.update(db.session.scalars(select(Product.id).where(column.in_(keys))))
    return _News(sorted(ids), rows[-1][0] if rows else cursor, len(rows), lost)


def _documents(product_ids: Sequence[int]) -> Iterator[SearchDocument]:
    for begin in range(0, len(product_ids), STEP):
        with db.unit():
            documents = shelf.index_documents(product_ids[begin : begin + STEP])
        yield from documents


def _rebuild(writer: Writer, progress: Callable[[int], None] | None) -> int:
    with db.unit():
        cursor = changes.newest()  # before anything is read: what changes meanwhile is read once more
    return writer.rebuild(_everything(progress), cursor)


def _everything(progress: Callable[[int], None] | None) -> Iterator[SearchDocument]:
    after, told = 0, 0
    while True:
        with db.unit():
            ids = shelf.indexable_ids(after, STEP)
            documents = shelf.index_documents(ids)
        if not ids:
            return
        yield from documents
        after, told = ids[-1], told + len(ids)
        if progress:
            progress(told)
