"""An official approves while the maker sends another version: on sale is what was read, or what was on sale before."""

import pytest

from marketplace.catalog import actions, queries
from marketplace.kit import db
from marketplace.kit.actor import Actor
from tests import cast, stage
from tests.actors import coordinator, producer
from tests.market import MarketUnderTest
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.xdist_group("races")
PRODUCTS = range(31, 43)
OLD, READ, UNREAD = "Chè lam gừng", "Chè lam đã đọc", "Chè lam chưa ai đọc"


@db.action
def _on_sale(actor: Actor) -> None:
    for product_id in PRODUCTS:
        cast._good({**stage.WAITING, "id": product_id})
        db.session.connection().execute(
            stage.insert(stage.Photo), {**stage._photo(product_id), "key": f"pa{product_id}"}
        )


def _send(maker: Actor, product_id: int, name: str) -> int:
    revision_id = actions.begin_revision(maker, product_id)
    actions.name(maker, revision_id, name)
    actions.submit(maker, revision_id)
    return revision_id


def rewrite(maker: Actor, revision_id: int) -> str:
    """Back from the queue, another name, and sent again."""
    actions.take_back(maker, revision_id)
    actions.name(maker, revision_id, UNREAD)
    actions.submit(maker, revision_id)
    return "rewritten"


def approve(official: Actor, revision_id: int) -> str:
    actions.approve_revision(official, revision_id, seen=1)
    return "approved"


def test_nothing_is_put_on_sale_that_was_not_read(market: MarketUnderTest) -> None:
    with market.unit():
        _on_sale(Actor.operator())
        sent = {product_id: _send(producer("Mơ"), product_id, READ) for product_id in PRODUCTS}
    tasks = []
    for number, revision_id in enumerate(sent.values()):  # dealt out in turn, so that the three meet
        trio = [(rewrite, producer("Mơ")), (approve, coordinator("Hạnh")), (approve, coordinator("Quân"))]
        tasks += [(verb, (who, revision_id)) for verb, who in trio[number % 3 :] + trio[: number % 3]]
    answers = all_at_once(market, tasks)
    assert set(answers) <= {"approved", "rewritten", "AlreadyDecided", "SentAgain"}, answers
    for number, product_id in enumerate(sent):
        mine = answers[number * 3 : number * 3 + 3]
        with market.unit():
            found = queries.product(product_id)
            assert found is not None
            assert found.name == (READ if "approved" in mine else OLD), mine
        assert mine.count("approved") + mine.count("rewritten") == 1, mine
