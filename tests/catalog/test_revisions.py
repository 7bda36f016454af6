"""Changes to a product on sale: they wait beside it, and come all at once or not at all."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from marketplace.catalog import actions, queries, rules
from marketplace.catalog.actions.deciding import NotComplete, NothingChanged, PapersMissing, PhotosNotReady
from marketplace.catalog.models import Photo, Product, Variant
from marketplace.catalog.rules import ProductState, SentAgain
from marketplace.catalog.rules.states import ChangesApplied, SetInTheProduct
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import AlreadyDecided, BadInput, NotFound, Refused
from marketplace.kit.journal import Change
from marketplace.kit.trail import TrailRow
from marketplace.law.rules import DocumentKind
from marketplace.producers import queries as producers
from marketplace.shelf import queries as shelf
from tests.actors import coordinator, producer
from tests.catalog import corpus
from tests.catalog.test_actions import on_sale, photo_of, stored
from tests.market import MarketUnderTest


def mo() -> Actor:
    return producer("Mơ")


def hanh() -> Actor:
    return coordinator("Hạnh")


def begun(market: MarketUnderTest) -> tuple[int, int]:
    """A product of Mơ's on sale, and its revision, still like it."""
    product_id = on_sale(market)
    with market.unit():
        return product_id, actions.begin_revision(mo(), product_id)


def sent(market: MarketUnderTest, name: str = "Chè lam lạc") -> tuple[int, int]:
    product_id, revision_id = begun(market)
    with market.unit():
        actions.name(mo(), revision_id, name)
        actions.submit(mo(), revision_id)
    return product_id, revision_id


def test_a_revision_waits_while_the_approved_version_stays_on_sale(market: MarketUnderTest) -> None:
    product_id, revision_id = begun(market)
    old = stored(market, product_id)
    with market.unit():
        assert actions.begin_revision(mo(), product_id) == revision_id  # a second press finds the first
        with pytest.raises(NothingChanged):
            actions.submit(mo(), revision_id)
    with market.unit():
        actions.name(mo(), revision_id, "Chè lam lạc")
        actions.answer(mo(), revision_id, "nguon-goc", "Gạo nếp Hải Hậu")
        actions.answer(mo(), revision_id, "khoi-luong", "400 g")
        actions.add_variant(mo(), revision_id, unit="túi", net="1 kg", price="170k", stock="7")
        new = photo_of(revision_id, mo(), corpus.jpeg(800, 600))
        actions.remove_photo(mo(), revision_id, queries.photos(revision_id)[0].id)
        actions.submit(mo(), revision_id)
    market.work()
    with market.unit():
        actions.set_price(mo(), product_id, queries.variants(product_id)[0].id, "130k")  # at once, beside the revision
        said = [str(each) for each in queries.difference(db.session.get_one(Product, revision_id)).sentences]
        page = shelf.product_page(old.slug)
        assert (page.name, len(page.pictures), len(page.options)) == (old.name, 1, 1)  # type: ignore[union-attr]
        key = db.session.get_one(Product, revision_id).key
        assert shelf.product_page(f"x-{key}") is None
        assert [row.id for row in queries.for_producer(1)].count(product_id) == 1
        assert revision_id not in [row.id for row in queries.for_producer(1)]
        assert revision_id in [row.id for row in queries.waiting(hanh())]
    assert said[:2] == ["Tên: “Chè lam gừng” → “Chè lam lạc”", "Nguồn gốc: “Thạch Thất, Hà Nội” → “Gạo nếp Hải Hậu”"]
    assert said[-2:] == ["Ảnh: thêm 1 ảnh mới", "Ảnh: bỏ 1 ảnh đang có"]
    with market.unit():
        actions.approve_revision(hanh(), revision_id, seen=1)
    with market.unit():
        page = shelf.product_page(old.slug)
        assert page.slug == f"che-lam-lac-{old.key}"  # type: ignore[union-attr] # the old address leads to the new one
        found = db.session.get_one(Product, product_id)
        assert (found.name, found.origin, found.state) == ("Chè lam lạc", "Gạo nếp Hải Hậu", ProductState.ON_SALE)
        first, second = queries.variants(product_id)
        assert (first.net_weight_g, first.label, first.price) == (400, "Hộp 400 g", 130_000)
        assert (second.label, second.price, second.on_hand) == ("Túi 1 kg", 170_000, 7)
        assert [photo.id for photo in queries.photos(product_id)] == [new]
        decision = producers.last_decision("product", product_id)
        assert decision is not None
        assert (decision.verb, decision.reason) == (
            "approve_change", "Đổi: Tên, Nguồn gốc, Loại hàng, Thêm một loại, Ảnh.",
        )  # fmt: skip
        assert db.session.scalar(select(func.count()).where(Change.kind == "product", Change.key == product_id))
        assert db.session.scalar(select(TrailRow.note).where(TrailRow.verb == "revised")).startswith(
            "Tên: “Chè lam gừng”"
        )  # type: ignore[union-attr]
        with pytest.raises(ChangesApplied):
            actions.name(mo(), revision_id, "Chè lam vừng")


