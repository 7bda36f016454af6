"""One account for several stalls: what a co-operative offers, who is in, and a stall's answer."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts.rules.phones import BadPhone, phone_number
from marketplace.kit.errors import BadInput, NotFound, Refused
from marketplace.kit.i18n import Text, _
from marketplace.kit.text import whole
from marketplace.producers import actions, queries
from marketplace.producers.queries import sharing
from marketplace.producers.queries.sharing import Member
from marketplace.producers.rules import ProducerKind, tail
from marketplace.producers.rules.sharing import StallNotFound
from marketplace.web import frame
from marketplace.web.selling import pin
from marketplace.web.selling.door import acting, bp, producer_id
from marketplace.web.selling.forms.sharing import InviteForm


@bp.get("/ban-hang/hop-tac-xa")
def coop() -> Response:
    """Members, invitations, and the question for another one."""
    return _coop(InviteForm())


@bp.post("/ban-hang/hop-tac-xa")
@pin.asked
def invite() -> AnyResponse:
    """Offer to be paid for a stall."""
    only_coops()
    form = InviteForm.of_request()
    try:
        stall = _stall(str(form.stall.data or ""))
        actions.invite(frame.actor(), producer_id(), stall)
    except BadInput as refusal:
        form.refuse(refusal, "stall")
        return _coop(form, 422)
    except Refused as refusal:
        frame.flash(str(refusal.message), kind="wait")
        return frame.back_to("selling.coop")
    frame.flash(_("Đã mời. Gian hàng ấy đồng ý rồi thì cán bộ gọi hỏi lại, đợi đủ 48 giờ."))
    return frame.back_to("selling.coop")


def _stall(text: str) -> int:
    try:
        phone: str | None = phone_number(text)
    except BadPhone:
        phone = None
    found = [one.id for one in sharing.stalls_called(text, phone)]
    if len(found) != 1:
        raise StallNotFound(field="stall")
    return found[0]


@bp.post("/ban-hang/hop-tac-xa/thoi")
@pin.asked
def end_membership() -> AnyResponse:
    """ "Thôi nhận tiền hộ", or an invitation taken back."""
    member_id = whole(request.form.get("thanh-vien", ""))
    if member_id is None or sharing.row(member_id) is None:
        raise NotFound
    actions.end_membership(frame.actor(), member_id)
    frame.flash(_("Đã ghi. Đơn mới của gian hàng ấy trả vào tài khoản riêng của họ."))
    return frame.back_to("selling.coop")


def only_coops() -> None:
    """Refuses: a stall that is no co-operative (NotFound)."""
    if acting().kind is not ProducerKind.COOPERATIVE:
        raise NotFound


def _coop(form: InviteForm | frame.Form, status: int = 200) -> Response:
    only_coops()
    found = sharing.members(producer_id())
    return frame.page(
        "selling/coop/members.html",
        status=status,
        has_errors=status == 422,
        form=form,
        members=[one for one in found if one.row.since],
        invited=[one for one in found if not one.row.since],
    )


@bp.get("/ban-hang/gian-hang/tai-khoan/hop-tac-xa/<int:member_id>")
@pin.asked
def invitation(member_id: int) -> Response:
    """What it means to be paid through this co-operative."""
    return _invitation(_invited(member_id))


@bp.post("/ban-hang/gian-hang/tai-khoan/hop-tac-xa/<int:member_id>")
@pin.asked
def accept_invitation(member_id: int) -> AnyResponse:
    """Ask for it. Nothing changes yet."""
    one = _invited(member_id)
    try:
        actions.ask_to_join(frame.actor(), producer_id(), member_id)
    except Refused as refusal:
        return _invitation(one, refusal.message)
    frame.flash(_("Đã gửi. Cán bộ sẽ gọi số điện thoại đã biết để hỏi lại."))
    return frame.back_to("selling.stall_account")


def _invited(member_id: int) -> Member:
    found = next((one for one in sharing.invitations(producer_id()) if one.row.id == member_id), None)
    if found is None:
        raise NotFound
    return found


def _invitation(one: Member, refused: Text = "") -> Response:
    payee = queries.payee_of(one.stall.id)
    bank = queries.bank(payee.bank_bin) if payee else None
    return frame.page(
        "selling/coop/invitation.html",
        status=409 if refused else 200,
        refused=refused,
        coop=one.stall,
        bank=bank.short if bank else "",
        account=tail(payee.account_no) if payee else "",
        holder=payee.holder if payee else "",
    )
