"""Things that tests need on the market beside the cast: a waiting product, an order, a problem, a paper."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PIL import Image
from sqlalchemy import insert, select, update

from marketplace.accounts import actions as accounts
from marketplace.cart import actions as cart
from marketplace.cases import actions as cases
from marketplace.cases import queries as case_queries
from marketplace.cases.rules import ProblemKind, Report
from marketplace.catalog import actions as catalog
from marketplace.catalog.models import Document, Photo, Product, Variant
from marketplace.catalog.pictures import sizes_of
from marketplace.catalog.rules import PhotoState, ProductState
from marketplace.certificates.models import Certificate
from marketplace.cli import demo
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.money import Dong
from marketplace.kit.storage import private_store, public_store
from marketplace.law.rules import CONSENT_VERSION, required_documents
from marketplace.orders.actions import account as buyers
from marketplace.orders.models import Order, OrderGroup, OrderLine
from marketplace.orders.rules import Checkout, Way
from marketplace.orders.rules.addresses import Address
from marketplace.payments import actions as payments
from marketplace.payments import queries as payment_queries
from marketplace.payments.models import MoneyDoubt, Payout, RefundAccount
from marketplace.payments.rules import Method, new_reference
from marketplace.payments.rules.card import Seen, Terms
from marketplace.payments.rules.dispute import DisputeState, SeenDispute
from marketplace.producers import actions as producers
from marketplace.producers.queries import changes, sharing
from marketplace.producers.rules import PayeeDraft, PayeeKind
from marketplace.reviews import actions as reviews
from tests import cast

WAITING = {
    "id": 21,
    "stall": "Mơ",
    "name": "Chè lam gừng",
    "set_no": 6,
    "unit": "hộp",
    "price": 90_000,
    "stock": 9,
    "grams": 400,
}
DRAFT = {
    "id": 22,
    "stall": "Mơ",
    "name": "Chè lam mè đen",
    "set_no": 6,
    "unit": "hộp",
    "price": 95_000,
    "stock": 5,
    "grams": 400,
}
PICTURE = Path(demo.__file__).parent / "art" / "chelam.webp"
PAPER = b"%PDF-1.4 a paper of the cast"
CARD_TERMS = Terms("970436", "0011002233445", "DON VI VAN HANH", days=3, offered=True)
ORDERER = "+84900000003"


@db.action
def waiting_product(actor: Actor) -> None:
    """Mơ's product 21 (key h21), sent to be approved, with a photo (key pa21) and every paper; product 22 is a draft."""
    connection = db.session.connection()
    for good, state in ((WAITING, ProductState.SUBMITTED), (DRAFT, ProductState.DRAFT)):
        cast._good(good)
        connection.execute(
            db.sqla.update(Product).where(Product.id == good["id"]).values(state=state, approved_at=None)
        )
        connection.execute(insert(Photo), _photo(int(str(good["id"]))))
        _papers(int(str(good["id"])))
    connection.execute(insert(Variant), _second_variant())


@db.action
def waiting_revision(actor: Actor) -> None:
    """Changes (key h23) to Mơ's product 2, sent once: another name, a longer text, one photo more (key pa23)."""
    connection = db.session.connection()
    cast._good({**WAITING, "id": 23, "name": "Kẹo lạc vừng giòn", "unit": "gói", "grams": 300})
    values = {
        "state": ProductState.SUBMITTED, "approved_at": None, "revises_id": 2, "sent_no": 1,
        "description": "Dẻo, thơm, ngọt vừa, không gắt.",
    }  # fmt: skip
    connection.execute(db.sqla.update(Product).where(Product.id == 23).values(values))
    connection.execute(db.sqla.update(Variant).where(Variant.id == 23).values(revises_id=2, on_hand=0))
    connection.execute(insert(Photo), _photo(23))


def _photo(product_id: int) -> dict[str, object]:
    key = private_store().put(PICTURE.read_bytes(), "webp")
    public = public_store().put(PICTURE.read_bytes(), "webp")
    return {
        "product_id": product_id, "key": f"pa{product_id}", "state": PhotoState.READY, "original_key": key, "public_key": public,
        "sizes": {"720": public}, "width": 720, "height": 720, "alt": "", "created_at": cast.BEGAN,
    }  # fmt: skip


