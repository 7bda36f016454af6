"""What a start makes sure of: the newest tables, the right kind of database, a demo market where there is nothing."""

import click

import config
from marketplace.cli.demo import seeding
from marketplace.cli.migrate import upgrade
from marketplace.kit import db, marking
from marketplace.kit.actor import Actor
from marketplace.search import indexer


def prepare(settings: config.Settings) -> None:
    """Ready to serve, or a sentence and exit code 1."""
    upgrade()
    with db.unit():
        mode = marking.mark(Actor.operator(), settings.mode)
    if mode == marking.MOVED:
        raise SystemExit("Chợ này đã chuyển sang cơ sở dữ liệu khác. Đặt DATABASE_URL theo địa chỉ mới.")
    if mode != settings.mode:
        raise SystemExit(
            f"Cơ sở dữ liệu này là của chợ {mode}, không chạy được với MARKET_MODE={settings.mode}. "
            "Chọn DATA_DIR hoặc DATABASE_URL khác."
        )
    with db.unit():
        empty = seeding.is_empty()
    if settings.is_demo and empty:
        click.echo("Lần đầu mở chợ mẫu: vẽ ảnh và bày hàng, khoảng nửa phút.")
        seeding.seed()
    if not indexer.has_index():
        indexer.rebuild()


def sign_ins(settings: config.Settings) -> list[str]:
    """One way to sign in per role, printed for a demo market only, and only what this database knows."""
    if not settings.is_demo:
        return []
    with db.unit():
        return seeding.sign_ins()
