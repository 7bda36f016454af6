"""How products are found and put in order; values in, values out."""

from marketplace.search.rules.engine import Reader, Unreadable, Writer
from marketplace.search.rules.grammar import Words, parse
from marketplace.search.rules.query import (
    PRICE_BANDS,
    SORTS,
    FacetCount,
    Found,
    Hint,
    PriceBand,
    Query,
    Sort,
    Suggestion,
    Understood,
)
from marketplace.search.rules.ranking import RANKING

__all__ = [
    "PRICE_BANDS",
    "RANKING",
    "SORTS",
    "FacetCount",
    "Found",
    "Hint",
    "PriceBand",
    "Query",
    "Reader",
    "Sort",
    "Suggestion",
    "Understood",
    "Unreadable",
    "Words",
    "Writer",
    "parse",
]
