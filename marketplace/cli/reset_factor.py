"""The way back for an official who lost telephone and paper, where no other admin is left to ask."""

import click

from marketplace.accounts import actions, queries
from marketplace.accounts.rules import phone_number
from marketplace.cli.speaking import Command
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound, Refused


@click.command("reset-factor", cls=Command)
@click.option("--phone", required=True, help="Số di động của cán bộ hay người quản trị, ví dụ 0912 345 678.")
def command(phone: str) -> None:
    """Take an official's second factor away: all sessions end, and the next sign-in sets another. It stays on record."""
    try:
        with db.unit():
            user = queries.user_by_phone(phone_number(phone))
            if user is None:
                raise click.ClickException("Không có tài khoản nào mang số này.")
            actions.reset_factor(Actor.operator(), user.id)
    except NotFound as refusal:
        raise click.ClickException("Tài khoản này chưa đặt mã xác thực.") from refusal
    except Refused as refusal:
        raise click.ClickException(str(refusal.message)) from refusal
    click.echo("Đã bỏ mã xác thực. Các máy đã đăng xuất; lần đăng nhập sau sẽ đặt mã mới.")
