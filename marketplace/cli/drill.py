"""Try the newest backup: a backup that nobody has restored is a hope."""

import shutil
import tempfile
import time
from pathlib import Path
from typing import cast

import click
from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import config
from marketplace.cli import schema
from marketplace.cli.speaking import Command
from marketplace.kit import backups, clock, trail
from marketplace.orders.models import Order


def drill(folder: Path) -> list[str]:
    """Restore into a folder of its own, look at everything, throw it away; what was seen. Refuses: BadBackup."""
    began = time.monotonic()
    about = backups.read(folder)
    if bad := list(backups.damaged_files(folder)):
        raise backups.BadBackup(f"{len(bad)} tệp bị hỏng, ví dụ {bad[0]}")
    there = Path(tempfile.mkdtemp(prefix="market-drill-"))
    try:
        backups.copy_file(folder / backups.ROWS, there / backups.ROWS)
        engine = backups.opened(there / backups.ROWS)
        schema.upgrade(engine)
        with Session(engine) as rows:
            broken = trail.first_broken(rows)
            newest = rows.scalar(select(func.max(Order.placed_at)))
        backups.bring_files(folder, there)
    finally:
        shutil.rmtree(there, ignore_errors=True)
    if broken is not None:
        raise backups.BadBackup(f"nhật ký không còn khớp từ dòng {broken}")
    age = clock.now() - about.moment
    return [
        f"Bản sao {folder.name}: {sum(about.counts.values())} dòng, {about.files} tệp, đọc được hết.",
        f"Mất nhiều nhất {int(age.total_seconds() // 60)} phút gần đây nếu khôi phục ngay bây giờ.",
        f"Đơn mới nhất trong bản sao: {newest:%d/%m/%Y %H:%M} (UTC)." if newest else "Trong bản sao chưa có đơn nào.",
        f"Dựng lại trong {time.monotonic() - began:.1f} giây.",
    ]


def newest_in(folder: Path) -> Path:
    """The newest whole backup with files in a folder of backups."""
    found = sorted(each.parent for each in folder.glob(f"*/{backups.ABOUT}") if (each.parent / "public").exists())
    if not found:
        raise backups.BadBackup(f"chưa có bản sao nào trong {folder}")
    return found[-1]


@click.command("drill", cls=Command)
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(folder: Path | None) -> None:
    """Try the backup in FOLDER, or the newest one, without touching the market."""
    settings = cast(config.Settings, current_app.config["SETTINGS"])
    try:
        for line in drill(folder or newest_in(settings.data_dir / "backups")):
            click.echo(line)
    except backups.BadBackup as refusal:
        raise click.ClickException(f"Bản sao không dùng được: {refusal}.") from refusal
