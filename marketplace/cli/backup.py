"""Copy the whole market while it runs."""

import secrets
import shutil
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import make_url

import config
from marketplace.cli import schema
from marketplace.cli.speaking import Command
from marketplace.kit import backups, clock, db


def take(settings: config.Settings, target: Path | None = None, *, name: str = "", with_files: bool = True) -> Path:
    """A backup in a new folder; the folder. Nothing bears its final name before it is complete."""
    target = target or settings.data_dir / "backups"
    folder = target / f"{clock.now():%Y-%m-%d-%H%M%S}{name}-{secrets.token_hex(2)}"
    partial = folder.with_name(f".{folder.name}.partial")
    partial.mkdir(parents=True, mode=0o700)
    try:
        _rows(settings, partial / backups.ROWS)
        backups.finish(partial, settings.data_dir, with_files=with_files)
        partial.replace(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


def _rows(settings: config.Settings, target: Path) -> None:
    if settings.database_url.startswith("sqlite"):
        backups.copy_file(Path(make_url(settings.database_url).database or ""), target)
        return
    engine = backups.opened(target)
    schema.upgrade(engine)
    backups.copy_server(db.sqla.engine, engine)


@click.command("backup", cls=Command)
@click.option(
    "--to", type=click.Path(file_okay=False, path_type=Path), help="Folder for backups, best on another disk."
)
def command(to: Path | None) -> None:
    """Copy everything into a new folder under DATA_DIR/backups or --to; the market may go on meanwhile."""
    settings: config.Settings = current_app.config["SETTINGS"]
    folder = take(settings, to)
    about = backups.read(folder)
    click.echo(f"Đã sao lưu {sum(about.counts.values())} dòng và {about.files} tệp vào {folder}")
