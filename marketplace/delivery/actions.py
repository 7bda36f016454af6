"""Verbs about delivery."""

from marketplace.delivery.models import FeeTableRow
from marketplace.delivery.queries import fees
from marketplace.delivery.rules import FeeTable
from marketplace.kit import changes, clock, db, trail
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import lazy

MOST_FEE = 1_000_000
"""Dong: above this somebody has typed a zero too many."""


class BadFee(BadInput):
    """A fee that nobody can mean."""

    message = lazy("Phí giao là số tiền từ 0 đến 1.000.000 ₫, ví dụ 25.000.")


@db.action
def set_fees(actor: Actor, table: FeeTable) -> None:
    """Publish a new table for orders placed from now on. Refuses: not an admin (NotAllowed); a fee out of range (BadFee)."""
    actor.require((ActorKind.ADMIN, ActorKind.OPERATOR))
    rows = {"same_commune": table.same_commune, "same_province": table.same_province, "elsewhere": table.elsewhere}
    for name, row in rows.items():
        for part, amount in (("first", row.first_kg), ("each", row.each_kg)):
            if not 0 <= amount <= MOST_FEE:
                raise BadFee(field=f"{name}_{part}")
    if table == fees():
        return
    new = FeeTableRow(effective_at=clock.now(), set_by=actor.user_id)
    for name, row in rows.items():
        setattr(new, f"{name}_first", row.first_kg)
        setattr(new, f"{name}_each", row.each_kg)
    db.session.add(new)
    db.session.flush()
    trail.record(actor, "set_fees", "fee_table", new.id)
    changes.add("fees", new.id)
