"""Lists of goods: what was searched for, a group or set, a place; and their filters on a page of their own."""

from typing import Any

from flask import Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit import clock
from marketplace.kit.actor import Place
from marketplace.kit.i18n import _, said
from marketplace.kit.text import fold
from marketplace.law.rules import SETS
from marketplace.places import queries as places
from marketplace.search import queries as search
from marketplace.shelf import queries as shelf
from marketplace.shelf.queries.cards import place_text
from marketplace.shelf.rules import GROUPS, HOME_GROUPS, words_of
from marketplace.web import frame
from marketplace.web.frame.age import adult_ok
from marketplace.web.storefront import scopes
from marketplace.web.storefront.forms.filters import Scope, read_filters, word_url
from marketplace.web.storefront.listing import Link, Listing, listing
from marketplace.web.storefront.views.door import absolute, bp, standing

_NOTHING_MORE: dict[str, Any] = {"place": None, "villages": [], "old_names": [], "place_hints": []}


@bp.get("/tim")
def found() -> Response:
    """What was searched for; without words the whole catalogue."""
    return _page(scopes.everything(), place_hints=_places_meant(request.args.get("q", "")))


@bp.get("/danh-muc/")
def groups() -> Response:
    """All groups and the 26 official sets."""
    sets = [(one, f"/danh-muc/{scopes.set_slug(one.no)}") for one in SETS.values()]
    return frame.page(
        "storefront/groups.html",
        groups=GROUPS,
        sets=sets,
        canonical=absolute("/danh-muc/"),
        linked=standing((_("Tất cả nhóm hàng"), "/danh-muc/")),
    )


@bp.get("/danh-muc/<slug>")
def group(slug: str) -> AnyResponse:
    """Goods of a group of sets, or of one official set."""
    scope = scopes.of_group(slug)
    if scope is None:
        abort(404)
    return _page(scope)


@bp.get("/noi-lam/<slug>")
def place(slug: str) -> AnyResponse:
    """Goods made in a province or commune, with its villages and the names it had before."""
    where = places.resolve_slug(slug)
    if where is None:
        abort(404)
    if places.slug(where) != slug:
        return redirect(f"/noi-lam/{places.slug(where)}", 301)
    return _page(scopes.of_place(where), place=where, villages=shelf.villages_in(where), old_names=_old_names(where))


@bp.get("/lang-nghe/<slug>/hang")
def village_goods(slug: str) -> AnyResponse:
    """Everything on sale from one craft village."""
    scope = scopes.of_village(slug)
    if scope is None:
        abort(404)
    return _page(scope)


@bp.get("/bo-loc")
def filters_page() -> AnyResponse:
    """The filters of a list by themselves, for small screens; `o` is the list they belong to."""
    scope = scopes.of_path(request.args.get("o", scopes.EVERYTHING))
    if scope is None:
        abort(404)
    filters = read_filters(scope, request.args)
    answer = search.find(filters.query(per_page=1))
    return frame.page("storefront/filters.html", list=listing(filters, answer, []))


def _old_names(where: Place) -> list[str]:
    """Names the place had before, without the one it still has."""
    today = fold(place_text(where).partition(",")[0])
    return [name for name in places.old_names(where) if fold(name) != today]


def _places_meant(text: str) -> list[tuple[str, str]]:
    """(label, address) of places with exactly the name that was typed: an old commune leads to what it is now."""
    meant = [candidate for candidate in places.find(text, limit=3) if text.strip() and candidate.sure]
    return [
        (choice.label, f"/noi-lam/{places.slug(Place(choice.province_code, choice.commune_code))}")
        for candidate in meant
        for choice in candidate.choices
    ]


def _page(scope: Scope, **context: Any) -> Response:
    filters = read_filters(scope, request.args)
    answer = search.find(filters.query())
    shown = listing(filters, answer, shelf.cards(answer.ids, adult_ok=adult_ok()))
    plain = not (filters.text or filters.chosen or "xep" in filters.values)
    return frame.page(
        "storefront/list.html",
        list=shown,
        headline=headline(shown),
        words=filters.text,
        group=scope.fixed.get("nhom", ""),
        hidden_adult=any(card.hidden for card in shown.cards),
        nearest=_browse() if not shown.cards else [],
        noindex=not plain,
        canonical=absolute(shown.here if plain else scope.path),
        linked=standing((scope.title, scope.path)),
        **(_NOTHING_MORE | context),
    )


def _browse() -> list[Link]:
    """Where to go on when nothing was found: what the season brings, then the groups."""
    words = (Link(said(word), word_url(word), on=False) for word in words_of(clock.today().month)[:3])
    return [*words, *(Link(str(one.label), one.url, on=False) for one in HOME_GROUPS)]


def headline(shown: Listing) -> str:
    """The list in words: `34 sản phẩm cho “chè lam”`."""
    text = shown.found.understood.did_you_mean or shown.filters.text
    if not shown.found.total:
        return _("Chưa có hàng cho “%(text)s”", text=text) if text else _("Chưa có hàng nào")
    if text:
        return _("%(n)s sản phẩm cho “%(text)s”", n=shown.found.total, text=text)
    return shown.filters.scope.title
