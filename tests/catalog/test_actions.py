"""Verbs of the catalogue on a real database: who may, when, and what it leaves behind."""

import itertools
import threading
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from marketplace.catalog import actions, pictures, queries, rules, stock
from marketplace.catalog.actions.deciding import NotComplete, PapersMissing, PhotosNotReady, ReasonNeeded, StallNotOpen
from marketplace.catalog.actions.photos import TooManyPhotos
from marketplace.catalog.actions.stocktaking import CountChanged, HeldByOrders
from marketplace.catalog.models import Photo, Product, StockMove, Variant
from marketplace.catalog.rules import PhotoState, ProductState
from marketplace.catalog.rules.imported import Goods
from marketplace.catalog.rules.states import NotWhileLive, NotWhileSubmitted, PausedByOffice, TooLateToRestore
from marketplace.delivery.rules import Reach
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.errors import AlreadyDecided, BadInput, NotAllowed, NotYours, Refused
from marketplace.kit.journal import Change
from marketplace.kit.money import Dong
from marketplace.kit.storage import private_store, public_store
from marketplace.law.rules import DocumentKind, required_documents
from marketplace.producers import actions as producer_actions
from marketplace.producers import queries as producer_queries
from marketplace.producers.models import Producer
from marketplace.producers.rules import Reason
from tests.actors import columns, coordinator, producer
from tests.catalog import corpus
from tests.market import MarketUnderTest

MO, TIN = 1, 2
CHE_LAM = 1

ANSWERS = {
    "khoi-luong": "500 g", "can-goi": "600 g", "thanh-phan": "Gạo nếp, mạch nha, lạc, gừng", "nguon-goc": "Thạch Thất, Hà Nội",
    "han-dung": "3 tháng", "bao-quan": "Nơi khô mát", "cach-dung": "Ăn liền", "may-ngay": "2", "giao-den": "country", "den-lay": "co",
}  # fmt: skip


def mo() -> Actor:
    return producer("Mơ")


def tin() -> Actor:
    return producer("Tín")


def photo_of(product_id: int, actor: Actor, content: bytes | None = None) -> int:
    content = content or corpus.jpeg(900, 700)
    key = private_store().put(content, "jpg")
    return actions.add_photo(actor, product_id, original_key=key, picture=rules.inspect_picture(content))


def written(actor: Actor | None = None, *, papers: bool = True, photo: bool = True) -> int:
    """A draft with everything set 6 asks for."""
    actor = actor or mo()
    product_id = actions.draft(actor, actor.on_behalf_of or 0)
    actions.name(actor, product_id, "Chè lam gừng")
    actions.choose_set(actor, product_id, 6)
    actions.price(actor, product_id, "120k", "hộp")
    for slug, text in ANSWERS.items():
        actions.answer(actor, product_id, slug, text)
    if photo:
        photo_of(product_id, actor)
    if papers:
        send_papers(actor, product_id)
    return product_id


def send_papers(actor: Actor, product_id: int) -> None:
    paper = rules.inspect_paper(b"%PDF-1.7\n")
    for kind in required_documents(6):
        key = private_store().put(b"%PDF-1.7\n" + kind.encode(), "pdf")
        actions.add_document(actor, product_id, kind, stored_key=key, filename="giay.pdf", paper=paper, size=10)


def stored(market: MarketUnderTest, product_id: int) -> SimpleNamespace:
    with market.unit():
        return columns(db.session.get(Product, product_id))


def variant(market: MarketUnderTest, product_id: int = CHE_LAM) -> SimpleNamespace:
    with market.unit():
        return columns(queries.variants(product_id)[0])


def submitted(market: MarketUnderTest, **how: Any) -> int:
    with market.unit():
        product_id = written(**how)
        actions.submit(mo(), product_id)
    market.work()
    return product_id


def on_sale(market: MarketUnderTest) -> int:
    product_id = submitted(market)
    with market.unit():
        actions.approve(coordinator("Hạnh"), product_id)
    return product_id


def changed(market: MarketUnderTest, product_id: int) -> int:
    with market.unit():
        found = db.session.scalars(select(Change).where(Change.kind == "product", Change.key == product_id))
        return len(found.all())


