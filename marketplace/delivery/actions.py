"""Verbs about delivery."""

from datetime import date, timedelta

from marketplace.delivery.models import FeeTableRow
from marketplace.delivery.queries import any_published, fees
from marketplace.delivery.rules import MOST_AHEAD_DAYS, NOTICE_DAYS, FeeTable, earliest
from marketplace.kit import changes, clock, db, trail
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import lazy

MOST_FEE = 1_000_000
"""Dong: above this somebody has typed a zero too many."""


class BadFee(BadInput):
    """A fee that nobody can mean."""

    message = lazy("Phí giao là số tiền từ 0 đến 1.000.000 ₫, ví dụ 25.000.")


class BadFeeDay(BadInput):
    """Too soon for those who reckon with the old table, or too far away to be meant."""


@db.action
def set_fees(actor: Actor, table: FeeTable, holds_from: date | None = None) -> None:
    """Publish a new table for orders placed from that day on, by default the soonest possible one.

    Refuses: not an admin (NotAllowed); a fee out of range (BadFee); a day without notice, or over a year away (BadFeeDay).
    """
    actor.require((ActorKind.ADMIN, ActorKind.OPERATOR))
    rows = {"same_commune": table.same_commune, "same_province": table.same_province, "elsewhere": table.elsewhere}
    for name, row in rows.items():
        for part, amount in (("first", row.first_kg), ("each", row.each_kg)):
            if not 0 <= amount <= MOST_FEE:
                raise BadFee(field=f"{name}_{part}")
    day = _day(holds_from)
    if table == fees(clock.start_of(day + timedelta(days=1))):
        return
    at = clock.now() if day == clock.today() else clock.start_of(day)
    new = FeeTableRow(effective_at=at, set_by=actor.user_id)
    for name, row in rows.items():
        setattr(new, f"{name}_first", row.first_kg)
        setattr(new, f"{name}_each", row.each_kg)
    db.session.add(new)
    db.session.flush()
    trail.record(actor, "set_fees", "fee_table", new.id)
    changes.add("fees", new.id)


def _day(wanted: date | None) -> date:
    today, is_first = clock.today(), not any_published()
    soonest = earliest(today, is_first=is_first)
    day = wanted or soonest
    if day < soonest:
        said = f"{soonest.day}/{soonest.month}/{soonest.year}"
        text = lazy("Đổi phí phải báo trước ít nhất %(n)s ngày, nên sớm nhất là %(day)s.", n=NOTICE_DAYS, day=said)
        raise BadFeeDay(lazy("Bảng đầu áp dụng sớm nhất từ hôm nay.") if is_first else text, field="holds_from")
    if day > today + timedelta(days=MOST_AHEAD_DAYS):
        raise BadFeeDay(lazy("Ngày này xa quá, ghi một ngày trong vòng một năm."), field="holds_from")
    return day
