"""Where transfers go back to: told by the buyer, proved with a code to the telephone of the order."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts.rules import mask_phone
from marketplace.kit.actor import Actor
from marketplace.kit.errors import BadInput, NotFound
from marketplace.kit.i18n import Text, _
from marketplace.notices.senders import reaches_phones
from marketplace.payments import actions
from marketplace.payments.queries import GroupPage
from marketplace.payments.queries.refund_accounts import back_to
from marketplace.payments.rules.refund_account import NoRefundToAwait
from marketplace.web import frame
from marketplace.web.buying.door import bp
from marketplace.web.buying.forms.refund import RefundAccountForm
from marketplace.web.buying.views.moves import ask_who
from marketplace.web.buying.views.order import page_of


def _checkout(token: str) -> GroupPage:
    """The checkout, where a code can be sent at all. Refuses: none there (NotFound)."""
    page = page_of(token)
    if not reaches_phones():
        raise NotFound
    return page


@bp.get("/don-hang/<token>/tai-khoan-hoan")
def refund_account(token: str) -> AnyResponse:
    """Which account, and the code when one was sent."""
    page = _checkout(token)
    return ask_who(token) or _page(page, RefundAccountForm())


@bp.post("/don-hang/<token>/tai-khoan-hoan")
def name_refund_account(token: str) -> AnyResponse:
    """The code goes to the telephone the order was placed with, wherever this page is open."""
    page, form = _checkout(token), RefundAccountForm.of_request()
    if elsewhere := ask_who(token):
        return elsewhere
    try:
        actions.name_refund_account(Actor.buyer(page.group_id), page.group_id, form.draft())
    except BadInput as refusal:
        form.refuse(refusal, "bank")
        return _page(page, form, 422)
    except NoRefundToAwait as refusal:
        frame.flash(str(refusal.message), kind="info")
        return frame.back_to("buying.order", token=token)
    return frame.back_to("buying.refund_account", token=token)


@bp.post("/don-hang/<token>/tai-khoan-hoan/ma")
def prove_refund_account(token: str) -> AnyResponse:
    """The code that came back."""
    page = _checkout(token)
    if elsewhere := ask_who(token):
        return elsewhere
    digits = "".join(c for c in request.form.get("code", "") if c.isascii() and c.isdigit())
    if not actions.prove_refund_account(Actor.buyer(page.group_id), page.group_id, digits):
        return _page(page, RefundAccountForm(), 422, _("Mã chưa đúng hoặc đã hết hạn. Sai 5 lần thì xin mã mới."))
    frame.flash(_("Đã báo người bán tài khoản nhận tiền hoàn."))
    return frame.back_to("buying.order", token=token)


def _page(page: GroupPage, form: frame.Form, status: int = 200, wrong: Text = "") -> Response:
    return frame.page(
        "buying/order/refund_account.html",
        status=status,
        page=page,
        form=form,
        told=back_to(page.group_id),
        phone=mask_phone(page.buyer.phone),
        wrong=wrong,
        has_errors=status == 422,
    )