# --- writing -----------------------------------------------------------------------------------------------------------


def test_every_screen_is_stored_and_the_address_follows_the_name(market: MarketUnderTest) -> None:
    with market.unit():
        product_id = written()
    row = stored(market, product_id)
    assert (row.name, row.name_folded, row.slug) == ("Chè lam gừng", "che lam gung", f"che-lam-gung-{row.key}")
    assert (row.set_no, row.klass, row.reach, row.collect_ok, row.days_to_make) == (6, "craft", Reach.COUNTRY, True, 2)
    first = variant(market, product_id)
    assert (first.label, first.price, first.net_weight_g, first.shipping_weight_g) == ("Hộp 500 g", 120_000, 500, 600)


def test_a_page_sent_twice_makes_one_draft(market: MarketUnderTest) -> None:
    with market.unit():
        first = actions.draft(mo(), MO, key="abc234")
        assert actions.draft(mo(), MO, key="abc234") == first
        with pytest.raises(NotYours):
            actions.draft(tin(), TIN, key="abc234")


VERBS: dict[str, Callable[[Actor, int], object]] = {
    "name": lambda a, p: actions.name(a, p, "Tên khác"),
    "set": lambda a, p: actions.choose_set(a, p, 7),
    "class": lambda a, p: actions.choose_class(a, p, rules.Klass.FARM),
    "answer": lambda a, p: actions.answer(a, p, "thanh-phan", "Khác"),
    "unit": lambda a, p: actions.price(a, p, "90.000", "túi"),
    "variant": lambda a, p: actions.add_variant(a, p, unit="hộp", net="1 kg", price="200000"),
    "photo": lambda a, p: photo_of(p, a),
    "remove photo": lambda a, p: actions.remove_photo(a, p, queries.photos(p)[0].id),
    "say stock": lambda a, p: actions.say_stock(a, p, queries.variants(p)[0].id, text="5"),
    "submit": actions.submit,
}
AT_ONCE: dict[str, Callable[[Actor, int], object]] = {
    "price": lambda a, p: actions.set_price(a, p, queries.variants(p)[0].id, "90.000"),
    "same unit": lambda a, p: actions.price(a, p, "91.000", queries.variants(p)[0].unit),
    "add": lambda a, p: actions.add_stock(a, p, queries.variants(p)[0].id, add_text="3"),
    "count": lambda a, p: actions.count_stock(
        a, p, queries.variants(p)[0].id, counted_text="7", seen=queries.variants(p)[0].on_hand
    ),
    "order": lambda a, p: actions.order_photos(a, p, []),
}
MAKERS_OWN = {**VERBS, **AT_ONCE, "pause": actions.pause, "withdraw": actions.withdraw, "take back": actions.take_back}


@pytest.mark.parametrize("verb", MAKERS_OWN)
@pytest.mark.parametrize("who", ["Tín", "Lan", "Hạnh"])
def test_nobody_else_touches_her_product(market: MarketUnderTest, verb: str, who: str) -> None:
    product_id = on_sale(market)
    strangers = {
        "Tín": tin(),
        "Lan": Actor(ActorKind.STRANGER, user_id=3),
        "Hạnh": coordinator("Thu"),
    }
    before = stored(market, product_id)
    with market.unit(), pytest.raises(NotYours):
        MAKERS_OWN[verb](strangers[who], product_id)
    assert stored(market, product_id) == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_live_product_refuses_everything_but_price_stock_photo_order_and_pause(
    market: MarketUnderTest, verb: str
) -> None:
    product_id = on_sale(market)
    before = stored(market, product_id)
    with market.unit(), pytest.raises(AlreadyDecided if verb == "submit" else NotWhileLive) as refused:
        VERBS[verb](mo(), product_id)
    assert str(refused.value.message)
    assert stored(market, product_id) == before


@pytest.mark.parametrize("verb", AT_ONCE)
@pytest.mark.parametrize("paused", [False, True])
def test_price_stock_and_photo_order_change_at_once_and_are_announced(
    market: MarketUnderTest, verb: str, paused: bool
) -> None:
    product_id = on_sale(market)
    if paused:
        with market.unit():
            actions.pause(mo(), product_id)
    before = changed(market, product_id)
    with market.unit():
        AT_ONCE[verb](mo(), product_id)
    assert changed(market, product_id) == before + 1


