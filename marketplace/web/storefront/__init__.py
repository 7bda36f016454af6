"""The door for strangers: pages that anybody may see and any cache may keep, with nothing personal on them."""

from marketplace.web.storefront.views import (
    age,
    home,
    lists,
    log,
    machines,
    opinions,
    pages,
    places,
    problems,
    product,
    stall,
    suggest,
)
from marketplace.web.storefront.views.door import bp

__all__ = [
    "age",
    "bp",
    "home",
    "lists",
    "log",
    "machines",
    "opinions",
    "pages",
    "places",
    "problems",
    "product",
    "stall",
    "suggest",
]
