"""The three pages of questions before the review: who, where, how. Each keeps its answers and goes on."""

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts.rules import person_name, phone_number, show_phone
from marketplace.cart import actions as carts
from marketplace.cart import queries
from marketplace.cart.rules import CartView
from marketplace.kit.actor import Actor
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import _
from marketplace.kit.text import whole
from marketplace.orders import queries as orders
from marketplace.orders.rules import Quote, Way
from marketplace.places import queries as places
from marketplace.producers import queries as producers
from marketplace.web import frame
from marketplace.web.buying.answers import Answers, kept, offered, saved_addresses
from marketplace.web.buying.door import bp, cart_token
from marketplace.web.buying.forms.checkout import AddressForm, RecipientForm, prefilled

STRANGER = Actor.stranger()


def away(view: CartView | None = None, *, problems: bool = True) -> AnyResponse | None:
    """Where to go instead when there is nothing to order: to the order that the cart became, or to the cart.

    With `problems` also when something in it cannot be ordered as it stands; the cart says what.
    """
    view = view or queries.contents(cart_token())
    if view.ordered_token:
        return frame.back_to("buying.order", token=view.ordered_token)
    return frame.back_to("buying.cart") if view.empty or (problems and view.problems) else None


def keep(answers: Mapping[str, Any]) -> None:
    """Remember these answers with the cart."""
    carts.keep_answers(STRANGER, cart_token(), dict(answers))


def onward(step: str) -> AnyResponse:
    """To the next page, or back to the review when that is where "Sửa" was pressed."""
    return redirect(url_for("buying.review" if request.args.get("ve") == "xem-lai" else f"buying.{step}"), 303)


@bp.get("/dat-hang")
def checkout() -> AnyResponse:
    """The first page whose question is open."""
    answers = kept()
    return away() or frame.back_to(f"buying.{answers.missing(offered(answers)) or 'review'}")


@bp.get("/dat-hang/nguoi-nhan")
def recipient() -> AnyResponse:
    """Who gets the parcel?"""
    answers = kept()
    shown = show_phone(answers.phone) if answers.phone else ""
    form = RecipientForm(data={"name": answers.name, "phone": shown, **prefilled(answers.invoice)})
    return away() or _recipient(form)


@bp.post("/dat-hang/nguoi-nhan")
def answer_recipient() -> AnyResponse:
    """Name and phone; for a company what its invoice says."""
    form = RecipientForm.of_request()
    if elsewhere := away():
        return elsewhere
    if not form.validate():
        return _recipient(form, 422)
    known = kept()
    stored = {"place": places.value(known.place), "street": known.street, "email": known.email} if known.place else {}
    before = queries.answers(cart_token())
    keep(
        {
            **({} if before else stored),
            "name": person_name(form.name.data or ""),
            "phone": phone_number(form.phone.data or ""),
            "invoice": form.invoice,
        }
    )
    return onward("address")


def _recipient(form: RecipientForm, status: int = 200) -> Response:
    return frame.page(
        "buying/checkout/recipient.html",
        status=status,
        form=form,
        has_errors=status != 200,
        saved=[(one, places.label(one.place)) for one in saved_addresses()],
    )


@bp.post("/dat-hang/noi-da-luu")
def use_saved() -> AnyResponse:
    """Name, number and place from the account's own book, in one press."""
    person, wanted = frame.viewer(), whole(request.form.get("noi", ""))
    one = orders.address_of_user(person.user_id, wanted) if person and wanted is not None else None
    if one is None:
        raise NotFound
    if elsewhere := away():
        return elsewhere
    place = {"place": places.value(one.place), "street": one.street, "pickup": False}
    keep({"name": one.name, "phone": one.phone, **place})
    return onward("ways")


@bp.get("/dat-hang/noi-nhan")
def address() -> AnyResponse:
    """Where does it go?"""
    answers = kept()
    form = AddressForm(data={"place": answers.place, "street": answers.street, "note": answers.note})
    return away() or _address(form, answers)


@bp.post("/dat-hang/noi-nhan")
def answer_address() -> AnyResponse:
    """Commune, street and a word to the sellers; or the other button: everything is fetched."""
    form = AddressForm.of_request()
    if elsewhere := away():
        return elsewhere
    if request.form.get("pickup"):
        note = {"note": form.note.data or "", "street": form.street.data or ""}
        keep({**note, "pickup": True, "ways": dict.fromkeys(_stalls(), Way.COLLECT.value)})
        return onward("ways")
    if not form.validate() or form.place.data is None:
        return _address(form, kept(), 200 if form.place.asked else 422)
    answers = {"place": places.value(form.place.data), "street": form.street.data, "note": form.note.data or ""}
    keep({**answers, "pickup": False})
    return onward("ways")


def _stalls() -> list[str]:
    return [str(block.producer_id) for block in queries.contents(cart_token()).blocks]


def _address(form: AddressForm, answers: Answers, status: int = 200) -> Response:
    offer = offered(answers)
    return frame.page(
        "buying/checkout/address.html",
        status=status,
        form=form,
        has_errors=status != 200,
        all_collect=all(_possible(part.offers, Way.COLLECT) for part in offer.blocks),
    )


def _possible(offers: Any, way: Way) -> bool:
    return any(one.way is way and one.possible for one in offers)


@bp.get("/dat-hang/cach-giao")
def ways() -> AnyResponse:
    """How does each stall's parcel travel?"""
    answers = kept()
    offer = offered(answers)
    gap = answers.missing(offer)
    if gap in ("recipient", "address"):
        return away(offer.cart) or frame.back_to(f"buying.{gap}")
    return away(offer.cart) or _ways(answers, offer)


@bp.post("/dat-hang/cach-giao")
def answer_ways() -> AnyResponse:
    """One answer per stall; a way that cannot be is asked again."""
    if elsewhere := away():
        return elsewhere
    answers, chosen = kept(), _chosen()
    offer = offered(Answers(place=answers.place, pickup=answers.pickup, ways=chosen))
    wrong = {part.producer_id: _("Xin chọn một cách dùng được.") for part in offer.blocks if part.way is None}
    if wrong:
        return _ways(answers, offer, wrong)
    keep({"ways": {str(part.producer_id): part.way.value for part in offer.blocks if part.way}})
    return frame.back_to("buying.review")


def _chosen() -> dict[int, Way]:
    chosen = {}
    for stall in _stalls():
        value = request.form.get(f"way-{stall}", "")
        if value in set(Way):
            chosen[int(stall)] = Way(value)
    return chosen


def _ways(answers: Answers, offer: Quote, wrong: dict[int, str] | None = None) -> Response:
    return frame.page(
        "buying/checkout/ways.html",
        status=422 if wrong else 200,
        offer=offer,
        wrong=wrong or {},
        has_errors=bool(wrong),
        pickup=answers.pickup,
        to=places.label(answers.place) if answers.place and not answers.pickup else "",
        stalls=producers.many(part.producer_id for part in offer.blocks),
        line=places.full_line,
    )
