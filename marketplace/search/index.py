"""The one file that knows Whoosh: it keeps words and weights on disk; what they mean for a search is in `rules`.

Of Whoosh are used the writer, the lock, segments, the term dictionary, postings and the stored row; nothing of its
query side. Beside the folder with Whoosh's files lies MANIFEST: which folder is live, its generation, and the last
change it holds. It is replaced after each finished commit, so whatever dies in between is done again.
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from whoosh import fields, index
from whoosh.analysis import DelimitedAttributeFilter, SpaceSeparatedTokenizer
from whoosh.formats import Frequency
from whoosh.reading import SegmentReader, TermNotFound

from marketplace.search.directory import Manifest, want_rebuild
from marketplace.search.rules.columns import Columns, Row
from marketplace.search.rules.engine import Unreadable
from marketplace.search.rules.postings import Part
from marketplace.search.rules.query import Found, Hint, Query
from marketplace.search.rules.ranking import about_weights, kind_weights, main_weights
from marketplace.search.rules.snapshot import Snapshot
from marketplace.shelf.rules import SearchDocument

LOOK_EVERY = 0.1
"""Seconds between two looks at the manifest."""

TAIL = 100
"""Segments of at most this many documents are merged with what is written: the tail limit is the latency."""

MOST_PARTS = 8
OPEN_TRIES = 5


def _schema() -> Any:
    weighted = SpaceSeparatedTokenizer() | DelimitedAttributeFilter()
    words = fields.FieldType(format=Frequency(), analyzer=weighted, scorable=False, stored=False)
    return fields.Schema(id=fields.ID(unique=True), main=words, kind=words, about=words, row=fields.STORED)


def _weighted(weights: dict[str, float]) -> str:
    return " ".join(f"{token}^{weight:.4f}" for token, weight in weights.items())


def _put(writer: Any, document: SearchDocument, *, fresh: bool) -> None:
    put = writer.add_document if fresh else writer.update_document
    put(
        id=str(document.id),
        main=_weighted(main_weights(document)),
        kind=_weighted(kind_weights(document)),
        about=_weighted(about_weights(document)),
        row=tuple(Row.of(document)),
    )


def _merge_tails(writer: Any, segments: list[Any]) -> list[Any]:
    """Merge what is small into what is written now, and keep the rest as it is.

    Whoosh's own rule may merge anything at any time; this one keeps the cost of a change at about 0.1 s.
    """
    small = TAIL
    if sum(segment.doc_count_all() > TAIL for segment in segments) > MOST_PARTS:
        small = max(TAIL, sum(segment.doc_count_all() for segment in segments) // 10)
    kept = []
    for segment in segments:
        if segment.doc_count_all() > small:
            kept.append(segment)
            continue
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return kept


class _Segment:
    """A segment of Whoosh as a source of postings."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def lexicon(self, field: str) -> Iterator[str]:
        """Every word of a field."""
        return (token.decode() for token in self._reader.lexicon(field))

    def postings(self, field: str, token: str) -> Iterator[tuple[int, float]]:
        """Documents of the segment with this word, and its weight there."""
        try:
            matcher = self._reader.postings(field, token)
        except TermNotFound:
            return
        while matcher.is_active():
            yield matcher.id(), matcher.weight()
            matcher.next()


def _part(reader: Any) -> Part:
    columns = Columns()
    for number in range(reader.doc_count_all()):
        columns.append(Row(*reader.stored_fields(number)["row"]))
    return Part(_Segment(reader), columns)