def _papers(product_id: int) -> None:
    key = private_store().put(PAPER, "pdf")
    for number, kind in enumerate(required_documents(6)):
        row = {
            "id": product_id * 10 + number, "product_id": product_id, "kind": kind, "key": key, "filename": "giay.pdf",
            "media_type": "application/pdf", "size": len(PAPER), "added_at": cast.BEGAN,
        }  # fmt: skip
        db.session.connection().execute(insert(Document), row)


def _second_variant() -> dict[str, object]:
    return {
        "id": 220, "product_id": 22, "unit": "túi", "label": "Túi 1 kg", "net_weight_g": 1000, "shipping_weight_g": 1100,
        "price": Dong(170_000), "on_hand": 4, "position": 1,
    }  # fmt: skip


@db.action
def claimed_certificate(actor: Actor) -> None:
    """A claim (id 21) on Mơ's product 2, with its evidence, waiting to be confirmed."""
    key = private_store().put(PAPER, "pdf")
    values = {**cast._certificate(), "id": 21, "product_id": 2, "stars": 3, "evidence_key": key, "confirmed_at": None}
    db.session.connection().execute(insert(Certificate), values)


NEW_ACCOUNT = PayeeDraft(PayeeKind.PRODUCER, "970436", "0451000998877", "Nguyễn Thị Mơ")


def account_change() -> tuple[str, str]:
    """Mơ asks for another account; the change's key, and the address that stops it."""
    with db.unit():
        change_id = producers.ask_change(
            Actor(ActorKind.PRODUCER, user_id=cast.user_id("Mơ"), on_behalf_of=1), 1, NEW_ACCOUNT
        )
        one = changes.change(change_id)
        assert one is not None
        return one.key, changes.stop_path(one)


def shared_money() -> dict[str, str]:
    """While Mơ was paid through Tín's co-operative, one order of two was cancelled and money came with the old reference.

    The references that hold and that is closed, the doubt, and the invitation that she has now.
    """
    tin = Actor(ActorKind.PRODUCER, user_id=cast.user_id("Tín"), on_behalf_of=2)
    with db.unit():
        cast.paid_into_the_coop(Actor.operator())
    shared, token = place_order(1, 3), place_order(1, 3)
    with db.unit():
        page, whole = payment_queries.group_page(token), payment_queries.group_page(shared)
        assert page is not None
        assert whole is not None
        payments.buyer_tap(Actor.buyer(whole.group_id), whole.payees[0].request_id)
        payments.cancel_by_buyer(Actor.buyer(page.group_id), page.orders[0].order_id)
    with db.unit():
        payments.old_money_seen(tin, page.payees[0].request_id, amount=Dong(150_000))
        doubt = db.session.scalars(select(MoneyDoubt.id).where(MoneyDoubt.source == "transfer")).one()
        [member] = sharing.members(2)
        producers.end_membership(tin, member.row.id)
    with db.unit():
        invited = producers.invite(tin, 2, 1)
    return {
        "kept": whole.payees[0].reference, "closed": page.payees[0].reference, "doubt": str(doubt), "invited": str(invited),
        "anew": token,
    }  # fmt: skip


def sign_in_card() -> str:
    """A card printed for Mơ, as its address says it."""
    with db.unit():
        return accounts.print_card(Actor.operator(), cast.user_id("Mơ"), places=[Place("01", "09955")]).token


def place_order(*variant_ids: int, adult: bool = False) -> str:
    """Lan's order of one each of these variants, delivered within Thạch Thất; its token. Three units of its own."""
    return order_cart(fill_cart(*variant_ids), adult=adult)


def fill_cart(*variant_ids: int) -> str:
    """One each of these variants in a new cart; its token."""
    token: str | None = None
    for variant_id in variant_ids:
        with db.unit():
            token = cart.put(Actor.stranger(), token, variant_id, 1)
    assert token is not None
    return token


def answer_the_way(token: str) -> None:
    """Tell this cart who receives and where, so that every page of the way to ordering can be opened."""
    ways = {"1": Way.SHIP.value, "2": Way.SHIP.value}
    answers = {"name": "Trần Thị Lan", "phone": ORDERER, "place": "01-09955", "street": "Số 5 ngõ 2", "ways": ways}
    with db.unit():
        cart.keep_answers(Actor.stranger(), token, answers)


