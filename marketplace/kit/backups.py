"""Copies of a whole market: its rows in one SQLite file, whatever database it runs on, then its files, then what it is.

Rows first: a file is written before the row that points to it, so files copied afterwards hold all that the rows name.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, func, select, table, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from marketplace.kit import carrying, clock
from marketplace.kit.base import open_engine

ROWS, ABOUT, SECRET = "market.sqlite3", "backup.json", "secret"
STORES = ("public", "private")


class BadBackup(Exception):
    """This is not a backup that can be used; the sentence says why."""


@dataclass(frozen=True)
class About:
    """What a backup says of itself."""

    copied_at: str
    revision: str
    counts: dict[str, int]
    files: int

    @property
    def moment(self) -> datetime:
        """When its rows were copied."""
        return datetime.fromisoformat(self.copied_at)


def opened(path: Path) -> Engine:
    """A SQLite file as the market opens it."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, hide_parameters=True)
    open_engine(engine)
    return engine


def copy_file(source: Path, target: Path) -> None:
    """An online copy of a SQLite file, complete at one moment, while others write."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def copy_server(source: Engine, target: Engine) -> None:
    """The rows of a server as they are at one moment, into an empty market's file."""
    reading = source.execution_options(isolation_level="REPEATABLE READ", writing=False)
    with reading.connect() as live, target.execution_options(writing=True).begin() as copy:
        carrying.carry(live, copy)
        live.rollback()


def finish(folder: Path, data_dir: Path, *, with_files: bool) -> About:
    """Add the files and say what the backup is; complete when `backup.json` lies there."""
    moment = clock.now()
    files = sum(_add_files(data_dir / store, folder / store) for store in STORES) if with_files else 0
    shutil.copy2(data_dir / SECRET, folder / SECRET)
    with opened(folder / ROWS).connect() as rows:
        revision = str(rows.scalar(text("SELECT version_num FROM alembic_version")) or "")
        counts = _count(rows, rows.scalars(text(_NAMES)).all())
    about = About(moment.isoformat(), revision, counts, files)
    partial = folder / f"{ABOUT}.partial"
    partial.write_text(json.dumps(asdict(about), indent=1), "utf-8")
    os.sync()
    partial.replace(folder / ABOUT)
    return about


_NAMES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
)


def _count(rows: Connection, names: Sequence[str]) -> dict[str, int]:
    return {name: int(rows.scalar(select(func.count()).select_from(table(name))) or 0) for name in names}


def _add_files(source: Path, target: Path) -> int:
    added = 0
    for file in source.glob("??/*"):
        place = target / file.parent.name / file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists():
            partial = place.with_suffix(".tmp")
            shutil.copy2(file, partial)
            partial.replace(place)
        added += 1
    return added


def bring_files(folder: Path, data_dir: Path) -> int:
    """Put the files of a backup beside those that are there; how many it holds. Names are contents: nothing is overwritten."""
    return sum(_add_files(folder / store, data_dir / store) for store in STORES)


def read(folder: Path) -> About:
    """What a backup says of itself, once its rows are whole. Refuses (BadBackup): incomplete, damaged, other counts."""
    try:
        about = About(**json.loads((folder / ABOUT).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise BadBackup(f"{folder} không phải bản sao trọn vẹn") from error
    try:
        with opened(folder / ROWS).connect() as rows:
            sound = rows.scalar(text("PRAGMA integrity_check")) == "ok"
            counts = _count(rows, list(about.counts))
    except DatabaseError as error:
        raise BadBackup("tệp dữ liệu của bản sao bị hỏng") from error
    if not sound or counts != about.counts:
        raise BadBackup("tệp dữ liệu của bản sao bị hỏng")
    return about


def damaged_files(folder: Path) -> Iterator[str]:
    """Files of a backup whose content is not what their name says."""
    for store in STORES:
        for file in sorted((folder / store).glob("??/*")):
            if hashlib.sha256(file.read_bytes()).hexdigest() != file.name.partition(".")[0]:
                yield f"{store}/{file.name}"
