"""A market that takes cards, with a practice Stripe outside it: what buyer, gateway and worker do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import config
from marketplace.kit.actor import Actor, ActorKind
from marketplace.payments import actions
from marketplace.payments.queries import cards
from marketplace.payments.rules import Method
from marketplace.payments.rules.card import Terms
from marketplace.practice import ledger
from marketplace.practice.courier import Courier
from tests import cast
from tests.market import MarketUnderTest
from tests.orders import shop
from tests.practice.stand import KEY, SECRET, Stand, standing

TERMS = Terms("970436", "0011002233445", "DON VI VAN HANH", days=3, offered=True)
BINH = Actor(ActorKind.ADMIN, user_id=cast.user_id("Bình"))


@dataclass
class CardMarket:
    """The market, and the Stripe it speaks to."""

    market: MarketUnderTest
    stand: Stand
    courier: Courier

    def order(self, wants: dict[int, int], *by_card: int) -> shop.Bought:
        """Lan orders; these stalls (or, unsaid, Mơ's) are paid by card."""
        answers = shop.checkout(self.market, shop.fill(self.market, wants))
        methods = dict.fromkeys(by_card or (1,), Method.CARD)
        with self.market.unit():
            token = actions.place(shop.STRANGER, answers, methods)
        return shop.find(self.market, token)

    def page(self, bought: shop.Bought, request_id: int | None = None) -> str:
        """ "Trả bằng thẻ", as the two requests of a browser do it; where to pay."""
        with self.market.unit():
            row_id = actions.ask_card_page(bought.buyer, request_id or bought.request)
        with self.market.unit():
            return actions.open_card_page(row_id)

    def pay(self, bought: shop.Bought, card: str = ledger.PAYS) -> None:
        """Pay, without coming back and before any message."""
        assert self.stand.visit(self.page(bought), card=card)[0] == 303

    def comes_back(self, bought: shop.Bought) -> None:
        """The buyer's browser is sent back."""
        with self.market.unit():
            actions.look_after_return(bought.group_id)

    def hears(self, **how: Any) -> list[int]:
        """Every message arrives, and the worker does what it promised."""
        statuses = self.courier.deliver(**how)
        self.market.work()
        return statuses

    def paid(self, wants: dict[int, int], *by_card: int, card: str = ledger.PAYS) -> shop.Bought:
        """An order that was paid by card."""
        bought = self.order(wants, *by_card)
        self.pay(bought, card)
        self.comes_back(bought)
        return bought

    def cancel(self, bought: shop.Bought, order_id: int | None = None) -> None:
        """What the buyer's page does for "Hủy đơn này"."""
        with self.market.unit():
            actions.close_card_pages(order_id or bought.order)
            actions.cancel_by_buyer(bought.buyer, order_id or bought.order)

    def pages(self) -> list[str]:
        """States of all pages, as we have them."""
        with self.market.unit():
            return [str(page.state) for page in cards.db.session.scalars(cards.select(cards.CardPage)).all()]


@contextmanager
def taking_cards(market: MarketUnderTest, folder: Path) -> Iterator[CardMarket]:
    """Switch cards on, with keys of a practice Stripe of its own."""
    with standing(folder) as stand:
        before = market.app.config["SETTINGS"]
        assert isinstance(before, config.Settings)
        keys = {"stripe_key": KEY, "stripe_webhook_secret": SECRET, "stripe_api": stand.url}
        market.app.config["SETTINGS"] = replace(before, **keys)
        with market.unit():
            actions.set_card_terms(BINH, TERMS)

        def send(body: bytes, signed: str) -> int:
            client = market.client()
            headers = {"Stripe-Signature": signed, "Sec-Fetch-Site": "cross-site"}
            return client.post("/hooks/stripe", data=body, headers=headers).status_code

        try:
            yield CardMarket(market, stand, stand.courier(send))
        finally:
            market.app.config["SETTINGS"] = before