@pytest.mark.parametrize("verb", [*VERBS, *AT_ONCE])
def test_what_waits_for_a_decision_is_not_changed_under_the_reader(market: MarketUnderTest, verb: str) -> None:
    product_id = submitted(market)
    with market.unit(), pytest.raises(AlreadyDecided if verb == "submit" else NotWhileSubmitted):
        (VERBS | AT_ONCE)[verb](mo(), product_id)


def test_forbidden_words_are_refused_in_name_and_label_and_when_the_set_changes(market: MarketUnderTest) -> None:
    with market.unit():
        product_id = written()
    for verb in (
        lambda: actions.name(mo(), product_id, "Chè lam OCOP 4 sao"),
        lambda: actions.add_variant(mo(), product_id, unit="hộp", net="1 kg", price="200000", label="Hộp 5 sao"),
        lambda: actions.answer(mo(), product_id, "gioi-thieu", "Chữa khỏi đau dạ dày"),
    ):
        with market.unit(), pytest.raises(BadInput):
            verb()


def test_two_variants_have_two_names_and_the_last_one_stays(market: MarketUnderTest) -> None:
    with market.unit():
        product_id = written()
        second = actions.add_variant(mo(), product_id, unit="hộp", net="1 kg", price="200000", stock="4")
    with market.unit(), pytest.raises(BadInput):
        actions.add_variant(mo(), product_id, unit="hộp", net="1000 g", price="210000")
    with market.unit():
        assert [(v.label, v.on_hand) for v in queries.variants(product_id)] == [("Hộp 500 g", 0), ("Hộp 1 kg", 4)]
        actions.remove_variant(mo(), product_id, second)
    with market.unit(), pytest.raises(BadInput):
        actions.remove_variant(mo(), product_id, queries.variants(product_id)[0].id)
    with market.unit():
        actions.restore_variant(mo(), product_id, second)
        assert len(queries.variants(product_id)) == 2


# --- deciding ----------------------------------------------------------------------------------------------------------


def test_a_product_with_an_open_question_is_not_sent_and_the_field_is_named(market: MarketUnderTest) -> None:
    with market.unit():
        product_id = written(photo=False)
    with market.unit(), pytest.raises(NotComplete) as refused:
        actions.submit(mo(), product_id)
    assert refused.value.field == "photo"


def test_approval_puts_it_on_sale_and_is_announced_and_logged(market: MarketUnderTest) -> None:
    product_id = on_sale(market)
    row = stored(market, product_id)
    assert row.state is ProductState.ON_SALE
    assert row.approved_at is not None
    assert changed(market, product_id) >= 1
    with market.unit():
        decision = producer_queries.last_decision("product", product_id)
        assert decision is not None
        assert (decision.verb, decision.office) == ("approve", "UBND xã Thạch Thất")


def test_only_the_area_decides_and_only_once(market: MarketUnderTest) -> None:
    product_id = submitted(market)
    for stranger in (coordinator("Thu"), mo(), Actor.stranger(), Actor.system("x")):
        with market.unit(), pytest.raises(NotYours):
            actions.approve(stranger, product_id)
        with market.unit(), pytest.raises(NotYours):
            actions.send_back(stranger, product_id, reason="Không")
    with market.unit():
        actions.approve(coordinator("Quân"), product_id)
    for verb in (
        lambda: actions.approve(coordinator("Hạnh"), product_id),
        lambda: actions.send_back(coordinator("Hạnh"), product_id, reason="Muộn"),
    ):
        with market.unit(), pytest.raises(AlreadyDecided):
            verb()


@pytest.mark.parametrize("kind", required_documents(6))
def test_each_required_paper_keeps_it_from_being_approved_until_sent(
    market: MarketUnderTest, kind: DocumentKind
) -> None:
    with market.unit():
        product_id = written()
        paper = next(d for d in queries.documents(product_id) if d.kind is kind)
        actions.remove_document(mo(), product_id, paper.id)
        actions.submit(mo(), product_id)
    market.work()
    with market.unit(), pytest.raises(PapersMissing):
        actions.approve(coordinator("Hạnh"), product_id)
    with market.unit():
        send_papers(mo(), product_id)
        actions.approve(coordinator("Hạnh"), product_id)