class Index:
    """Reads the live index of a directory, and sees within a tenth of a second what the writer has finished."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = Lock()
        self._looked = -LOOK_EVERY
        self._manifest: Manifest | None = None
        self._parts: dict[str, Part] = {}
        self._snapshot: Snapshot | None = None

    def find(self, query: Query, today: date) -> Found:
        """One page of results. Refuses: Unreadable."""
        snapshot = self._current()
        with _trouble(self._home):
            return snapshot.find(query, today)

    def suggest(self, text: str, limit: int, *, exclude_adult: bool) -> list[Hint]:
        """Names that begin as typed. Refuses: Unreadable."""
        snapshot = self._current()
        with _trouble(self._home):
            return snapshot.suggest(text, limit, exclude_adult=exclude_adult)

    def documents(self) -> int:
        """How many products the index holds. Refuses: Unreadable."""
        return len(self._current())

    def _current(self) -> Snapshot:
        if time.monotonic() - self._looked >= LOOK_EVERY and self._lock.acquire(blocking=self._snapshot is None):
            # One thread looks; the others go on answering from what is known, or wait when nothing is.
            try:
                self._refresh()
                self._looked = time.monotonic()
            finally:
                self._lock.release()
        if self._snapshot is None:
            raise Unreadable(str(self._home))
        return self._snapshot

    def _refresh(self) -> None:
        """Open what is new. With an old state in memory a missing or damaged index is survived: it goes on answering."""
        try:
            for attempt in range(OPEN_TRIES):
                manifest = Manifest.read(self._home)
                if self._manifest and manifest.same_documents(self._manifest):
                    return
                try:
                    self._open(manifest)
                except Unreadable:
                    # The writer may have switched folders between the two reads.
                    if attempt == OPEN_TRIES - 1:
                        raise
                    time.sleep(0.02)
                else:
                    return
        except Unreadable:
            want_rebuild(self._home)
            if self._snapshot is None:
                raise

    def _open(self, manifest: Manifest) -> None:
        with _trouble(self._home):
            whole = index.open_dir(self._home / manifest.folder, readonly=True, schema=_schema()).reader()
            parts: dict[str, Part] = {}
            dead: list[frozenset[int]] = []
            for reader, _ in whole.leaf_readers():
                segment = reader.segment()
                if segment is None:  # an index without documents
                    continue
                known = self._parts.get(segment.segment_id())
                parts[segment.segment_id()] = known or _part(reader)
                dead.append(frozenset(segment.deleted_docs()))
                if known:
                    reader.close()
            self._snapshot = Snapshot(list(parts.values()), dead)
            self._parts, self._manifest = parts, manifest


@contextmanager
def _trouble(home: Path) -> Iterator[None]:
    """Whatever goes wrong in Whoosh's files is one thing to the market: the index cannot be read."""
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(str(home)) from error


class IndexWriter:
    """Writes the index of a directory. Hold `writing(home)` round it: one process writes at a time.

    `source` names the database that is indexed: an index left behind by another one counts as none.
    """

    def __init__(self, home: Path, source: str = "") -> None:
        self._home = home
        self._source = source

    @property
    def cursor(self) -> int:
        """The last change in the index. Refuses: Unreadable, also when a reader left word that it is damaged."""
        if (self._home / "REBUILD").exists():
            raise Unreadable(str(self._home))
        manifest = Manifest.read(self._home)
        if manifest.source != self._source:
            raise Unreadable(f"{self._home} is of another market")
        return manifest.cursor

    def apply(self, documents: Iterable[SearchDocument], removed: Sequence[int], cursor: int) -> None:
        """Bring these products in and take those out, then move the cursor. Refuses: Unreadable."""
        manifest = Manifest.read(self._home)
        with _trouble(self._home):
            live = index.open_dir(self._home / manifest.folder, schema=_schema())
            writer = live.writer(timeout=5.0, limitmb=64)
            try:
                for key in removed:
                    writer.delete_by_term("id", str(key))
                for document in documents:
                    _put(writer, document, fresh=False)
            except BaseException:
                writer.cancel()
                raise
            writer.commit(mergetype=_merge_tails)
        replace(manifest, generation=manifest.generation + 1, cursor=cursor).write(self._home)

    def skip_to(self, cursor: int) -> None:
        """Note that changes up to here are nothing to the index. Refuses: Unreadable."""
        manifest = Manifest.read(self._home)
        if manifest.cursor != cursor:
            replace(manifest, cursor=cursor).write(self._home)

    def worn(self) -> bool:
        """Whether more than a fifth of what is read was replaced or removed since."""
        with _trouble(self._home):
            manifest = Manifest.read(self._home)
            whole = index.open_dir(self._home / manifest.folder, readonly=True, schema=_schema()).reader()
            try:
                everything = whole.doc_count_all()
                return bool(everything - whole.doc_count() > max(TAIL, everything // 5))
            finally:
                whole.close()

    def rebuild(self, documents: Iterable[SearchDocument], cursor: int) -> int:
        """Build beside the live index and switch at once. The database is the truth: an error leaves the old index."""
        folder = self._home / f"whoosh-{secrets.token_hex(6)}"
        folder.mkdir(mode=0o700, parents=True)
        try:
            count = self._build(folder, documents)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        Manifest(folder.name, 1, cursor, self._source).write(self._home)
        (self._home / "REBUILD").unlink(missing_ok=True)
        self._sweep(folder.name)
        return count

    def _build(self, folder: Path, documents: Iterable[SearchDocument]) -> int:
        count = 0
        with index.create_in(folder, _schema()).writer(limitmb=128) as writer:
            for document in documents:
                _put(writer, document, fresh=True)
                count += 1
        return count

    def _sweep(self, live: str) -> None:
        for found in self._home.iterdir():
            if found.name.startswith("whoosh-") and found.name != live:
                shutil.rmtree(found, ignore_errors=True)
            elif found.name.startswith("MANIFEST."):
                found.unlink(missing_ok=True)
