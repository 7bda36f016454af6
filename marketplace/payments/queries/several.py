"""Several checkouts at once, in short: the orders of one browser."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.kit.actor import Actor
from marketplace.kit.i18n import Text
from marketplace.kit.money import Dong
from marketplace.orders import queries as orders
from marketplace.payments.queries.loading import load
from marketplace.payments.queries.reading import order_view, situation
from marketplace.payments.queries.views import OrderView
from marketplace.payments.rules import group_next


@dataclass(frozen=True, slots=True)
class ShortGroup:
    """One checkout in a list. `next` is what to do now."""

    token: str
    placed_at: datetime
    total: Dong
    next: Text
    orders: Sequence[OrderView]


def groups_in_short(tokens: Iterable[str]) -> list[ShortGroup]:
    """The checkouts at these addresses, newest first; the same number of statements for one and for twenty."""
    groups = orders.groups_by_tokens(tokens)
    loaded = load(orders.orders_of_groups([group.id for group in groups]))
    found = []
    for group in groups:
        mine = [order for order in loaded.orders if order.group_id == group.id]
        views = [order_view(loaded, order, Actor.buyer(group.id)) for order in mine]
        following = group_next([situation(loaded, order) for order in mine])
        total = Dong(sum(view.total for view in views))
        found.append(ShortGroup(group.token, group.placed_at, total, following, views))
    return found
