"""Bring a market back from a backup, held until its operator has looked."""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import cast

import click
from flask import current_app
from sqlalchemy import Connection, delete, insert, make_url, select, update

import config
from marketplace.accounts.models import OneTimeCode, UserSession
from marketplace.accounts.rules import show_phone
from marketplace.cli import backup, schema
from marketplace.cli.alone import alone
from marketplace.cli.speaking import Command
from marketplace.kit import backups, carrying, clock, db
from marketplace.kit.holding import Finding, Holding
from marketplace.kit.marking import Marking
from marketplace.orders.models import Order, OrderGroup
from marketplace.orders.rules import show_code

LOST = "Đơn có trước khi khôi phục mà bản sao chưa có"
BESIDE = ("-wal", "-shm")
Lost = tuple[str, str, str]
"""What a person has to look at: its key, a heading, a sentence."""


def restore(settings: config.Settings, folder: Path) -> list[Lost]:
    """Put the backup in the place of what is there, which is kept beside; what only it knows.

    Refuses: not a whole backup (BadBackup); the market still runs on this file (ClickException).
    """
    about = backups.read(folder)
    shutil.copy2(folder / backups.SECRET, settings.data_dir / backups.SECRET)
    backups.bring_files(folder, settings.data_dir)
    fresh = settings.data_dir / "restoring.sqlite3"
    backups.copy_file(folder / backups.ROWS, fresh)
    try:
        engine = backups.opened(fresh)
        schema.upgrade(engine)
        with engine.execution_options(writing=True).begin() as rows:
            known = set(rows.scalars(select(OrderGroup.token)))
        lost = _exchange(settings, fresh, about, known)
    finally:
        for end in ("", *BESIDE):
            fresh.with_name(fresh.name + end).unlink(missing_ok=True)
    shutil.rmtree(settings.data_dir / "index", ignore_errors=True)
    return lost


def _exchange(settings: config.Settings, fresh: Path, about: backups.About, known: set[str]) -> list[Lost]:
    if settings.database_url.startswith("sqlite"):
        return _exchange_file(settings, fresh, about, known)
    safe = backup.take(settings, name="-before-restore", with_files=False)
    click.echo(f"Dữ liệu đang có được giữ ở {safe}")
    with db.sqla.engine.execution_options(writing=True).begin() as rows:
        lost = _lost(rows, known)
        for table in reversed(carrying.tables()):
            rows.execute(delete(table))
        with backups.opened(fresh).connect() as source:
            carrying.carry(source, rows)
        hold(rows, about, lost)
    return lost


def _exchange_file(settings: config.Settings, fresh: Path, about: backups.About, known: set[str]) -> list[Lost]:
    path = Path(make_url(settings.database_url).database or "")
    with _stopped(settings, path) as old:
        lost = _lost(old, known) if old is not None else []
        with backups.opened(fresh).execution_options(writing=True).begin() as rows:
            hold(rows, about, lost)
        with closing(sqlite3.connect(fresh)) as rows_alone:
            rows_alone.execute("PRAGMA journal_mode=DELETE")  # everything into the one file that is moved
    if path.exists():
        kept = path.with_name(f"{path.name}.before-{clock.now():%Y-%m-%d-%H%M%S}")
        path.replace(kept)
        click.echo(f"Dữ liệu đang có được giữ ở {kept}")
    for end in BESIDE:
        path.with_name(path.name + end).unlink(missing_ok=True)
    fresh.replace(path)
    return lost


@contextmanager
def _stopped(settings: config.Settings, path: Path) -> Iterator[Connection | None]:
    if not path.exists():
        yield None
        return
    with alone(settings.database_url) as old:
        yield old


def _lost(old: Connection, known: set[str]) -> list[Lost]:
    """Orders that the present database has and the backup has not, and what waits in it for a person; none where it cannot be read."""
    found: list[Lost] = []
    with contextlib.suppress(Exception):
        columns = (Order.code, OrderGroup.token, OrderGroup.buyer_name, OrderGroup.buyer_phone, Order.placed_at)
        query = select(*columns).join(OrderGroup, OrderGroup.id == Order.group_id).order_by(Order.id)
        for row in old.execute(query):
            if row.token not in known:
                code = show_code(row.code)
                said = " · ".join((code, row.buyer_name, show_phone(row.buyer_phone), _day(row.placed_at)))
                found.append((f"order:{row.token}:{code}", LOST, said))
        waiting = select(Finding.key, Finding.heading, Finding.text).where(Finding.handled_at.is_(None))
        found += [(row.key, row.heading, row.text) for row in old.execute(waiting)]
    return found


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(clock.TZ):%d/%m/%Y %H:%M}"


def hold(rows: Connection, about: backups.About, lost: Sequence[Lost]) -> None:
    """Nothing goes outside, nobody is signed in, no code works, and every index is built anew."""
    now = clock.now()
    rows.execute(insert(Holding).values(copied_at=about.moment, began_at=now, found={}))
    known = set(rows.scalars(select(Finding.key)))
    for key, heading, said in lost:
        if key not in known:
            values = {"key": key, "heading": heading, "text": said, "found_at": now, "note": ""}
            rows.execute(insert(Finding).values(values))
    rows.execute(update(UserSession).where(UserSession.ended_at.is_(None)).values(ended_at=now))
    rows.execute(delete(OneTimeCode))
    rows.execute(update(Marking).values(started_at=now))


@click.command("restore", cls=Command)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Put the backup in FOLDER in the place of this market, which must be stopped. It comes back held: see `release`."""
    settings = cast(config.Settings, current_app.config["SETTINGS"])
    db.session.remove()
    db.sqla.engine.dispose()
    try:
        lost = restore(settings, folder)
    except backups.BadBackup as refusal:
        raise click.ClickException(f"Chưa khôi phục: {refusal}.") from refusal
    for _key, heading, said in lost:
        click.echo(f"{heading}: {said}")
    click.echo("Đã khôi phục. Chợ đang tạm giữ: tin và tiền hoàn chờ người vận hành xem ở /dieu-phoi/tam-giu.")
