"""The order's own page: what to do now, the transfers, the parcels. Its address is the key; the personal part needs one more."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts.rules import Wait
from marketplace.cases import queries as cases
from marketplace.cases.rules import KIND_LABELS, STATE_LABELS
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import Text, _
from marketplace.notices.senders import reaches_phones
from marketplace.orders.actions.proving import prove_last_four
from marketplace.orders.queries import owner_of
from marketplace.payments import queries as payments
from marketplace.payments.queries import GroupPage
from marketplace.web import frame
from marketplace.web.buying import shown
from marketplace.web.buying.door import bp, remember, remembered
from marketplace.web.buying.spoken import spoken_of
from marketplace.web.frame.transfers import transfer_picture


def page_of(token: str) -> GroupPage:
    """The checkout at this address. Refuses: none there (NotFound)."""
    found = payments.group_page(token)
    if found is None:
        raise NotFound
    return found


def is_mine(token: str) -> bool:
    """Whether this browser placed the order, has shown the number's last digits, or is signed in where it is kept."""
    return token in remembered() or in_my_account(token)


def in_my_account(token: str) -> bool:
    """Whether whoever is signed in keeps this order in the account."""
    person = frame.viewer()
    return person is not None and owner_of(token) == person.user_id


@bp.get("/don-hang/<token>")
def order(token: str) -> Response:
    """What to do now, in one sentence, on top."""
    return _page(page_of(token))


def _page(found: GroupPage, status: int = 200, wrong: Text = "") -> Response:
    mine = is_mine(found.token)
    return frame.page(
        "buying/order/order.html",
        status=status,
        page=shown.masked(found, mine=mine),
        mine=mine,
        payees=shown.open_first(found),
        to_pay=[block.number for block in found.payees if shown.to_pay(block)],
        receiver=shown.receiver(found.buyer, mine=mine),
        story=shown.story,
        problems=_problems(found) if mine else {},
        keeping=_keeping(found.owner, mine=mine),
        opinions=spoken_of(found) if mine else {},
        tells_account=mine and reaches_phones(),
        wrong=wrong,
        has_errors=bool(wrong),
    )


def _keeping(owner: int | None, *, mine: bool) -> str:
    """What the page offers about an account: to keep the order in it, to take it out, to sign in; nothing to others."""
    if not mine:
        return ""
    person = frame.viewer()
    if person is None:
        return "" if owner else "sign_in"
    return "keep" if owner is None else "let_go" if owner == person.user_id else ""


def _problems(page: GroupPage) -> dict[int, list[tuple[str, Text, Text]]]:
    """Problems by order: key, kind and where each stands."""
    found = cases.of_orders(one.order_id for one in page.orders)
    return {
        order_id: [(one.key, KIND_LABELS[one.kind], STATE_LABELS[one.state]) for one in some]
        for order_id, some in found.items()
    }


@bp.post("/don-hang/<token>/xac-nhan-so")
def prove(token: str) -> AnyResponse:
    """The last four digits of the buyer's number, from another phone."""
    digits = "".join(c for c in request.form.get("digits", "") if c.isdigit())
    answer = prove_last_four(Actor.stranger(), token, digits, address=request.remote_addr or "")
    if answer is True:
        response = frame.back_to("buying.order", token=token)
        remember(response, token)
        return response
    if isinstance(answer, Wait):
        busy = _page(page_of(token), 429, too_many(answer))
        busy.headers["Retry-After"] = str(answer.seconds)
        return busy
    return _page(page_of(token), 422, _("Bốn số này chưa đúng. Ví dụ số 0912 345 678 thì gõ 5678."))


def too_many(answer: Wait) -> str:
    """How long to wait, in words."""
    minutes = -(-answer.seconds // 60)
    return _("Thử quá nhiều lần. Xin đợi %(n)s phút rồi làm lại.", n=minutes)


@bp.get("/don-hang/<token>/qr/<int:number>.png")
def qr_png(token: str, number: int) -> Response:
    """The n-th transfer as a picture to save: banks' apps read it from the phone's album."""
    return transfer_picture(payments.qr_payload(token, number), "png")


@bp.get("/don-hang/<token>/qr/<int:number>.svg")
def qr_svg(token: str, number: int) -> Response:
    """The same, sharp at every size."""
    return transfer_picture(payments.qr_payload(token, number), "svg")
