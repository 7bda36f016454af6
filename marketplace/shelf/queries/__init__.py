"""Reads for the public pages, the cart, the checkout and the search index."""

from marketplace.shelf.queries.cards import cards, not_alcohol, of_producer
from marketplace.shelf.queries.home import newly_recognised, season, story
from marketplace.shelf.queries.index import index_documents, indexable_ids, sitemap
from marketplace.shelf.queries.product import more_like, product_page
from marketplace.shelf.queries.purchase import purchasable
from marketplace.shelf.queries.sale import on_sale
from marketplace.shelf.queries.stall import stall_page
from marketplace.shelf.queries.village import all_villages, busiest, province_counts, village_page, villages_in

__all__ = [
    "all_villages",
    "busiest",
    "cards",
    "index_documents",
    "indexable_ids",
    "more_like",
    "newly_recognised",
    "not_alcohol",
    "of_producer",
    "on_sale",
    "product_page",
    "province_counts",
    "purchasable",
    "season",
    "sitemap",
    "stall_page",
    "story",
    "village_page",
    "villages_in",
]