def test_what_waits_is_decided_as_it_was_read(market: MarketUnderTest) -> None:
    product_id, revision_id = sent(market)
    with market.unit():  # after the official opened the page
        actions.take_back(mo(), revision_id)
        actions.name(mo(), revision_id, "Chè lam chưa ai xem")
    with market.unit(), pytest.raises(AlreadyDecided):
        actions.approve_revision(hanh(), revision_id, seen=1)
    with market.unit():
        actions.submit(mo(), revision_id)
    for verb in (
        lambda: actions.approve_revision(hanh(), revision_id, seen=1),
        lambda: actions.approve_revision(hanh(), revision_id, seen=-1),
        lambda: actions.send_back(hanh(), revision_id, reason="Ảnh mờ.", seen=1),
    ):
        with market.unit(), pytest.raises(SentAgain):
            verb()
    assert stored(market, product_id).name == "Chè lam gừng"
    with market.unit():
        actions.approve_revision(hanh(), revision_id, seen=2)
    with market.unit(), pytest.raises(AlreadyDecided):
        actions.approve_revision(coordinator("Quân"), revision_id, seen=2)
    assert stored(market, product_id).name == "Chè lam chưa ai xem"


def test_the_law_reads_revisions_too(market: MarketUnderTest) -> None:
    product_id, revision_id = begun(market)
    for verb in (
        lambda: actions.name(mo(), revision_id, "Chè lam OCOP 5 sao"),
        lambda: actions.answer(mo(), revision_id, "gioi-thieu", "Chữa ho, chữa viêm họng"),
        lambda: actions.choose_set(mo(), revision_id, 26),
    ):
        with market.unit(), pytest.raises(BadInput):
            verb()
    with market.unit():
        actions.choose_set(mo(), revision_id, 14)
    with market.unit(), pytest.raises(NotComplete):
        actions.submit(mo(), revision_id)
    with market.unit():
        for slug, text in {"do-con": "29 độ", "luu-y": "Người dưới 18 tuổi không uống."}.items():
            actions.answer(mo(), revision_id, slug, text)
        actions.submit(mo(), revision_id)
    with market.unit(), pytest.raises(PapersMissing, match=r"[Rr]ượu|cồn"):
        actions.approve_revision(hanh(), revision_id, seen=1)
    with market.unit():
        [kind] = queries.papers_needed(db.session.get_one(Product, revision_id))
        assert kind is DocumentKind.ALCOHOL_LICENCE
    with market.unit():
        _licence(mo(), revision_id)
        actions.approve_revision(hanh(), revision_id, seen=1)
    with market.unit():
        assert db.session.get_one(Product, product_id).set_no == 14
        assert kind in [document.kind for document in queries.documents(product_id)]  # the paper moved with it


