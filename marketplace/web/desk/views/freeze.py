"""Freezing the account of a producer on suspicion, and showing it again when another official has looked."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit.errors import AlreadyDecided, BadInput
from marketplace.kit.i18n import _
from marketplace.places import queries as places
from marketplace.producers import actions, queries
from marketplace.producers.models import Payee, Producer
from marketplace.producers.queries import changes, sharing
from marketplace.producers.rules import NothingToChange, may_decide, tail
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.forms.freeze import FreezeForm


@bp.get("/co-so/<key>/khoa")
def account_freeze(key: str) -> Response:
    """What freezing does, whom to call, and the one button that fits."""
    return _page(queries.on_desk(frame.actor(), key), FreezeForm())


@bp.post("/co-so/<key>/khoa")
def freeze_account(key: str) -> AnyResponse:
    """Freeze, or show again."""
    one = queries.on_desk(frame.actor(), key)
    form = FreezeForm.of_request()
    if not form.validate():
        return _page(one, form, status=422)
    try:
        said = _decide(one.id, str(form.verb.data or ""), str(form.reason.data or ""))
    except BadInput as refusal:
        form.refuse(refusal, "reason")
        return _page(queries.on_desk(frame.actor(), key), form, status=422)
    except (AlreadyDecided, NothingToChange) as refusal:
        frame.flash(str(refusal.message), kind="wait")
        return frame.back_to("desk.account_freeze", key=key)
    frame.flash(said)
    return frame.back_to("desk.account_freeze", key=key)


def _decide(producer_id: int, verb: str, reason: str) -> str:
    if verb == "unfreeze":
        actions.unfreeze(frame.actor(), producer_id, reason=reason)
        return _("Đã mở lại. Người mua được báo là chuyển tiền được.")
    actions.freeze(frame.actor(), producer_id, reason=reason)
    return _("Đã khóa: mã QR đã ẩn, người mua được báo chưa chuyển tiền.")


def _page(one: Producer, form: FreezeForm | frame.Form, status: int = 200) -> Response:
    payee = queries.payee_of(one.id)
    return frame.page(
        "desk/account/freeze.html",
        status=status,
        has_errors=status != 200,
        form=form,
        maker=one,
        place=places.label(one.place),
        payee=payee,
        coop=sharing.coop_of(one.id),
        tail=tail(payee.account_no) if payee else "",
        numbers=changes.known_numbers(one),
        may_unfreeze=_may_unfreeze(one.id, payee),
        frozen_by=queries.name_of_user(payee.frozen_by) if payee else "",
    )


def _may_unfreeze(producer_id: int, payee: Payee | None) -> bool:
    return payee is not None and may_decide(frame.actor(), payee.frozen_by, changes.close_to(producer_id))
