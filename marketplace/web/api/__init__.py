"""The public JSON of the market: read only, the same facts as the pages for strangers."""

from marketplace.web.api.views import products
from marketplace.web.api.views.door import bp

__all__ = ["bp", "products"]
