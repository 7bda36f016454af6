"""Fill an empty demo market: people, 240 products with drawings, a few orders in every state."""

from pathlib import Path

import click
from sqlalchemy import func, select

from marketplace.accounts import actions as accounts
from marketplace.accounts import queries as account_queries
from marketplace.accounts.rules import NewPerson, show_phone
from marketplace.catalog.models import Product
from marketplace.cli.demo.people import OPERATOR, PASSWORD, PEOPLE, DemoPerson
from marketplace.cli.import_products import run
from marketplace.kit import db, marking
from marketplace.kit.actor import Actor
from marketplace.payments import actions as payments
from marketplace.payments.rules.card import PAYOUT_DAYS, Terms
from marketplace.producers import actions as producers
from marketplace.producers.models import Producer

CARD_TERMS = Terms("970436", "0900000000", "DON VI VAN HANH CHO MAU", days=PAYOUT_DAYS, offered=True)
PRODUCTS = Path(__file__).resolve().parent / "data" / "products.csv"


class NotADemo(click.ClickException):
    """This database is not for samples."""


def is_empty() -> bool:
    """Whether nothing has been put on this market yet."""
    return not db.session.scalar(select(func.count()).select_from(Product))


def seed() -> None:
    """Make the demo market. Raises ClickException: not marked demo, or not empty."""
    with db.unit():
        if marking.mode() != "demo":
            raise NotADemo("Cơ sở dữ liệu này không đánh dấu là chợ mẫu, nên không bày hàng mẫu vào.")
        if not is_empty():
            raise NotADemo("Chợ đã có hàng, nên không bày hàng mẫu vào.")
    run(PRODUCTS, demo=True, on_sale=True, skip_bad=False)
    for person in PEOPLE:
        _settle(person)
    with db.unit():
        accounts.set_operator(Actor.operator(), OPERATOR)
        payments.set_card_terms(Actor.operator(), CARD_TERMS)


def _settle(person: DemoPerson) -> None:
    with db.unit():
        areas = ((person.area, person.office),) if person.area else ()
        new = NewPerson(person.phone, person.name, password=PASSWORD, is_admin=person.admin, areas=areas)
        user_id = accounts.create_user(Actor.operator(), new)
        if person.admin or person.area:
            accounts.settle_sample(Actor.operator(), user_id)
        if person.sells_for:
            producers.join(Actor.operator(), _stall_in(person.sells_for), user_id)


def _stall_in(commune_code: str) -> int:
    return db.session.scalars(
        select(Producer.id).where(Producer.commune_code == commune_code).order_by(Producer.id).limit(1)
    ).one()


def sign_ins() -> list[str]:
    """What the start prints: a number and the one password for each person of the demo who lives here."""
    if marking.mode() != "demo":
        return []
    here = [person for person in PEOPLE if account_queries.user_by_phone(person.phone)]
    return [f"{show_phone(person.phone)}  {PASSWORD}  {person.words}{_and_a_code(person)}" for person in here]


def _and_a_code(person: DemoPerson) -> str:
    return " (bàn duyệt hỏi thêm mã; trang hiện sẵn)" if person.admin or person.area else ""
