"""The index beside the market: it follows the log, heals, and is not missed while it is gone."""

import gc
import shutil
from dataclasses import asdict
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, insert, update

from marketplace.catalog.models import Product, Variant
from marketplace.catalog.rules import ProductState
from marketplace.kit import changes, clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.journal import Change
from marketplace.kit.marking import Marking
from marketplace.producers.models import Producer
from marketplace.producers.rules import ProducerState
from marketplace.search import index as engine
from marketplace.search import indexer
from marketplace.search import queries as search
from marketplace.search.directory import writing
from marketplace.search.rules import Query

CHE_LAM, KEO_LAC, MIEN, RUOU = 1, 2, 3, 4
MO, TIN = 1, 2


@pytest.fixture
def shop(market, monkeypatch):
    """The market without what an earlier test left in memory; readers look at once."""
    monkeypatch.setattr(engine, "LOOK_EVERY", 0.0)
    market.app.extensions.pop("search", None)
    return market


@db.action
def _change(actor, statement, *said):
    db.session.execute(statement, execution_options={"synchronize_session": False})
    for kind, key in said:
        changes.add(kind, key)


def change(shop, statement, *said):
    with shop.unit():
        _change(Actor.system("test"), statement, *said)


def follow(shop):
    with shop.app.app_context():
        return indexer.follow()


def find(shop, text="", **filters):
    with shop.unit():
        return search.find(Query(text, **filters))


def test_what_goes_on_sale_is_found_and_what_is_paused_is_not(shop):
    follow(shop)
    assert find(shop, "che lam").ids == (CHE_LAM,)
    change(shop, update(Product).where(Product.id == CHE_LAM).values(state=ProductState.PAUSED), ("product", CHE_LAM))
    assert follow(shop) == 1
    assert find(shop, "che lam").total == 0
    change(shop, update(Product).where(Product.id == CHE_LAM).values(state=ProductState.ON_SALE), ("product", CHE_LAM))
    follow(shop)
    assert find(shop, "che lam").ids == (CHE_LAM,)


def test_a_closed_stall_takes_its_goods_out(shop):
    follow(shop)
    change(shop, update(Producer).where(Producer.id == MO).values(state=ProducerState.PAUSED), ("producer", MO))
    follow(shop)
    assert set(find(shop).ids) == {MIEN, RUOU}


def test_changes_of_other_things_move_the_cursor_only(shop):
    follow(shop)
    change(shop, update(Product).where(Product.id == MIEN).values(sold=1), ("fees", 7))
    assert follow(shop) == 1
    assert follow(shop) == 0


def test_a_price_and_a_stock_follow(shop):
    follow(shop)
    change(shop, update(Variant).where(Variant.product_id == MIEN).values(price=990_000, on_hand=0), ("product", MIEN))
    follow(shop)
    assert find(shop, price="500000-").ids == (MIEN,)
    assert MIEN not in find(shop, in_stock=True).ids


def test_the_first_step_builds_the_index(shop):
    with shop.app.app_context():
        assert not indexer.has_index()
        indexer.follow()
        assert indexer.has_index()
    assert find(shop).complete


def test_a_log_shorter_than_the_cursor_needs_is_answered_with_a_rebuild(shop):
    follow(shop)
    change(
        shop,
        update(Product).where(Product.id == KEO_LAC).values(name="Kẹo dồi"),
        ("product", KEO_LAC),
        ("product", MIEN),
    )
    change(shop, delete(Change).where(Change.key == KEO_LAC))
    follow(shop)
    assert find(shop, "kẹo dồi").ids == (KEO_LAC,)


def test_a_cursor_ahead_of_the_log_is_of_another_state_of_the_database(shop):
    change(shop, update(Product).where(Product.id == MIEN).values(sold=1), ("product", MIEN))
    follow(shop)
    change(shop, update(Product).where(Product.id == KEO_LAC).values(name="Kẹo dồi"))
    change(shop, delete(Change).where(Change.kind == "product", Change.seq > 1))
    follow(shop)
    assert find(shop, "kẹo dồi").ids == (KEO_LAC,)


def test_an_index_of_another_database_is_built_again(shop):
    follow(shop)
    change(shop, update(Marking).values(started_at=clock.now() - timedelta(days=400)))
    with shop.app.app_context():
        assert not indexer.has_index()
        indexer.follow()
        assert indexer.has_index()


def test_nothing_is_done_while_another_process_writes(shop):
    with shop.app.app_context(), writing(indexer.home(), wait=0):
        assert indexer.follow() == 0
        assert not indexer.has_index()


def test_without_an_index_the_database_answers(shop):
    for text in ("che lam", "CHÈ LAM", "Chè"):
        found = find(shop, text)
        assert (found.ids, found.complete) == ((CHE_LAM,), False)
    assert find(shop, "%").total == 0
    assert find(shop, "100% _").total == 0


