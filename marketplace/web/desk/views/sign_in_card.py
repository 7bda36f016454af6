"""Printing a sign-in card for somebody who sells for a verified stall of the area, and voiding it."""

from flask import Response, abort, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import actions
from marketplace.accounts import queries as accounts
from marketplace.accounts.queries.cards import card_is_open, cards_of
from marketplace.accounts.rules import PrintedCard
from marketplace.kit.actor import Place
from marketplace.kit.errors import NotYours, Refused
from marketplace.kit.i18n import _
from marketplace.kit.text import whole
from marketplace.payments import qr
from marketplace.producers import queries as producers
from marketplace.producers.models import Producer
from marketplace.producers.rules import ProducerState
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.views import aloud


@bp.get("/co-so/<key>/the")
def cards(key: str) -> Response:
    """The stall's people, and who has a card that can still be used."""
    one = producers.on_desk(frame.actor(), key)
    members = producers.members(one.id)
    return frame.page(
        "desk/card/list.html",
        producer=one,
        people=list(accounts.people(members).values()),
        cards=cards_of(members),
        open=one.state is ProducerState.ACTIVE,
    )


@bp.post("/co-so/<key>/the")
def print_card(key: str) -> AnyResponse:
    """Make a card and go to the page to print, or void one."""
    one = producers.on_desk(frame.actor(), key)
    user_id = whole(request.form.get("nguoi", ""))
    if user_id is None or user_id not in producers.members(one.id):
        abort(404)
    places = _sells_at(user_id)
    try:
        if request.form.get("viec") == "huy":
            actions.end_card(frame.actor(), user_id, places=places)
            frame.flash(_("Đã hủy thẻ. Quét thẻ đó không vào được nữa."))
            return frame.back_to("desk.cards", key=key)
        printed = actions.print_card(frame.actor(), user_id, places=places)
    except NotYours:
        frame.flash(_("Người này còn bán hàng ở nơi khác. Cán bộ tỉnh in thẻ giúp."), kind="bad")
        return frame.back_to("desk.cards", key=key)
    except Refused as refusal:
        frame.flash(str(refusal.message), kind="bad")
        return frame.back_to("desk.cards", key=key)
    return aloud.carry_card(printed, frame.back_to("desk.card_to_print", key=key))


@bp.get("/co-so/<key>/the/in")
def card_to_print(key: str) -> Response:
    """The card this official has just made on this machine, until it is used or ten minutes have passed."""
    one = producers.on_desk(frame.actor(), key)
    printed = aloud.carried_card()
    until = card_is_open(printed.card_id) if printed else None
    person = accounts.people([printed.user_id]).get(printed.user_id) if printed else None
    if printed is None or until is None or person is None or printed.user_id not in producers.members(one.id):
        return frame.page("desk/card/gone.html", producer=one)
    return frame.page(
        "desk/card/print.html",
        producer=one,
        person=person,
        until=until,
        picture=qr.data_address(_url(printed)),
    )


def _url(printed: PrintedCard) -> str:
    return f"{current_app.config['PUBLIC_URL']}/vao/{printed.token}"


def _sells_at(user_id: int) -> list[Place]:
    """Where all the person's stalls lie: a card opens every one, so each must be in the area. None before one is verified."""
    stalls: list[Producer] = list(producers.for_user(user_id))
    return [one.place for one in stalls] if any(one.state is ProducerState.ACTIVE for one in stalls) else []
