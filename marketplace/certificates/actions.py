"""Verbs of a recognition: claimed by the producer, confirmed or refused by the desk, extended, revoked."""

from datetime import date

from sqlalchemy import update

from marketplace.catalog import queries as catalog
from marketplace.catalog.models import Product
from marketplace.certificates import queries
from marketplace.certificates.models import Certificate
from marketplace.certificates.rules import EXTRA_DAYS, Claim, Extension, last_extension, may_extend, missing, rubric
from marketplace.kit import changes, clock, db, outbox, trail
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import AlreadyDecided, BadInput, NotFound
from marketplace.kit.i18n import lazy
from marketplace.kit.text import nfc
from marketplace.producers.actions import Subject, record_decision
from marketplace.producers.rules import ReasonNeeded


class AlreadyConfirmed(AlreadyDecided):
    """This decision number is already recognised for the product."""

    message = lazy("Giấy công nhận này đã được xác nhận cho sản phẩm.")


class NoEvidence(BadInput):
    """Nothing was sent that proves the recognition."""

    message = lazy("Chưa có ảnh hoặc bản chụp quyết định, nên chưa xác nhận được.")


class CannotExtend(BadInput):
    """Not confirmed, revoked, or outside the 180 days (QĐ 26/2026/QĐ-TTg Điều 12.3)."""

    message = lazy("Chỉ gia hạn giấy đã xác nhận, và không quá 180 ngày sau ngày hết hạn.")


@db.action
def claim(actor: Actor, product_id: int, wanted: Claim) -> int:
    """Say that a product is recognised; a coordinator confirms it. The certificate's id.

    The same decision number again replaces what was sent before, until it is confirmed. Refuses: not hers (NotYours);
    something missing (BadInput with the field); already confirmed (AlreadyConfirmed).
    """
    product = _product(product_id)
    if not actor.is_admin:
        actor.require_producer(product.producer_id)
    if product.revises_id is not None:
        raise NotFound
    lacking = missing(wanted, clock.today())
    if lacking and not (actor.is_admin and [each.field for each in lacking] == ["evidence"]):
        raise BadInput(lacking[0].message, field=lacking[0].field)
    certificate_id = _write_claim(product_id, wanted)
    trail.record(actor, "claim", "certificate", certificate_id)
    outbox.add("certificate.claimed", certificate_id=certificate_id, product_id=product_id)
    return certificate_id


def _write_claim(product_id: int, wanted: Claim) -> int:
    values = _columns(wanted)
    key = {"product_id": product_id, "decision_no": nfc(wanted.decision_no)}
    certificate_id = db.insert_once(Certificate, key | values, unique=("product_id", "decision_no"))
    if certificate_id is not None:
        return certificate_id
    certificate_id = db.session.execute(
        update(Certificate)
        .where(Certificate.product_id == product_id, Certificate.decision_no == key["decision_no"])
        .where(Certificate.confirmed_at.is_(None))
        .values(**values, refused_at=None, refused_reason="", refused_field="")
        .returning(Certificate.id),
        execution_options={"synchronize_session": False},
    ).scalar_one_or_none()
    if certificate_id is None:
        raise AlreadyConfirmed
    return certificate_id


def _columns(wanted: Claim) -> dict[str, object]:
    return {
        "stars": wanted.stars,
        "decision_date": wanted.decision_date,
        "issuer": nfc(wanted.issuer),
        "expires_on": wanted.ends,
        "rubric": rubric(wanted.decision_date),
        "evidence_key": wanted.evidence_key,
        "claimed_at": clock.now(),
    }


@db.action
def confirm(actor: Actor, certificate_id: int, *, note: str = "") -> None:
    """Confirm a claim after looking at the evidence; the badge shows from now while the dates hold.

    Refuses: outside the area (NotYours); somebody decided before (AlreadyDecided); no evidence (NoEvidence).
    """
    certificate, product = _in_area(actor, certificate_id)
    _still_waiting(certificate)
    if certificate.evidence_key is None:
        raise NoEvidence(field="evidence")
    certificate.confirmed_at, certificate.confirmed_by = clock.now(), actor.user_id
    _decided(actor, "confirm", certificate, product, note=note)
    outbox.add("certificate.confirmed", certificate_id=certificate_id, product_id=product.id)


@db.action
def refuse(actor: Actor, certificate_id: int, *, reason: str, field: str = "", message: str = "") -> None:
    """Return a claim with what to correct. `reason` is public, `message` is for the producer alone.

    Refuses: outside the area (NotYours); somebody decided before (AlreadyDecided); no reason (ReasonNeeded).
    """
    certificate, product = _in_area(actor, certificate_id)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    _still_waiting(certificate)
    certificate.refused_at = clock.now()
    certificate.refused_reason = f"{nfc(reason)} {nfc(message)}".strip()
    certificate.refused_field = field
    _decided(actor, "send_back", certificate, product, reason=reason)
    outbox.add("certificate.returned", certificate_id=certificate_id, product_id=product.id)


