"""Things that wait for a decision, sent by the cast as their pages would send them."""

from datetime import date

from marketplace.cases import actions as cases
from marketplace.cases.rules import ProblemKind, Report
from marketplace.catalog.models import Document, Photo, Product
from marketplace.catalog.rules import PhotoState, ProductState
from marketplace.certificates import actions as certificates
from marketplace.certificates.rules import Claim
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.storage import private_store
from marketplace.law.rules import required_documents
from marketplace.producers import actions as producers
from marketplace.producers import queries
from marketplace.producers.rules import Application, PayeeDraft, PayeeKind, ProducerKind
from tests import cast

THACH_THAT, DUONG_HOA, HA_NOI, LAO_CAI = Place("01", "09955"), Place("01", "09856"), Place("01"), Place("15")
PDF = b"%PDF-1.4\n% a paper of the tests\n"


def official(name: str) -> Actor:
    """One of the cast, deciding."""
    if name == "Bình":
        return Actor(ActorKind.ADMIN, cast.user_id(name))
    province, commune, _office = cast.AREAS[name]
    return Actor(ActorKind.COORDINATOR, cast.user_id(name), areas=(Place(province, commune),))


def maker(name: str) -> Actor:
    """One of the cast, selling."""
    return Actor(ActorKind.PRODUCER, cast.user_id(name), on_behalf_of=int(str(cast.STALLS[name]["id"])))


def signed_up(name: str) -> Actor:
    """One of the cast, known but without a stall."""
    return Actor(ActorKind.STRANGER, cast.user_id(name))


def application(name: str = "Cơ sở bà Sen", place: Place = THACH_THAT, holder: str = "BUI THI SEN") -> Application:
    """A whole application."""
    payee = PayeeDraft(PayeeKind.PRODUCER, "970405", "1500 2050 1234", holder)
    story = "Làm bánh từ năm 1998."
    return Application(ProducerKind.HOUSEHOLD, name, place, "+84900000109", payee, village="Thôn 3", story=story)


def sen_applies(place: Place = THACH_THAT, holder: str = "BUI THI SEN") -> str:
    """Sen sends an application; its key."""
    producer_id = producers.apply(signed_up("Sen"), application(place=place, holder=holder))
    return producer_of(producer_id)


def producer_of(producer_id: int) -> str:
    """The key of a producer."""
    found = queries.producer(producer_id)
    assert found
    return found.key


@db.action
def submitted(actor: Actor, product_id: int = 1, *, papers: bool = True) -> None:
    """A product of the cast waits again, with a photo and (unless told otherwise) the papers of its set."""
    product = db.locked(Product, product_id)
    product.state, product.submitted_at = ProductState.SUBMITTED, clock.now()
    sizes = {"320": "1" * 64 + ".webp", "720": "2" * 64 + ".webp"}
    db.session.add(
        Photo(
            product_id=product_id, key=f"p{product_id}", state=PhotoState.READY, sizes=sizes, public_key=sizes["720"],
            width=720, height=720, alt=product.name, created_at=clock.now(),
        )
    )  # fmt: skip
    for kind in required_documents(product.set_no or 1) if papers else ():
        db.session.add(
            Document(
                product_id=product_id, kind=kind, key=private_store().put(PDF, "pdf"), filename="giay.pdf",
                media_type="application/pdf", size=len(PDF), added_at=clock.now(),
            )
        )  # fmt: skip


def claimed(number: str = "1887/QĐ-UBND", product_id: int = 2) -> int:
    """Mơ claims a recognition with evidence; its id."""
    wanted = Claim(3, number, date(2025, 6, 12), "UBND huyện Thạch Thất", None, private_store().put(PDF, "pdf"))
    return certificates.claim(maker("Mơ"), product_id, wanted)


def reported(product_id: int = 1) -> str:
    """Lan reports a problem; its key."""
    return cases.report_product(
        signed_up("Lan"),
        product_id,
        Report(ProblemKind.WRONG_TEXT, "Ảnh không giống hàng nhận được.", "0900 000 003"),
        address="127.0.0.1",
    )
