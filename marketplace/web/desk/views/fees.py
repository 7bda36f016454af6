"""The published fee table: shown, tried out and changed by an admin."""

from datetime import date, timedelta

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.delivery import actions, queries
from marketplace.delivery.rules import DISTANCE_LABELS, Distance, FeeTable, earliest, further_kg
from marketplace.kit import clock
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import _
from marketplace.kit.money import Dong, show_dong
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.forms.fees import FeesForm
from marketplace.web.frame.forms import query
from marketplace.web.frame.words import short_day


def _admin_only() -> None:
    if not frame.actor().is_admin:
        abort(404)


@bp.get("/phi-giao")
def fees() -> Response:
    """The table that holds; with numbers in the address, what those would cost, changing nothing."""
    _admin_only()
    if "weight" in request.args:
        form = FeesForm(query({"holds_from": short_day(_soonest())} | request.args.to_dict()))
        return _page(form, form.table() if form.validate() else None)
    return _page(_stored(), queries.fees())


@bp.post("/phi-giao")
def change_fees() -> AnyResponse:
    """Show old and new beside each other; publish when that was confirmed."""
    _admin_only()
    form = FeesForm.of_request()
    if not form.validate() or form.holds_from.day is None:
        return _page(form, None, status=422)
    if form.sure.data != form.said and form.holds_from.day >= _soonest():
        return _review(form, form.holds_from.day)
    try:
        actions.set_fees(frame.actor(), form.table(), form.holds_from.day)
    except BadInput as refusal:
        form.refuse(refusal, "same_commune_first")
        return _page(form, None, status=422)
    frame.flash(_("Đã công bố. Đơn đặt từ %(day)s tính theo bảng này.", day=short_day(form.holds_from.day)))
    return frame.back_to("desk.fees")


def _review(form: FeesForm, day: date) -> Response:
    """What changes, from which day, and what costs nothing."""
    old, new = queries.fees(clock.start_of(day + timedelta(days=1))), form.table()
    pairs = [(DISTANCE_LABELS[each], old.row(each), new.row(each)) for each in Distance]
    typed = {name: field.data for name, field in form._fields.items() if name != "sure"}
    back = url_for("desk.fees", **typed)
    free = [label for label, _before, after in pairs if after.first_kg == 0]
    return frame.page(
        "desk/fees_review.html", form=form, pairs=pairs, free=free, day=day, unchanged=old == new, back=back
    )


def _soonest() -> date:
    return earliest(clock.today(), is_first=not queries.any_published())


def _stored() -> FeesForm:
    table = queries.fees()
    values = {
        f"{distance.value}_{part}": show_dong(amount)
        for distance in Distance
        for part, amount in (("first", table.row(distance).first_kg), ("each", table.row(distance).each_kg))
    }
    return FeesForm(query(values | {"weight": "1,5 kg", "holds_from": short_day(_soonest())}))


def _tried(form: FeesForm, table: FeeTable | None) -> list[tuple[object, Dong]]:
    if table is None:
        return []
    try:
        more = further_kg(form.grams())
    except BadInput as refusal:
        form.refuse(refusal, "weight")
        return []
    rows = [(distance, table.row(distance)) for distance in Distance]
    return [(DISTANCE_LABELS[distance], Dong(row.first_kg + row.each_kg * more)) for distance, row in rows]


def _page(form: FeesForm, table: FeeTable | None, status: int = 200) -> Response:
    tried = _tried(form, table)
    rows = [(DISTANCE_LABELS[each], form[f"{each.value}_first"], form[f"{each.value}_each"]) for each in Distance]
    coming, _past = queries.fees_by_day()
    return frame.page(
        "desk/fees.html",
        status=status,
        form=form,
        rows=rows,
        tried=tried,
        since=queries.fees_since(),
        coming=[(each, [(DISTANCE_LABELS[way], each.table.row(way)) for way in Distance]) for each in coming],
        soonest=_soonest(),
    )