@db.action
def revoke(actor: Actor, certificate_id: int, on: date, reason: str) -> None:
    """Store that a recognition was withdrawn from this day on (QĐ 26/2026/QĐ-TTg Điều 8).

    Refuses: outside the area (NotYours); not confirmed or revoked before (AlreadyDecided); no reason; a day to come.
    """
    certificate, product = _in_area(actor, certificate_id)
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    if certificate.confirmed_at is None or certificate.revoked_on is not None:
        raise AlreadyDecided
    if not certificate.decision_date <= on <= clock.today():
        raise BadInput(lazy("Ngày thu hồi phải từ ngày ký giấy đến hôm nay."), field="on")
    certificate.revoked_on, certificate.revoked_reason = on, nfc(reason)
    _decided(actor, "revoke", certificate, product, reason=reason)
    outbox.add("certificate.revoked", certificate_id=certificate_id, product_id=product.id)


@db.action
def extend(actor: Actor, certificate_id: int, until: date, evidence_key: str | None) -> None:
    """Store that it holds longer while the re-evaluation is decided: at most 180 days past expiry, with evidence.

    Refuses: outside the area (NotYours); not confirmed, revoked or too long (CannotExtend); no evidence (NoEvidence).
    """
    certificate, product = _in_area(actor, certificate_id)
    if not evidence_key:
        raise NoEvidence(lazy("Gửi bản chụp giấy nhận hồ sơ đánh giá lại."), field="evidence")
    _require_extensible(certificate, until)
    certificate.extended_until, certificate.extension_evidence_key = until, evidence_key
    _decided(actor, "extend", certificate, product)
    outbox.add("certificate.extended", certificate_id=certificate_id, product_id=product.id)


def _require_extensible(certificate: Certificate, until: date) -> None:
    fits = may_extend(certificate.facts, until)
    if fits is Extension.NOT_HELD:
        raise CannotExtend(field="until")
    if fits is Extension.TOO_SOON:
        ends = _written(certificate.expires_on)
        text = lazy("Giấy còn hiệu lực đến %(ends)s, nên ngày gia hạn phải sau ngày ấy.", ends=ends)
        raise CannotExtend(text, field="until")
    if fits is Extension.TOO_LATE:
        last = _written(last_extension(certificate.expires_on))
        text = lazy("Gia hạn được đến %(day)s là cùng, %(days)s ngày sau ngày hết hạn.", day=last, days=EXTRA_DAYS)
        raise CannotExtend(text, field="until")


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


@db.action
def record_sample(actor: Actor, product_id: int, stars: int, decision_date: date) -> int:
    """Give a demo product a recognition marked MẪU, without evidence; once. The certificate's id."""
    actor.require({ActorKind.OPERATOR, ActorKind.ADMIN, ActorKind.SYSTEM})
    wanted = Claim(stars, f"MẪU-{product_id:04d}/QĐ-UBND", decision_date, str(lazy("Cơ quan mẫu")))
    key = {"product_id": product_id, "decision_no": wanted.decision_no}
    values = _columns(wanted) | key | {"is_sample": True, "confirmed_at": clock.now()}
    certificate_id = db.insert_once(Certificate, values, unique=("product_id", "decision_no"))
    if certificate_id is None:
        known = queries.by_number(product_id, wanted.decision_no)
        return known.id if known else 0
    trail.record(actor, "record_sample", "certificate", certificate_id)
    changes.add("product", product_id)
    return certificate_id


def _product(product_id: int) -> Product:
    product = catalog.product(product_id)
    if product is None:
        raise NotFound
    return product


def _in_area(actor: Actor, certificate_id: int) -> tuple[Certificate, Product]:
    certificate = db.locked(Certificate, certificate_id)
    product = _product(certificate.product_id)
    actor.require_area(product.place)
    return certificate, product


def _still_waiting(certificate: Certificate) -> None:
    if certificate.confirmed_at is not None or certificate.refused_at is not None:
        raise AlreadyDecided


def _decided(
    actor: Actor, verb: str, certificate: Certificate, product: Product, *, reason: str = "", note: str = ""
) -> None:
    title = f"{product.name}, {certificate.stars} sao, {certificate.decision_no}"
    subject = Subject("certificate", certificate.id, product.producer_id, title, product.place)
    record_decision(actor, verb, subject, reason)
    trail.record(actor, verb, "certificate", certificate.id, note or reason)
    changes.add("product", product.id)
