"""The published fee table: shown, tried out and changed by an admin."""

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.delivery import actions, queries
from marketplace.delivery.rules import DISTANCE_LABELS, Distance, FeeTable, further_kg
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import _
from marketplace.kit.money import Dong, show_dong
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.forms.fees import FeesForm
from marketplace.web.frame.forms import query


def _admin_only() -> None:
    if not frame.actor().is_admin:
        abort(404)


@bp.get("/phi-giao")
def fees() -> Response:
    """The table that holds; with numbers in the address, what those would cost, changing nothing."""
    _admin_only()
    if "weight" in request.args:
        form = FeesForm(query(request.args))
        return _page(form, form.table() if form.validate() else None)
    return _page(_stored(), queries.fees())


@bp.post("/phi-giao")
def change_fees() -> AnyResponse:
    """Publish a new table for orders placed from now on."""
    _admin_only()
    form = FeesForm.of_request()
    if not form.validate():
        return _page(form, None, status=422)
    try:
        actions.set_fees(frame.actor(), form.table())
    except BadInput as refusal:
        form.refuse(refusal, "same_commune_first")
        return _page(form, None, status=422)
    frame.flash(_("Đã đổi phí giao. Đơn đặt từ bây giờ tính theo bảng mới."))
    return frame.back_to("desk.fees")


def _stored() -> FeesForm:
    table = queries.fees()
    values = {
        f"{distance.value}_{part}": show_dong(amount)
        for distance in Distance
        for part, amount in (("first", table.row(distance).first_kg), ("each", table.row(distance).each_kg))
    }
    return FeesForm(query(values | {"weight": "1,5 kg"}))


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
    return frame.page("desk/fees.html", status=status, form=form, rows=rows, tried=tried, since=queries.fees_since())
