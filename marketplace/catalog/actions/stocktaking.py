"""The maker's own changes of stock: more has been made, or the shelf was counted. Orders go through `catalog.stock`."""

from sqlalchemy import update

from marketplace.catalog.actions.owned import editable, priced, variant_of
from marketplace.catalog.models import StockMove, Variant
from marketplace.catalog.rules.goods import MOST_STOCK, read_count
from marketplace.kit import clock, db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import Text, lazy


class TooMuchStock(BadInput):
    """More than a million pieces is a slip of the finger."""

    message = lazy("Số lượng lớn quá. Xem lại giúp con số vừa gõ.")


class CountChanged(BadInput):
    """An order came, or somebody else changed the stock, while the shelf was being counted."""


class HeldByOrders(BadInput):
    """Orders are waiting for more pieces than were counted."""


def _write_move(actor: Actor, variant_id: int, delta: int, reason: str, key: str | None) -> bool:
    """Note why stock changes; False when this page was already sent."""
    values = {
        "variant_id": variant_id, "delta": delta, "reason": reason, "at": clock.now(),
        "actor_user_id": actor.user_id, "key": key,
    }  # fmt: skip
    return db.insert_once(StockMove, values, unique=("key",)) is not None


@db.action
def say_stock(actor: Actor, product_id: int, variant_id: int, *, text: str) -> None:
    """How many there are, while the product is still being written and nobody can order it. Saying it twice is saying it once."""
    editable(actor, product_id)
    variant = variant_of(priced(actor, product_id), variant_id)
    count = read_count(text, field="add")
    _write_move(actor, variant_id, count - variant.on_hand, "said", None)
    variant.on_hand = count


@db.action
def add_stock(actor: Actor, product_id: int, variant_id: int, *, add_text: str, key: str | None = None) -> bool:
    """`n` more pieces lie on the shelf. `key` comes with the page: the same page sent twice adds once (False)."""
    variant = variant_of(priced(actor, product_id), variant_id)
    add = read_count(add_text, field="add", least=1)
    if variant.on_hand + add > MOST_STOCK:
        raise TooMuchStock(field="add")
    page = f"page:{variant_id}:{key[:32]}" if key else None  # a page's own word never meets the keys of orders
    if not _write_move(actor, variant_id, add, "added", page):
        return False
    db.session.execute(
        update(Variant).where(Variant.id == variant_id).values(on_hand=Variant.on_hand + add),
        execution_options={"synchronize_session": False},
    )
    db.session.expire(variant)
    return True


@db.action
def count_stock(actor: Actor, product_id: int, variant_id: int, *, counted_text: str, seen: int) -> None:
    """The shelf holds `counted` pieces, those waiting for orders included, where the page said `seen`.

    Refuses when stock is no longer what the page said (CountChanged) or orders hold more than was counted (HeldByOrders).
    """
    variant = variant_of(priced(actor, product_id), variant_id)
    counted = read_count(counted_text, field="counted")
    if counted < variant.held:
        held: Text = lazy(
            "Đang có %(held)s %(unit)s chờ giao cho đơn đã đặt, nên số đếm được cần từ %(held)s trở lên.",
            held=variant.held,
            unit=variant.unit,
        )
        raise HeldByOrders(held, field="counted")
    won = db.session.execute(
        update(Variant)
        .where(Variant.id == variant_id, Variant.on_hand == seen, Variant.held <= counted)
        .values(on_hand=counted)
        .returning(Variant.id),
        execution_options={"synchronize_session": False},
    ).scalar_one_or_none()
    if won is None:
        raise CountChanged(_changed(seen, variant.on_hand, variant.unit), field="counted")
    _write_move(actor, variant_id, counted - seen, "counted", None)
    db.session.expire(variant)


def _changed(seen: int, now: int, unit: str) -> Text:
    return lazy(
        "Lúc mở trang còn %(seen)s %(unit)s, bây giờ là %(now)s. Đếm lại rồi ghi giúp.", seen=seen, now=now, unit=unit
    )