def order_cart(token: str, *, adult: bool = False, methods: dict[int, Method] | None = None) -> str:
    """Order what lies in this cart."""
    to = Place("01", "09955")
    with db.unit():
        quote = payment_queries.quote(token, to=to, ways={})
        ways = {block.producer_id: Way.SHIP for block in quote.blocks}
        quote = payment_queries.quote(token, to=to, ways=ways)
    checkout = Checkout(
        cart_token=token, buyer_name="Trần Thị Lan", buyer_phone=ORDERER, to=to, ways=ways, expected_total=quote.total,
        consent_version=CONSENT_VERSION, street="Số 5 ngõ 2", adult=adult, seen=quote.seen,
    )  # fmt: skip
    with db.unit():
        return payments.place(Actor.stranger(), checkout, methods)


def report_problem() -> str:
    """A problem somebody reports about Mơ's first product; its key."""
    with db.unit():
        report = Report(kind=ProblemKind.WRONG_TEXT, text="Ảnh không giống hàng.", contact="0900 000 004")
        return cases.report_product(Actor.stranger(), 1, report, address="127.0.0.1")


def report_broken(token: str) -> str:
    """Lan reports that her order came broken, and Mơ has answered; the problem's key."""
    with db.unit():
        page = payment_queries.group_page(token)
        assert page is not None
        report = Report(kind=ProblemKind.BROKEN, text="Hộp bị rách, một gói vỡ.", contact="")
        key = cases.report_order(Actor.buyer(page.group_id), page.orders[0].order_id, report, address="127.0.0.1")
    with db.unit():
        found = case_queries.by_key(key)
        assert found is not None
        mo = Actor(ActorKind.PRODUCER, user_id=cast.user_id("Mơ"), on_behalf_of=1)
        cases.answer(mo, found.id, "Xin lỗi cô, hôm nay cơ sở gửi bù một gói.")
    return key


def saved_address() -> int:
    """Sen keeps an address in her account; its id."""
    sen = Actor(ActorKind.STRANGER, user_id=cast.user_id("Sen"))
    with db.unit():
        return buyers.save_address(sen, Address("Bùi Thị Sen", "+84900000009", Place("01", "09955"), "Số 9 xóm Chùa"))


def money_to_send_back() -> tuple[str, int]:
    """An order that Lan paid for and cancelled: its token, and the id of what Mơ has to send back."""
    token = place_order(2)
    with db.unit():
        page = payment_queries.group_page(token)
        assert page is not None
        payments.buyer_tap(Actor.buyer(page.group_id), page.payees[0].request_id)
    with db.unit():
        payments.cancel_by_buyer(Actor.buyer(page.group_id), page.orders[0].order_id)
    with db.unit():
        after = payment_queries.group_page(token)
        assert after is not None
        return token, after.orders[0].refunds[0].refund_id


@db.action
def application_begun(actor: Actor) -> None:
    """Sen has begun to apply for a stall and left the account for later."""
    sen = Actor(ActorKind.PRODUCER, user_id=cast.user_id("Sen"))
    answers = {
        "kind": "household",
        "name": "Cơ sở chị Sen",
        "province_code": "01",
        "commune_code": "09955",
        "phone": "+84900000009",
    }
    producers.keep_draft(sen, answers)


def hang_pictures() -> None:
    """Real pictures, in every size, on the staged goods and on Mơ's first."""
    with Image.open(PICTURE) as picture:
        made = sizes_of(picture.convert("RGB"), public_store())
    with db.unit():
        catalog.add_illustration(
            Actor.operator(), 1, sizes=made.keys, width=made.width, height=made.height, alt="Đĩa chè lam"
        )
        values = {"sizes": made.keys, "public_key": made.keys["720"]}
        db.session.execute(update(Photo).where(Photo.product_id.in_((21, 22, 23))).values(values))


def card_order() -> str:
    """Lan's order of Tín's miến by card, with its page (row 1) asked for; beside it, a payment that a person has to look at."""
    with db.unit():
        payments.set_card_terms(Actor.operator(), CARD_TERMS)
    token = order_cart(fill_cart(3), methods={2: Method.CARD})
    stray = Seen("cs_stray", "complete", True, 60_000, "vnd", new_reference(), False, "pi_stray", "")
    with db.unit():
        page = payment_queries.group_page(token)
        assert page is not None
        payments.ask_card_page(Actor.buyer(page.group_id), page.payees[0].request_id)
        payments.card_seen(Actor.gateway("stripe"), stray)
    return token


