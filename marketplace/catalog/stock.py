"""Stock in Core: hold, take, release, give back. Guarded UPDATEs in id order, so that no two checkouts wait for each other in a circle.

`wanted` is quantity by variant id, summed beforehand. Nobody calls these without having won the order's `stock_state` first.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select, update

from marketplace.catalog.models import StockMove, Variant
from marketplace.kit import clock

Wanted = Mapping[int, int]


def hold(conn: Connection, wanted: Wanted) -> dict[int, int]:
    """Set units aside for an order, all or nothing. Empty when held; else how many are free of each variant that is short."""
    held = {one: quantity for one, quantity in sorted(wanted.items()) if _hold_one(conn, one, quantity)}
    if len(held) == len(wanted):
        return {}
    release(conn, held)
    return _free(conn, [variant_id for variant_id in sorted(wanted) if variant_id not in held])


def take(conn: Connection, wanted: Wanted, *, key: str, user_id: int | None = None) -> None:
    """Held units leave the shelf. `key` names the order, so that a stock move is written once."""
    for variant_id, quantity in sorted(wanted.items()):
        _change(conn, variant_id, on_hand=-quantity, held=-quantity)
        _record(conn, variant_id, -quantity, key=f"{key}:sold:{variant_id}", user_id=user_id)


def release(conn: Connection, wanted: Wanted) -> None:
    """Held units are free again."""
    for variant_id, quantity in sorted(wanted.items()):
        _change(conn, variant_id, on_hand=0, held=-quantity)


def give_back(conn: Connection, wanted: Wanted, *, key: str, user_id: int | None = None) -> None:
    """Units taken for an order that will not be delivered come back to the shelf."""
    for variant_id, quantity in sorted(wanted.items()):
        _change(conn, variant_id, on_hand=quantity, held=0)
        _record(conn, variant_id, quantity, key=f"{key}:returned:{variant_id}", user_id=user_id)


def _hold_one(conn: Connection, variant_id: int, quantity: int) -> bool:
    statement = (
        update(Variant)
        .where(Variant.id == variant_id, Variant.on_hand - Variant.held >= quantity)
        .values(held=Variant.held + quantity)
        .returning(Variant.id)
    )
    return conn.execute(statement).scalar_one_or_none() is not None


def _change(conn: Connection, variant_id: int, *, on_hand: int, held: int) -> None:
    """The CHECK of the table refuses what would break `0 <= held <= on_hand`: then our own books are wrong, nobody's fault."""
    conn.execute(
        update(Variant)
        .where(Variant.id == variant_id)
        .values(on_hand=Variant.on_hand + on_hand, held=Variant.held + held)
        .returning(Variant.id)
    ).scalar_one()


def _record(conn: Connection, variant_id: int, delta: int, *, key: str, user_id: int | None) -> None:
    reason = "sold" if delta < 0 else "returned"
    values = {"variant_id": variant_id, "delta": delta, "reason": reason, "at": clock.now()}
    conn.execute(insert(StockMove).values(**values, actor_user_id=user_id, key=key))


def _free(conn: Connection, variant_ids: list[int]) -> dict[int, int]:
    rows = conn.execute(select(Variant.id, Variant.on_hand - Variant.held).where(Variant.id.in_(variant_ids)))
    known = {row[0]: int(row[1]) for row in rows}
    return {variant_id: known.get(variant_id, 0) for variant_id in variant_ids}
