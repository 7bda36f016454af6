"""The home page."""

from flask import Response

from marketplace.kit import clock
from marketplace.kit.i18n import _, said
from marketplace.shelf import queries as shelf
from marketplace.shelf.rules import words_of
from marketplace.web import frame
from marketplace.web.storefront import linked_data
from marketplace.web.storefront.forms.filters import word_url
from marketplace.web.storefront.listing import Link
from marketplace.web.storefront.views.door import absolute, bp

WORDS_SHOWN = 3


@bp.get("/")
def home() -> Response:
    """What is in season, what was recognised last, villages, one maker, how buying works."""
    today = clock.today()
    villages, how_many = shelf.busiest()
    return frame.page(
        "storefront/home.html",
        season=shelf.season(today),
        month=today.month,
        words=[Link(said(word), word_url(word), on=False) for word in words_of(today.month)[:WORDS_SHOWN]],
        recognised=shelf.newly_recognised(),
        villages=villages,
        village_count=how_many,
        story=shelf.story(),
        canonical=absolute("/"),
        linked=[linked_data.market(absolute(""), _("Chợ OCOP"))],
    )
