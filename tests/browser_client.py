"""A test client that behaves like a browser of this market and inspects every page it is given."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.inspection import inspect


class Browser(FlaskClient):
    """Sends what a browser sends from our own pages; `inspects` may be switched off for pages that are not ours."""

    inspects = True

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """One request; a redirect is followed only when asked."""
        headers = dict(kwargs.pop("headers", None) or {})
        headers.setdefault("Sec-Fetch-Site", "same-origin")
        headers.setdefault("Host", "127.0.0.1:5000")
        response = super().open(*args, headers=headers, **kwargs)
        if self.inspects and response.mimetype == "text/html" and response.data:
            inspect(response.get_data(as_text=True), response.request.path, response.status_code)
        return response
