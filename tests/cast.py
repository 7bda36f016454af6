"""The few invented people of all tests, with two stalls and four products. Numbers are in no assigned range.

Mơ makes chè lam in xã Thạch Thất, Tín makes miến in xã Dương Hòa; both in Hà Nội. Hạnh decides for Thạch Thất, Quân for
the whole of Hà Nội, Thu for Lào Cai; Bình is admin. Lan and Minh buy; Sen has just signed up and sells nothing yet.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy import insert, select, text, update

from marketplace.accounts.models import CoordinatorArea, User, UserSession
from marketplace.accounts.queries import token_digest
from marketplace.catalog.models import Product, Variant
from marketplace.catalog.rules import Klass, ProductState
from marketplace.certificates.models import Certificate
from marketplace.cli.migrate import upgrade
from marketplace.delivery.rules import Reach
from marketplace.kit import changes, clock, db, marking
from marketplace.kit.actor import Actor
from marketplace.kit.money import Dong
from marketplace.kit.text import fold, slugify
from marketplace.producers.models import Payee, PayeeMember, Producer, ProducerMember
from marketplace.producers.rules import PayeeKind, ProducerKind, ProducerState

BEGAN = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    """One of the cast."""

    id: int
    name: str
    phone: str
    full_name: str


PEOPLE = {
    person.name: person
    for person in (
        Person(1, "Mơ", "+84900000001", "Nguyễn Thị Mơ"),
        Person(2, "Tín", "+84900000002", "Đỗ Văn Tín"),
        Person(3, "Lan", "+84900000003", "Trần Thị Lan"),
        Person(4, "Minh", "+84900000004", "Lê Quang Minh"),
        Person(5, "Hạnh", "+84900000005", "Phạm Thị Hạnh"),
        Person(6, "Quân", "+84900000006", "Vũ Anh Quân"),
        Person(7, "Thu", "+84900000007", "Giàng Thị Thu"),
        Person(8, "Bình", "+84900000008", "Hoàng Thanh Bình"),
        Person(9, "Sen", "+84900000009", "Bùi Thị Sen"),
    )
}

AREAS = {
    "Hạnh": ("01", "09955", "UBND xã Thạch Thất"),
    "Quân": ("01", None, "Văn phòng OCOP Hà Nội"),
    "Thu": ("15", None, "Văn phòng OCOP Lào Cai"),
}

STALLS = {
    "Mơ": {
        "id": 1, "key": "mo1", "name": "Cơ sở bà Mơ", "kind": ProducerKind.HOUSEHOLD, "commune_code": "09955",
        "village": "Thôn 6", "old_place": "xã Đại Đồng, huyện Thạch Thất", "street": "Ngõ 8 xóm Đình", "phone": "+84900000101",
        "account": ("970405", "1500206008801", "NGUYEN THI MO"),
    },
    "Tín": {
        "id": 2, "key": "tin2", "name": "Hợp tác xã Minh Khai", "kind": ProducerKind.COOPERATIVE, "commune_code": "09856",
        "village": "Minh Khai", "old_place": "xã Minh Khai, huyện Hoài Đức", "street": "Số 12 đường Làng", "phone": "+84900000102",
        "account": ("970436", "0451000778899", "HTX MINH KHAI"),
    },
}  # fmt: skip

GOODS = [
    {"id": 1, "stall": "Mơ", "name": "Chè lam Đại Đồng", "set_no": 6, "unit": "hộp", "price": 85_000, "stock": 24, "grams": 500},
    {"id": 2, "stall": "Mơ", "name": "Kẹo lạc vừng", "set_no": 6, "unit": "gói", "price": 32_000, "stock": 3, "grams": 300},
    {"id": 3, "stall": "Tín", "name": "Miến dong Minh Khai", "set_no": 6, "unit": "gói", "price": 45_000, "stock": 40, "grams": 500},
    {"id": 4, "stall": "Tín", "name": "Rượu nếp Minh Khai", "set_no": 14, "unit": "chai", "price": 120_000, "stock": 10, "grams": 900},
]  # fmt: skip


def user_id(name: str) -> int:
    """The id of one of the cast."""
    return PEOPLE[name].id


def build(app: Flask, *, goods: bool = True) -> None:
    """Migrate an empty database and let the cast move in, with or without their goods."""
    upgrade()
    with db.unit():
        marking.mark(Actor.operator(), "demo")
        _move_in(Actor.operator(), goods=goods)


@db.action
def _move_in(actor: Actor, *, goods: bool) -> None:
    connection = db.session.connection()
    connection.execute(insert(User), [_user(person) for person in PEOPLE.values()])
    connection.execute(insert(CoordinatorArea), [_area(name) for name in AREAS])
    for name in STALLS:
        _stall(name)
    for good in GOODS if goods else ():
        _good(good)
        changes.add("product", good["id"])
    if goods:
        connection.execute(insert(Certificate), _certificate())


def _user(person: Person) -> dict[str, object]:
    return {
        "id": person.id, "phone": person.phone, "name": person.full_name, "is_admin": person.name == "Bình",
        "consent_version": "", "created_at": BEGAN, "phone_proved_at": BEGAN,
    }  # fmt: skip


def _area(name: str) -> dict[str, object]:
    province, commune, office = AREAS[name]
    return {
        "user_id": user_id(name), "province_code": province, "commune_code": commune, "office": office, "granted_at": BEGAN,
    }  # fmt: skip


def _stall(name: str) -> None:
    stall = dict(STALLS[name])
    bank, number, holder = stall.pop("account")
    producer = {
        **stall, "slug": f"{slugify(str(stall['name']))}-{stall['key']}", "name_folded": fold(str(stall["name"])),
        "state": ProducerState.ACTIVE, "province_code": "01", "story": "Làm nghề ba đời, mỗi mẻ bốn giờ trên bếp củi.",
        "zalo": True, "applied_by": user_id(name), "applied_at": BEGAN, "approved_at": BEGAN, "created_at": BEGAN,
        "registration_no": "01N8-000123", "representative": PEOPLE[name].full_name,
    }  # fmt: skip
    payee = {
        "id": stall["id"], "producer_id": stall["id"], "kind": PayeeKind.PRODUCER, "bank_bin": bank, "account_no": number,
        "holder": holder, "holder_matches": True, "approved_at": BEGAN,
    }  # fmt: skip
    connection = db.session.connection()
    connection.execute(insert(Producer), producer)
    connection.execute(insert(ProducerMember), {"producer_id": stall["id"], "user_id": user_id(name)})
    connection.execute(insert(Payee), payee)


def _good(good: dict[str, object]) -> None:
    name, key, stall = str(good["name"]), f"h{good['id']}", STALLS[str(good["stall"])]
    connection = db.session.connection()
    product = {
        "id": good["id"], "key": key, "slug": f"{slugify(name)}-{key}", "producer_id": stall["id"], "name": name,
        "name_folded": fold(name), "klass": Klass.FARM, "set_no": good["set_no"], "state": ProductState.ON_SALE,
        "description": "Dẻo, thơm, không gắt.", "ingredients": "Gạo nếp, mạch nha", "origin": "Hà Nội",
        "shelf_life": "45 ngày", "storage": "Nơi khô, mát", "usage": "Ăn liền", "days_to_make": 1, "reach": Reach.COUNTRY,
        "collect_ok": True, "province_code": "01", "commune_code": stall["commune_code"], "submitted_at": BEGAN,
        "approved_at": BEGAN, "created_at": BEGAN, "updated_at": BEGAN,
    }  # fmt: skip
    grams = int(str(good["grams"]))
    variant = {
        "id": good["id"], "product_id": good["id"], "unit": good["unit"], "label": f"{str(good['unit']).capitalize()} {grams} g",
        "net_weight_g": grams, "shipping_weight_g": grams + 100, "price": Dong(int(str(good["price"]))), "on_hand": good["stock"],
    }  # fmt: skip
    connection.execute(insert(Product), product)
    connection.execute(insert(Variant), variant)


def _certificate() -> dict[str, object]:
    """Mơ's chè lam: 4 stars until 15/6/2028."""
    return {
        "product_id": 1, "stars": 4, "decision_no": "1234/QĐ-UBND", "decision_date": date(2025, 6, 15),
        "issuer": "Ủy ban nhân dân thành phố Hà Nội", "expires_on": date(2028, 6, 15), "rubric": "148/2023",
        "evidence_key": "0" * 64 + ".pdf", "claimed_at": BEGAN, "confirmed_at": BEGAN,
    }  # fmt: skip


@db.action
def paid_into_the_coop(actor: Actor) -> None:
    """Mơ's orders are paid into the account of Tín's co-operative, as after an invitation, a call and 48 hours."""
    values = {"producer_id": 1, "payee_id": 2, "invited_at": BEGAN, "since": BEGAN}
    db.session.connection().execute(insert(PayeeMember), values)


def factor_was_shown(token: str) -> None:
    """As if this session had shown a second factor: the desk opens to it without a question."""
    db.session.execute(
        update(UserSession).where(UserSession.digest == token_digest(token)).values(factor_at=clock.now())
    )


def variant_stock(variant_id: int) -> tuple[int, int]:
    """`on_hand` and `held`, read in the unit at hand."""
    row = db.session.execute(select(Variant.on_hand, Variant.held).where(Variant.id == variant_id)).one()
    return row.on_hand, row.held


def number_on_from_the_cast() -> None:
    """On PostgreSQL, let sequences follow the ids that the cast was given."""
    with db.sqla.engine.execution_options(writing=True).begin() as connection:
        for model in (User, Producer, Payee, Product, Variant):
            name = model.__tablename__
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), 100)"))