@pytest.mark.parametrize(
    "filters",
    [
        {}, {"set_no": 14}, {"group": "mi-mien-banh"}, {"group": "khong-co"}, {"klass": "craft"}, {"stars": 4}, {"stars": 5},
        {"province": "01"}, {"province": "15"}, {"commune": "09955"}, {"village": 9}, {"price": "0-50000"},
        {"price": "100000-200000"}, {"price": "500000-"}, {"price": "la"}, {"in_stock": True}, {"exclude_adult": True},
        {"stars": 4, "commune": "09955", "in_stock": True},
    ],
)  # fmt: skip
def test_the_database_and_the_index_filter_alike(shop, filters):
    change(shop, update(Variant).where(Variant.id == KEO_LAC).values(on_hand=0))
    without = find(shop, **filters)
    follow(shop)
    assert set(without.ids) == set(find(shop, **filters).ids)
    assert without.total == find(shop, **filters).total


def test_an_index_removed_while_serving_is_healed(shop):
    follow(shop)
    before = find(shop, "che lam").ids
    shutil.rmtree(shop.folder / "index")
    assert find(shop, "che lam").ids == before
    follow(shop)
    shop.app.extensions.pop("search")
    assert find(shop, "che lam").complete


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves an empty file open
def test_a_damaged_index_is_answered_for_and_healed(shop):
    follow(shop)
    for file in (shop.folder / "index").glob("whoosh-*/*"):
        file.write_bytes(b"?")
    shop.app.extensions.pop("search", None)
    assert find(shop, "che lam").ids == (CHE_LAM,)
    follow(shop)
    assert find(shop, "che lam").complete
    gc.collect()


def test_a_grade_leaves_the_filter_at_midnight_without_a_job(shop):
    follow(shop)
    with time_machine.travel("2028-06-15 23:59:59+07:00", tick=False):
        assert find(shop, stars=4).ids == (CHE_LAM,)
    with time_machine.travel("2028-06-16 00:00:00+07:00", tick=False):
        assert find(shop, stars=4).ids == ()


def test_old_and_new_places_of_a_real_product(shop):
    follow(shop)
    for text in ("đại đồng chè lam", "che lam thach that", "chè lam hà nội"):
        assert find(shop, text).ids[0] == CHE_LAM, text


def suggest(shop, text):
    with shop.unit():
        return [asdict(one) for one in search.suggest(text)]


def test_suggestions_of_every_kind(shop):
    follow(shop)
    assert {
        "kind": "product",
        "label": "Chè lam Đại Đồng",
        "url": "/tim?q=Ch%C3%A8+lam+%C4%90%E1%BA%A1i+%C4%90%E1%BB%93ng",
    } in suggest(shop, "che l")
    assert {"kind": "set", "label": "Mì, miến, bánh", "url": "/danh-muc/mi-mien-banh"} in suggest(shop, "mien")
    assert {"kind": "place", "label": "xã Thạch Thất, Hà Nội", "url": "/noi-lam/xa-thach-that-09955"} in suggest(
        shop, "thach that"
    )


def test_no_drink_is_suggested(shop):
    follow(shop)
    assert not [one for one in suggest(shop, "rượu") if one["kind"] == "product"]


def test_suggestions_do_not_need_the_index(shop):
    assert [one["kind"] for one in suggest(shop, "mien")][:1] == ["set"]


@pytest.mark.parametrize("text", ["", " ", "?", "\x00", "x" * 500])
def test_nothing_to_suggest_is_not_an_error(shop, text):
    assert suggest(shop, text) == []


def test_the_command_builds_and_says_how_many(shop):
    result = shop.app.test_cli_runner().invoke(args=["reindex"])
    assert result.exit_code == 0, result.output
    assert "4 sản phẩm" in result.output
    assert find(shop).total == 4


def test_the_command_says_so_when_another_process_does_not_let_go(shop, monkeypatch):
    monkeypatch.setattr(indexer, "WAIT", 0.1)
    with writing(shop.folder / "index", wait=0):
        result = shop.app.test_cli_runner().invoke(args=["reindex"])
    assert result.exit_code == 1
    assert "Thử lại" in result.output


def test_a_rebuild_takes_in_what_changes_meanwhile(shop):
    def meanwhile(_told):
        change(shop, update(Product).where(Product.id == CHE_LAM).values(name="Chè lam mới"), ("product", CHE_LAM))

    with shop.app.app_context():
        indexer.rebuild(meanwhile)
    follow(shop)
    assert find(shop, '"chè lam mới"').ids == (CHE_LAM,)


def test_a_large_batch_comes_in_steps(shop):
    follow(shop)
    rows = [_another(number) for number in range(10, 340)]
    change(shop, insert(Product).values(rows), *(("product", row["id"]) for row in rows))
    with shop.app.app_context():
        assert indexer.follow(200) == 200
        assert indexer.follow(200) == 130
        assert indexer.follow(200) == 0
    assert find(shop, "mắm").total == 330


def _another(number):
    return {
        "id": number, "key": f"k{number}", "slug": f"mam-k{number}", "producer_id": MO, "name": f"Mắm {number}",
        "name_folded": f"mam {number}", "set_no": 9, "state": ProductState.ON_SALE, "province_code": "01",
        "created_at": clock.now(), "updated_at": clock.now(),
    }  # fmt: skip
