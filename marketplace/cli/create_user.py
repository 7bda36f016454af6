"""Make an account with a role, or give a role to one that exists."""

import sys

import click

from marketplace.accounts import actions
from marketplace.accounts.rules import NewPerson, show_phone
from marketplace.cli.speaking import Command
from marketplace.kit import db
from marketplace.kit.actor import Actor, Place
from marketplace.kit.errors import Refused
from marketplace.places import queries as places


@click.command("create-user", cls=Command)
@click.option(
    "--role", type=click.Choice(["admin", "coordinator"]), required=True, help="Quản trị hoặc cán bộ điều phối."
)
@click.option("--phone", required=True, help="Số di động, ví dụ 0912 345 678.")
@click.option("--name", required=True, help="Họ và tên.")
@click.option("--email", default="", help="Thư điện tử để nhận mã.")
@click.option(
    "--area",
    "areas",
    multiple=True,
    help="Khu vực của cán bộ: 01 (cả tỉnh) hoặc 01-09955 (một xã). Ghi được nhiều lần.",
)
@click.option("--office", default="", help="Tên cơ quan ghi trong nhật ký duyệt. Bỏ trống thì lấy tên nơi.")
@click.option("--password-stdin", is_flag=True, help="Đọc mật khẩu từ dòng đầu của đầu vào, không hiện trên màn hình.")
def command(  # noqa: PLR0917 - one argument per option
    role: str, phone: str, name: str, email: str, areas: tuple[str, ...], office: str, password_stdin: bool
) -> None:
    """Make an account for an admin or a coordinator. An account with this number gets the role and keeps the rest."""
    if role == "coordinator" and not areas:
        raise click.ClickException("Cán bộ điều phối cần ít nhất một khu vực, ví dụ: --area 01-09955")
    person = NewPerson(
        phone=phone,
        name=name,
        email=email or None,
        password=sys.stdin.readline().rstrip("\r\n") if password_stdin else None,
        is_admin=role == "admin",
        areas=tuple(_area(text, office) for text in areas),
    )
    try:
        with db.unit():
            user_id, made = actions.find_or_create(Actor.operator(), person)
    except Refused as refusal:
        raise click.ClickException(str(refusal.message)) from refusal
    click.echo(
        f"{'Đã tạo' if made else 'Đã có, đã thêm quyền cho'} tài khoản số {user_id}: {name}, {show_phone(phone)}."
    )


def _area(text: str, office: str) -> tuple[Place, str]:
    province, _sep, commune = text.partition("-")
    place = Place(province, commune or None)
    if not places.known(place):
        raise click.ClickException(
            f"Không có nơi nào mang mã {text!r}. Ví dụ: 01 là Hà Nội, 01-09955 là xã Thạch Thất."
        )
    return place, office or f"Tổ điều phối {places.label(place)}"
