"""Compressing answers on the way out, refusals among them: an error page is a page."""

from flask import Response
from flask_compress import Compress


class CompressAll(Compress):
    """Flask-Compress leaves everything but 2xx alone; a 404 in the look of the market is 30 kB of HTML too."""

    def after_request(self, response: Response | None) -> Response:
        """Compress whatever the status; the status itself stays."""
        if response is None or response.status_code < 400:
            return super().after_request(response)
        status = response.status_code
        response.status_code = 200
        try:
            return super().after_request(response)
        finally:
            response.status_code = status
