"""Reporting a problem: anybody may, about goods or the market; about an order whoever has shown to be its buyer."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.accounts.actions import attempts
from marketplace.accounts.actions.attempts import Key
from marketplace.accounts.rules import Counted
from marketplace.cases.models import Problem
from marketplace.cases.rules import CONTACT_LENGTH, KINDS_OF, TEXT_LENGTH, Report, SubjectKind
from marketplace.catalog import queries as catalog
from marketplace.kit import clock, db, outbox, secret, trail
from marketplace.kit.actor import Actor, Place
from marketplace.kit.errors import BadInput, NotFound, TooMany
from marketplace.kit.i18n import lazy
from marketplace.kit.text import nfc, random_key
from marketplace.orders import queries as orders
from marketplace.orders.rules import show_code
from marketplace.producers import queries as producers
from marketplace.producers.models import Producer


@dataclass(frozen=True)
class About:
    """What is complained of: its kind, id and name, and whose it is (nobody's: the market's)."""

    subject: SubjectKind
    id: int
    title: str
    producer: Producer | None = None

    @property
    def place(self) -> Place:
        """The area whose desk answers."""
        return self.producer.place if self.producer else Place("")


@db.action
def report_product(actor: Actor, product_id: int, report: Report, *, address: str) -> str:
    """Report a problem with a product; anybody may. The problem's key.

    Refuses: nothing written (BadInput); one network address reporting again and again (TooMany).
    """
    product = catalog.product(product_id)
    if product is None:
        raise NotFound
    return _open(
        actor, About(SubjectKind.PRODUCT, product.id, product.name, _producer(product.producer_id)), report, address
    )


@db.action
def report_order(actor: Actor, order_id: int, report: Report, *, address: str) -> str:
    """Report a problem with an order; its buyer may. The problem's key. Refuses: not its buyer (NotYours)."""
    order = orders.order(order_id)
    if order is None:
        raise NotFound
    actor.require_group(order.group_id)
    about = About(
        SubjectKind.ORDER, order.id, str(lazy("Đơn %(code)s", code=show_code(order.code))), _producer(order.producer_id)
    )
    return _open(actor, about, report, address)


@db.action
def report_market(actor: Actor, report: Report, *, address: str) -> str:
    """Report something about the market itself, or ask for one's personal data; admins answer. The problem's key."""
    return _open(actor, About(SubjectKind.MARKET, 0, str(lazy("Chợ"))), report, address)


def _producer(producer_id: int) -> Producer:
    producer = producers.producer(producer_id)
    if producer is None:
        raise NotFound
    return producer


def _open(actor: Actor, about: About, report: Report, address: str) -> str:
    text, contact = nfc(report.text), nfc(report.contact)
    if report.kind not in KINDS_OF[about.subject]:
        raise BadInput(lazy("Chọn việc đã xảy ra."), field="kind")
    if not text or len(text) > TEXT_LENGTH:
        raise BadInput(
            lazy("Kể lại việc đã xảy ra, ngắn hơn 2.000 chữ, ví dụ: hộp bị rách, thiếu một gói."), field="text"
        )
    if len(contact) > CONTACT_LENGTH:
        raise BadInput(lazy("Số điện thoại hoặc thư điện tử dài quá."), field="contact")
    said = "\x1f".join((about.subject, str(about.id), report.kind, text, contact, str(clock.today())))
    cause = hashlib.sha256(said.encode()).hexdigest()
    counters = _counters(about, address)
    if seconds := attempts.seconds_to_wait(counters):
        raise TooMany(lazy("Máy này vừa báo nhiều việc liền. Xin đợi một lát rồi gửi lại."), wait=seconds)
    key = random_key(10)
    problem_id = db.insert_once(
        Problem, _columns(about, report.kind, text, contact) | {"key": key, "cause": cause}, unique=("cause",)
    )
    if problem_id is None:
        return db.session.scalars(select(Problem.key).where(Problem.cause == cause)).one()
    attempts.count(counters)
    trail.record(actor, "report", "problem", problem_id)
    whom = ("producer", "coordinator") if about.subject is SubjectKind.ORDER else ("coordinator",)
    outbox.add("problem.opened", problem_id=problem_id, to=whom)
    return key


def _counters(about: About, address: str) -> tuple[Key, ...]:
    values = ((Counted.REPORT_PAIR, f"{about.subject}{about.id}|{address}"), (Counted.REPORT_ADDRESS, address))
    return tuple(Key(kind, secret.digest("attempt", f"{kind}|{value}")) for kind, value in values)


def _columns(about: About, kind: str, text: str, contact: str) -> dict[str, object]:
    return {
        "subject": about.subject,
        "subject_id": about.id,
        "title": about.title,
        "producer_id": about.producer.id if about.producer else None,
        "kind": kind,
        "text": text,
        "contact": contact,
        "province_code": about.place.province_code,
        "commune_code": about.place.commune_code,
        "opened_at": clock.now(),
    }
