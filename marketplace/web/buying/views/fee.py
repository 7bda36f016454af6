"""What delivery of one product to one's own commune costs."""

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.catalog import queries as catalog
from marketplace.delivery import queries as delivery
from marketplace.delivery.rules import Reach, arrival, distance, fee, reaches
from marketplace.kit import clock
from marketplace.kit.actor import Place
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import _
from marketplace.places import queries as places
from marketplace.shelf import queries as shelf
from marketplace.shelf.rules import Purchasable
from marketplace.web import frame
from marketplace.web.buying.door import bp
from marketplace.web.buying.forms.lookup import FeeForm
from marketplace.web.frame.words import day


@bp.get("/phi-giao/<slug>")
def fee_to(slug: str) -> AnyResponse:
    """Where to?"""
    goods = _goods(slug)
    if goods[0].product_slug != slug:
        return redirect(url_for("buying.fee_to", slug=goods[0].product_slug), 301)
    return _page(goods, FeeForm())


@bp.post("/phi-giao/<slug>")
def fee_said(slug: str) -> Response:
    """So much, for one of each size. Nothing is kept."""
    goods, form = _goods(slug), FeeForm.of_request()
    if not form.validate():
        return _page(goods, form, status=200 if form.place.asked else 422)
    return _page(goods, form, to=form.place.data)


def _goods(slug: str) -> list[Purchasable]:
    product = catalog.by_slug(slug)
    found = shelf.purchasable([one.id for one in catalog.variants(product.id)]) if product else {}
    if not found:
        raise NotFound
    return list(found.values())


def _page(goods: list[Purchasable], form: FeeForm, to: Place | None = None, status: int = 200) -> Response:
    first = goods[0]
    fits = to is not None and reaches(Reach(first.reach), first.origin, to)
    return frame.page(
        "buying/lookup/fee.html",
        status=status,
        form=form,
        has_errors=status == 422,
        product=first,
        fees=[(one.variant_label, _fee(one, to)) for one in goods] if fits and to else [],
        to=places.label(to) if to else "",
        days=_days(first, to) if fits and to else "",
        method=request.method,
    )


def _fee(one: Purchasable, to: Place) -> int:
    return fee(delivery.fees(), one.weight_g, one.origin, to)


def _days(one: Purchasable, to: Place) -> str:
    first, last = arrival(clock.today(), one.days_to_make, distance(one.origin, to))
    return day(first) if first == last else _("%(first)s đến %(last)s", first=day(first), last=day(last))