def test_a_photo_nobody_has_looked_at_keeps_it_from_being_approved(market: MarketUnderTest) -> None:
    with market.unit():
        product_id = written()
        actions.submit(mo(), product_id)
    with market.unit(), pytest.raises(PhotosNotReady):
        actions.approve(coordinator("Hạnh"), product_id)
    market.work()
    with market.unit():
        actions.approve(coordinator("Hạnh"), product_id)


def test_a_product_of_a_closed_stall_is_not_approved(market: MarketUnderTest) -> None:
    product_id = submitted(market)
    with market.unit():
        producer_actions.pause(coordinator("Hạnh"), MO, reason="Kiểm tra")
    with market.unit(), pytest.raises(StallNotOpen):
        actions.approve(coordinator("Hạnh"), product_id)


def test_it_comes_back_with_a_reason_and_the_field_and_is_sent_again(market: MarketUnderTest) -> None:
    product_id = submitted(market)
    with market.unit(), pytest.raises(ReasonNeeded):
        actions.send_back(coordinator("Hạnh"), product_id, reason=" ")
    with market.unit():
        actions.send_back(
            coordinator("Hạnh"),
            product_id,
            reason="Ảnh mờ.",
            points=[Reason("photo", "Ảnh mờ.")],
            message="Chụp ban ngày.",
        )
    row = stored(market, product_id)
    assert (row.state, row.returned_reason, row.returned_points) == (
        ProductState.RETURNED,
        "Ảnh mờ. Chụp ban ngày.",
        [{"field": "photo", "text": "Ảnh mờ."}, {"field": "", "text": "Chụp ban ngày."}],
    )
    with market.unit():
        actions.submit(mo(), product_id)
    assert stored(market, product_id).returned_reason == ""


def test_what_an_official_paused_only_an_official_resumes(market: MarketUnderTest) -> None:
    product_id = on_sale(market)
    with market.unit():
        actions.pause(mo(), product_id)
    with market.unit(), pytest.raises(ReasonNeeded):
        actions.pause(coordinator("Hạnh"), product_id)
    with market.unit():
        actions.pause(coordinator("Hạnh"), product_id, reason="Có người báo")
    with market.unit(), pytest.raises(PausedByOffice):
        actions.resume(mo(), product_id)
    with market.unit():
        actions.withdraw(mo(), product_id)
        actions.restore(mo(), product_id)
    with market.unit(), pytest.raises(PausedByOffice):
        actions.resume(mo(), product_id)
    with market.unit():
        actions.resume(coordinator("Hạnh"), product_id)
    assert stored(market, product_id).state is ProductState.ON_SALE


def test_a_deleted_product_comes_back_within_thirty_days(market: MarketUnderTest) -> None:
    product_id = on_sale(market)
    with market.unit():
        actions.withdraw(mo(), product_id)
    assert stored(market, product_id).state is ProductState.WITHDRAWN
    with time_machine.travel(clock.now() + timedelta(days=29), tick=False), market.unit():
        actions.restore(mo(), product_id)
    assert stored(market, product_id).state is ProductState.ON_SALE
    with market.unit():
        actions.withdraw(mo(), product_id)
    with (
        time_machine.travel(clock.now() + timedelta(days=31), tick=False),
        market.unit(),
        pytest.raises(TooLateToRestore),
    ):
        actions.restore(mo(), product_id)


# --- stock -------------------------------------------------------------------------------------------------------------


def test_the_same_page_sent_twice_adds_once(market: MarketUnderTest) -> None:
    before = variant(market)
    with market.unit():
        assert actions.add_stock(mo(), CHE_LAM, before.id, add_text="10", key="trang-1")
    with market.unit():
        assert not actions.add_stock(mo(), CHE_LAM, before.id, add_text="10", key="trang-1")
        assert actions.add_stock(mo(), CHE_LAM, before.id, add_text="10", key="trang-2")
    assert variant(market).on_hand == before.on_hand + 20


