"""What a buyer's account keeps: the checkouts placed with it, and addresses. Nothing here is needed to buy.

An account is whoever is signed in (`actor.user_id`); what is somebody else's does not exist (404).
"""

from collections.abc import Callable

from sqlalchemy import delete, func, select, update

from marketplace.accounts.models import User
from marketplace.kit import clock, db, trail
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound, NotYours
from marketplace.orders.models import BuyerAddress, OrderGroup
from marketplace.orders.rules.addresses import FORGOTTEN_AFTER, MOST_ADDRESSES, Address, OtherNumber, TooManyAddresses


def _me(actor: Actor) -> int:
    if actor.user_id is None:
        raise NotYours
    return actor.user_id


@db.action
def keep_order(actor: Actor, group_id: int) -> None:
    """Put a checkout into the account of whoever is signed in. Twice is once.

    Refuses: in somebody else's account (NotYours); another telephone than the account's, or one that no code of the
    market has reached yet (OtherNumber).
    """
    user, group = db.locked(User, _me(actor)), db.locked(OrderGroup, group_id)
    if group.user_id == user.id:
        return
    if group.user_id is not None or user.disabled_at is not None:
        raise NotYours
    if user.phone_proved_at is None or group.buyer_phone != user.phone:
        raise OtherNumber
    group.user_id = user.id
    trail.record(actor, "keep_order", "order_group", group_id)


@db.action
def let_order_go(actor: Actor, group_id: int) -> None:
    """Take a checkout out of one's account; the order itself stays as it is. Refuses: not in it (NotYours)."""
    group = db.locked(OrderGroup, group_id)
    if group.user_id != _me(actor):
        raise NotYours
    group.user_id = None
    trail.record(actor, "let_order_go", "order_group", group_id)


@db.action
def leave_orders(actor: Actor, user_id: int) -> None:
    """An account ends: its orders stay, nothing leads from them to it any more, its addresses are erased.

    Refuses: not one's own, unless an admin (NotYours).
    """
    if actor.user_id != user_id and not actor.is_admin:
        raise NotYours
    db.session.execute(
        update(OrderGroup).where(OrderGroup.user_id == user_id).values(user_id=None),
        execution_options={"synchronize_session": False},
    )
    db.session.execute(
        delete(BuyerAddress).where(BuyerAddress.user_id == user_id), execution_options={"synchronize_session": False}
    )


@db.action
def save_address(actor: Actor, address: Address, address_id: int | None = None) -> int:
    """Write down an address, or another in place of one's own; its id. The same address twice is once.

    Refuses: not one's own (NotYours); the book is full (TooManyAddresses).
    """
    user_id = _me(actor)
    db.locked(User, user_id)  # two presses at once wait for each other here
    values = {
        "name": address.name,
        "phone": address.phone,
        "province_code": address.place.province_code,
        "commune_code": address.place.commune_code,
        "street": address.street,
    }
    if address_id is not None:
        row = _mine(user_id, address_id)
        for name, value in values.items():
            setattr(row, name, value)
        return row.id
    same = select(BuyerAddress).filter_by(user_id=user_id, deleted_at=None, **values)
    if row_there := db.session.scalar(same):
        return row_there.id
    kept = select(func.count()).where(BuyerAddress.user_id == user_id, BuyerAddress.deleted_at.is_(None))
    if int(db.session.scalar(kept) or 0) >= MOST_ADDRESSES:
        raise TooManyAddresses
    row = BuyerAddress(user_id=user_id, created_at=clock.now(), **values)
    db.session.add(row)
    db.session.flush()
    return row.id


@db.action
def delete_address(actor: Actor, address_id: int) -> None:
    """Take an address out of the book; for thirty days it can be had back. Twice is once. Refuses: not one's own (NotYours)."""
    row = _mine(_me(actor), address_id)
    row.deleted_at = row.deleted_at or clock.now()


@db.action
def restore_address(actor: Actor, address_id: int) -> None:
    """Have a deleted address back. Refuses: not one's own, erased (NotYours)."""
    _mine(_me(actor), address_id).deleted_at = None


def _mine(user_id: int, address_id: int) -> BuyerAddress:
    try:
        row = db.locked(BuyerAddress, address_id)
    except NotFound:
        raise NotYours from None
    if row.user_id != user_id:
        raise NotYours
    return row


@db.action
def forget_addresses(actor: Actor) -> None:  # noqa: ARG001 - actions take an actor
    """Erase addresses that were deleted thirty days ago."""
    old = BuyerAddress.deleted_at < clock.now() - FORGOTTEN_AFTER
    db.session.execute(delete(BuyerAddress).where(old), execution_options={"synchronize_session": False})


TIMERS: list[tuple[str, int, Callable[[Actor], object]]] = [("forget_addresses", 86400, forget_addresses)]
