"""The review: every cost before the order, and ordering."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts.rules import email_address
from marketplace.delivery.rules import arrival, distance
from marketplace.kit import clock
from marketplace.kit.actor import Actor
from marketplace.kit.edge import language
from marketplace.kit.errors import BadInput, Refused
from marketplace.kit.i18n import _
from marketplace.kit.money import Dong
from marketplace.kit.text import whole
from marketplace.law.rules import CONSENT_VERSION
from marketplace.orders.rules import (
    AdultAnswerNeeded,
    BlockQuote,
    CartChanged,
    Checkout,
    ConsentNeeded,
    Difference,
    NobodyToPay,
    OutOfStock,
    Quote,
    TooMuchForOneTransfer,
    TotalChanged,
    Way,
    read_invoice,
)
from marketplace.payments import actions as payments
from marketplace.payments import queries as payment_queries
from marketplace.payments.rules import CashNotOffered, Method
from marketplace.payments.rules.card import CardNotOffered, CardSumRefused
from marketplace.places import queries as places
from marketplace.places.rules.lines import upper_first
from marketplace.producers import queries as producers
from marketplace.web import frame
from marketplace.web.buying.answers import Answers, kept, offered
from marketplace.web.buying.door import bp, cart_token, keep_cart, remember
from marketplace.web.buying.forms.checkout import ReviewForm
from marketplace.web.buying.paying import Pay, pay
from marketplace.web.buying.views.checkout import away
from marketplace.web.frame.words import day

STRANGER = Actor.stranger()


@bp.get("/dat-hang/xem-lai")
def review() -> AnyResponse:
    """Every line, fee and day, the conditions, and an unticked box."""
    answers = kept()
    offer = offered(answers)
    form = ReviewForm(email=answers.email)
    return away(offer.cart) or _gap(answers, offer) or _page(answers, form, offer=offer)


@bp.post("/dat-hang/xem-lai")
def order_now() -> AnyResponse:
    """ "Đặt hàng". A second press, a reload or another tab finds the same order."""
    if elsewhere := away(problems=False):
        return elsewhere
    answers, form = kept(), ReviewForm.of_request()
    if gap := _gap(answers, offered(answers)):
        return gap
    if not form.validate():
        return _page(answers, form, status=422)
    try:
        token = payments.place(STRANGER, _checkout(answers, form), _methods())
    except (OutOfStock, CartChanged) as refusal:
        return _changed(refusal)
    except (
        TotalChanged,
        NobodyToPay,
        TooMuchForOneTransfer,
        CardNotOffered,
        CardSumRefused,
        CashNotOffered,
    ) as refusal:
        form.consent.data = False
        return _page(answers, form, status=409, refusal=refusal)
    except (ConsentNeeded, AdultAnswerNeeded) as refusal:
        form.refuse(refusal, "consent")
        return _page(answers, form, status=422)
    except BadInput:
        return frame.back_to(f"buying.{answers.missing(offered(answers)) or 'ways'}")
    return _placed(token)


def _placed(token: str) -> AnyResponse:
    response = frame.back_to("buying.order", token=token)
    remember(response, token)
    if cart := cart_token():
        keep_cart(response, cart)
    return response


def _gap(answers: Answers, offer: Quote) -> AnyResponse | None:
    missing = answers.missing(offer)
    return frame.back_to(f"buying.{missing}") if missing else None


def _checkout(answers: Answers, form: ReviewForm) -> Checkout:
    person = frame.viewer()
    return Checkout(
        cart_token=cart_token() or "",
        buyer_name=answers.name,
        buyer_phone=answers.phone,
        to=answers.to,
        ways=answers.ways,
        expected_total=Dong(whole(str(form.total.data or "")) or 0),
        consent_version=str(form.version.data) if form.consent.data else "",
        street="" if answers.pickup else answers.street,
        note=answers.note,
        email=email_address(form.email.data or ""),
        adult=bool(form.adult.data),
        invoice=read_invoice(answers.invoice),
        user_id=person.user_id if person else None,
        seen=str(form.seen.data or ""),
        language=language.spoken(),
    )


def _methods() -> dict[int, Method]:
    """How each stall is paid, as far as the page asked."""
    named = ((name.removeprefix("pay-"), value) for name, value in request.form.items() if name.startswith("pay-"))
    return {
        number: Method(value) for stall, value in named if (number := whole(stall)) is not None and value in set(Method)
    }


def _page(
    answers: Answers,
    form: ReviewForm,
    *,
    status: int = 200,
    refusal: Refused | None = None,
    offer: Quote | None = None,
) -> Response:
    offer = offer or offered(answers)
    form.seen.data, form.total.data, form.version.data = offer.seen, str(int(offer.total)), CONSENT_VERSION
    return frame.page(
        "buying/checkout/review.html",
        status=status,
        form=form,
        has_errors=status == 422,
        offer=offer,
        answers=answers,
        to=places.label(answers.to) if answers.to else "",
        stalls=producers.many(part.producer_id for part in offer.blocks),
        expected={part.producer_id: expected(part, answers) for part in offer.blocks},
        line=places.full_line,
        changes=_changes(refusal),
        refusal=refusal,
        total_changed=isinstance(refusal, TotalChanged),
        pay=_pay(offer),
        chosen=_chosen(offer),
        collects={part.producer_id for part in offer.blocks if part.way is Way.COLLECT},
    )


def _pay(offer: Quote) -> dict[int, list[Pay]]:
    """How each stall may be paid, in words."""
    ways = {part.producer_id: part.way or Way.SHIP for part in offer.blocks}
    found = payment_queries.ways_to_pay(offer)
    return {stall: [pay(method, ways[stall]) for method in methods] for stall, methods in found.items()}


def _chosen(offer: Quote) -> dict[int, Method]:
    """What was chosen, where it can still be: nobody is left without a mark on the page."""
    possible = payment_queries.ways_to_pay(offer)
    return {stall: method for stall, method in _methods().items() if method in possible.get(stall, ())}


def _changes(refusal: Refused | None) -> tuple[Difference, ...]:
    return refusal.changes if isinstance(refusal, TotalChanged) else ()


def expected(part: BlockQuote, answers: Answers) -> str:
    """When it is expected, in words."""
    ordered_on, days = clock.today(), part.block.days_to_make
    origin = next((item.goods.origin for item in part.block.items if item.goods), None)
    if part.way is Way.COLLECT or answers.to is None or origin is None:
        return _("Người bán báo khi hàng sẵn sàng, chừng %(n)s ngày", n=max(days, 1))
    first, last = arrival(ordered_on, days, distance(origin, answers.to))
    if first == last:
        return upper_first(day(first))
    return upper_first(_("%(first)s đến %(last)s", first=day(first), last=day(last)))


def _changed(refusal: OutOfStock | CartChanged) -> Response:
    """Somebody was faster: what is left, and the two ways on. Everything typed is still there."""
    view = offered(kept()).cart
    lines = {item.variant_id: item for item in (*view.items, *view.gone)}
    return frame.page(
        "buying/checkout/changed.html",
        status=409,
        changes=[(change, lines[change.variant_id]) for change in refusal.changes if change.variant_id in lines],
        message=refusal.message,
        path=request.path,
    )