def test_a_count_counts_only_against_what_the_page_said(market: MarketUnderTest) -> None:
    before = variant(market)
    with market.unit(), pytest.raises(CountChanged) as refused:
        actions.count_stock(mo(), CHE_LAM, before.id, counted_text="5", seen=before.on_hand - 1)
    assert str(before.on_hand) in str(refused.value.message)
    with market.unit():
        actions.count_stock(mo(), CHE_LAM, before.id, counted_text="5", seen=before.on_hand)
    assert variant(market).on_hand == 5
    with market.unit():
        move = db.session.scalars(select(StockMove).order_by(StockMove.id.desc()).limit(1)).one()
        assert (move.delta, move.reason) == (5 - before.on_hand, "counted")


def test_a_count_below_what_orders_hold_is_refused(market: MarketUnderTest) -> None:
    before = variant(market)

    @db.action
    def hold() -> None:
        db.locked(Variant, before.id).held = 4

    with market.unit():
        hold()
    with market.unit(), pytest.raises(HeldByOrders):
        actions.count_stock(mo(), CHE_LAM, before.id, counted_text="3", seen=before.on_hand)
    with market.unit():
        actions.count_stock(mo(), CHE_LAM, before.id, counted_text="4", seen=before.on_hand)
    assert variant(market).on_hand == 4


# --- photos and papers -------------------------------------------------------------------------------------------------


def test_a_photo_is_decoded_by_the_worker_once_however_often_it_is_asked(market: MarketUnderTest) -> None:
    with market.unit():
        product_id = written(photo=False)
        photo_id = photo_of(product_id, mo())
        assert photo_of(product_id, mo()) == photo_id
    assert market.work() >= 1
    with market.app.app_context():
        pictures.decode_photo({"photo_id": photo_id}, "again")
    with market.unit():
        photo = db.session.get(Photo, photo_id)
        assert photo is not None
        assert (photo.state, photo.width, photo.height) == (PhotoState.READY, 900, 700)
        assert all(public_store().path(key).exists() for key in photo.sizes.values())


@pytest.mark.parametrize("name", corpus.REFUSED_LATE)
def test_a_late_refusal_stands_on_the_photo_with_its_reason(market: MarketUnderTest, name: str) -> None:
    with market.unit():
        product_id = written(photo=False)
        photo_id = photo_of(product_id, mo(), corpus.REFUSED_LATE[name]())
    market.work()
    with market.unit():
        photo = db.session.get(Photo, photo_id)
        assert photo is not None
        assert photo.state is PhotoState.REFUSED
        assert "chụp lại" in photo.reason
    with market.unit(), pytest.raises(NotComplete):
        actions.submit(mo(), product_id)


def test_a_removed_photo_comes_back_and_nine_are_too_many(market: MarketUnderTest) -> None:
    with market.unit():
        product_id = written(photo=False)
        ids = [photo_of(product_id, mo(), corpus.jpeg(300 + n, 300)) for n in range(8)]
    with market.unit(), pytest.raises(TooManyPhotos):
        photo_of(product_id, mo(), corpus.jpeg(400, 300))
    with market.unit():
        actions.remove_photo(mo(), product_id, ids[0])
        photo_of(product_id, mo(), corpus.jpeg(400, 300))
    with market.unit(), pytest.raises(TooManyPhotos):
        actions.restore_photo(mo(), product_id, ids[0])
    with market.unit():
        actions.remove_photo(mo(), product_id, ids[1])
        actions.restore_photo(mo(), product_id, ids[0])
        actions.order_photos(mo(), product_id, [ids[5], ids[0]])
        assert [photo.id for photo in queries.photos(product_id)][:2] == [ids[5], ids[0]]


# --- import ------------------------------------------------------------------------------------------------------------

ROW = Goods(
    name="Bánh gai Ninh Giang",
    set_no=6,
    place=Place("01", "09955"),
    unit="chiếc",
    price=Dong(10_000),
    stock=5,
    external_id="77",
)


def test_a_row_is_imported_once_by_its_own_id_or_by_name_and_unit(market: MarketUnderTest) -> None:
    no_id = Goods(**{**ROW.__dict__, "external_id": None, "name": "BÁNH GAI ninh giang"})
    with market.unit():
        first = actions.import_product(Actor.operator(), MO, ROW)
        assert first is not None
        assert actions.import_product(Actor.operator(), MO, ROW) is None
        assert actions.import_product(Actor.operator(), MO, no_id) is None
        assert actions.import_product(Actor.operator(), TIN, no_id) is not None
    assert stored(market, first).state is ProductState.DRAFT