def card_money_to_pay_out() -> int:
    """Mơ's order that was paid by card and delivered five days ago; of her money 20,000 dong were passed on (that payout's id)."""
    token = order_cart(fill_cart(1), methods={1: Method.CARD})
    stripe, mo = Actor.gateway("stripe"), Actor(ActorKind.PRODUCER, user_id=cast.user_id("Mơ"), on_behalf_of=1)
    with db.unit():
        page = payment_queries.group_page(token)
        assert page is not None
        block, order_id = page.payees[0], page.orders[0].order_id
        row_id = payments.ask_card_page(Actor.buyer(page.group_id), block.request_id)
    shown = Seen("cs_mo", "open", False, int(block.due), "vnd", block.reference, False, "", "http://127.0.0.1:9/c")
    with db.unit():
        payments.card_page_opened(stripe, row_id, shown)
        payments.card_seen(stripe, replace(shown, status="complete", paid=True, payment="pi_mo"))
        payments.accept(mo, order_id)
        payments.ready(mo, order_id)
        payments.hand_over(mo, order_id, carrier="Bưu điện")
        payments.delivered(mo, order_id)
        _delivered_long_ago(Actor.operator(), order_id)
    with db.unit():
        payments.pay_out(Actor.operator(), 1, amount=Dong(20_000), key="staged")
        return db.session.scalars(select(Payout.id)).one()


def something_lost() -> None:
    """A transfer that no order explains (finding 1), and a bank that holds 10,000 dong of what was paid to Mơ by card."""
    taken = SeenDispute("dp_mo", "pi_mo", 10_000, DisputeState.OPEN, "fraudulent", clock.now() + timedelta(days=9))
    with db.unit():
        payments.report_transfer(
            Actor.operator(), memo="OCOP 482 109 304 tra tien", amount=Dong(85_000), sender="TRAN THI LAN", key="staged"
        )
        payments.card_dispute_seen(Actor.gateway("stripe"), taken)


def cash_orders() -> str:
    """Two orders of Mơ's that are paid in cash: one on its way (its code), and one of which the carrier took too little."""
    return [_cash_on_the_road(total) for total in (Dong(60_000), None)][1]


def _cash_on_the_road(total: Dong | None) -> str:
    token = order_cart(fill_cart(1), methods={1: Method.COD})
    mo = Actor(ActorKind.PRODUCER, user_id=cast.user_id("Mơ"), on_behalf_of=1)
    with db.unit():
        page = payment_queries.group_page(token)
        assert page is not None
        order = page.orders[0]
    with db.unit():
        payments.accept(mo, order.order_id)
        payments.ready(mo, order.order_id)
        payments.hand_over(mo, order.order_id, carrier="Bưu điện", tracking="EL123456789VN")
        if total:
            payments.cash_collected(mo, order.order_id, total=total)
    return order.code


def opinion_written() -> dict[str, str]:
    """Lan's opinion of the chè lam that was delivered: its id, and the order's token and line."""
    with db.unit():
        order = db.session.scalars(select(Order).where(Order.delivered_at.is_not(None)).order_by(Order.id)).first()
        assert order is not None
        line = db.session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()
        buyer = Actor.buyer(order.group_id)
        said = reviews.write(buyer, line.id, feeling="good", text="Bánh dẻo, thơm gừng.", address="127.0.0.1")
        token = db.session.get_one(OrderGroup, order.group_id).token
        return {"review": str(said), "spoken": token, "line": str(line.id)}


@db.action
def _delivered_long_ago(actor: Actor, order_id: int) -> None:
    moment = clock.now() - timedelta(days=5)
    db.session.execute(update(Order).where(Order.id == order_id).values(delivered_at=moment))


def told_where_back(token: str) -> str:
    """Lan has proved an account for the money that goes back; the code of that order."""
    with db.unit():
        page = payment_queries.group_page(token)
        assert page is not None
        _account_told(Actor.operator(), page.group_id)
        return page.orders[0].code


@db.action
def _account_told(actor: Actor, group_id: int) -> None:
    now = clock.now()
    row = RefundAccount(
        group_id=group_id, bank_bin="970436", account_no="0451000555666", holder="TRAN THI LAN", digest="", code_until=now, sent=1,
        tries=1, asked_at=now, proved_at=now,
    )  # fmt: skip
    db.session.add(row)