@db.action
def _licence(actor: Actor, product_id: int) -> None:
    """While it waits, as the page of papers lets her."""
    key = queries.documents(product_id)[0].key
    paper = rules.inspect_paper(b"%PDF-1.7\n")
    kind = DocumentKind.ALCOHOL_LICENCE
    actions.add_document(actor, product_id, kind, stored_key=key, filename="phep.pdf", paper=paper, size=10)


def test_a_revision_is_never_on_sale_and_has_no_price_or_stock_of_its_own(market: MarketUnderTest) -> None:
    product_id, revision_id = begun(market)
    with market.unit():
        variant_id = queries.variants(revision_id)[0].id
        assert db.session.get_one(Variant, variant_id).on_hand == 0
    for verb in (
        lambda: actions.set_price(mo(), revision_id, variant_id, "1k"),
        lambda: actions.price(mo(), revision_id, "150k", "hộp"),
        lambda: actions.add_stock(mo(), revision_id, variant_id, add_text="5"),
        lambda: actions.say_stock(mo(), revision_id, variant_id, text="5"),
    ):
        with market.unit(), pytest.raises(SetInTheProduct):
            verb()
    with market.unit(), pytest.raises(NotFound):
        actions.begin_revision(mo(), revision_id)
    with market.unit():
        actions.name(mo(), revision_id, "Chè lam lạc")
        actions.submit(mo(), revision_id)
    for refused in (
        lambda: actions.approve(hanh(), revision_id),
        lambda: actions.pause(mo(), revision_id),
        lambda: actions.resume(mo(), revision_id),
    ):
        with market.unit(), pytest.raises(Refused):
            refused()
    with pytest.raises(IntegrityError), market.unit():
        _force(revision_id)
    assert stored(market, product_id).state is ProductState.ON_SALE


@db.action
def _forced(actor: Actor, revision_id: int) -> None:
    db.locked(Product, revision_id).state = ProductState.ON_SALE


def _force(revision_id: int) -> None:
    _forced(Actor.operator(), revision_id)


def test_a_revision_comes_back_with_its_reason_or_is_dropped_and_the_product_stays(market: MarketUnderTest) -> None:
    product_id, revision_id = sent(market)
    with market.unit():
        actions.send_back(hanh(), revision_id, reason="Tên chưa rõ là hàng gì.", seen=1)
    assert stored(market, revision_id).state is ProductState.RETURNED
    with market.unit():
        decision = producers.last_decision("product", product_id)
        assert decision is not None
        assert decision.verb == "return_change"
        actions.withdraw(mo(), revision_id)
    with market.unit():
        assert queries.open_revision(product_id) is None
        actions.restore(mo(), revision_id)
    assert stored(market, revision_id).state is ProductState.RETURNED
    with market.unit():
        actions.withdraw(mo(), revision_id)
        other = actions.begin_revision(mo(), product_id)
    with market.unit(), pytest.raises(AlreadyDecided):  # one revision at a time
        actions.restore(mo(), revision_id)
    with market.unit():
        actions.withdraw(mo(), product_id)  # the product goes, and what was to change in it
    assert stored(market, other).state is ProductState.WITHDRAWN
    with market.unit():
        assert db.session.get_one(Product, product_id).name == "Chè lam gừng"


def test_files_of_a_waiting_photo_are_kept_and_it_must_be_ready(market: MarketUnderTest) -> None:
    product_id, revision_id = begun(market)
    with market.unit():
        new = photo_of(revision_id, mo(), corpus.jpeg(820, 610))
        actions.first_photo(mo(), revision_id, new)
        actions.submit(mo(), revision_id)
    with market.unit(), pytest.raises(PhotosNotReady):
        actions.approve_revision(hanh(), revision_id, seen=1)
    market.work()
    with market.unit():
        photo = db.session.get_one(Photo, new)
        assert {photo.original_key, photo.public_key} <= queries.file_keys(clock.now() - timedelta(days=30))
        actions.approve_revision(hanh(), revision_id, seen=1)
    with market.unit():
        assert queries.photos(product_id)[0].id == new  # she put it first, and it is
        assert len(queries.photos(product_id)) == 2