@pytest.mark.parametrize(
    ("set_no", "is_sample", "live"), [(6, False, True), (14, False, False), (22, False, True), (14, True, True)]
)
def test_an_import_of_a_drink_without_its_licence_stays_a_draft(
    market: MarketUnderTest, set_no: int, is_sample: bool, live: bool
) -> None:
    row = Goods(**{**ROW.__dict__, "set_no": set_no, "is_sample": is_sample, "on_sale": True})
    with market.unit():
        product_id = actions.import_product(Actor.operator(), MO, row)
    assert product_id is not None
    assert (stored(market, product_id).state is ProductState.ON_SALE) is live
    assert (row.why_draft is None) is live


def test_an_import_goes_on_sale_only_when_told_and_priced(market: MarketUnderTest) -> None:
    cases = itertools.product((True, False), (None, Dong(9_000)))
    for number, (wanted, price) in enumerate(cases):
        row = Goods(**{**ROW.__dict__, "set_no": 22, "external_id": f"n{number}", "on_sale": wanted, "price": price})
        with market.unit():
            product_id = actions.import_product(Actor.operator(), MO, row)
        assert product_id is not None
        expected = ProductState.ON_SALE if wanted and price else ProductState.DRAFT
        assert stored(market, product_id).state is expected


def test_only_the_operator_imports_and_forbidden_words_are_refused_there_too(market: MarketUnderTest) -> None:
    with market.unit(), pytest.raises(NotAllowed):
        actions.import_product(mo(), MO, ROW)
    bad = Goods(**{**ROW.__dict__, "name": "Bánh gai OCOP 5 sao"})
    with market.unit(), pytest.raises(Refused):
        actions.import_product(Actor.operator(), MO, bad)


def test_a_draft_waits_where_the_stall_is_now(market: MarketUnderTest) -> None:
    with market.unit():
        product_id = written()

    @db.action
    def move_house() -> None:
        db.locked(Producer, MO).commune_code = "10003"

    with market.unit():
        move_house()
        actions.submit(mo(), product_id)
    assert stored(market, product_id).commune_code == "10003"
    with market.unit(), pytest.raises(NotYours):
        actions.approve(coordinator("Hạnh"), product_id)


def test_counting_while_orders_come_never_loses_what_they_hold(market: MarketUnderTest) -> None:
    start, failures = variant(market), []

    @db.action
    def order_one() -> None:
        assert stock.hold(db.session.connection(), {start.id: 1}) == {}

    def count() -> None:
        actions.count_stock(mo(), CHE_LAM, start.id, counted_text=str(start.on_hand + 5), seen=start.on_hand)

    def run(verb: Callable[[], object]) -> None:
        try:
            with market.unit():
                verb()
        except CountChanged:
            failures.append("đếm lại")

    threads = [threading.Thread(target=run, args=(verb,)) for verb in [order_one, count] * 5]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = variant(market)
    assert (after.held, after.on_hand, len(failures)) == (5, start.on_hand + 5, 4)


@pytest.mark.parametrize("key", ["moi", "da-xoa", "../etc", "", "abcdefgh", "ABCDEF", "abc 23", "ñandúé"])
def test_only_a_key_of_ours_becomes_an_address(market: MarketUnderTest, key: str) -> None:
    with market.unit():
        product_id = actions.draft(mo(), MO, key=key)
    assert stored(market, product_id).key != key


def test_a_page_cannot_use_the_word_of_an_order(market: MarketUnderTest) -> None:
    first = variant(market)

    @db.action
    def sell() -> None:
        connection = db.session.connection()
        assert stock.hold(connection, {first.id: 1}) == {}
        stock.take(connection, {first.id: 1}, key="order:77")

    with market.unit():
        assert actions.add_stock(mo(), CHE_LAM, first.id, add_text="1", key=f"order:77:sold:{first.id}")
    with market.unit():
        sell()
    assert variant(market).on_hand == first.on_hand
