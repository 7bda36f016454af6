"""Headers on every answer. No inline script or style, nothing from elsewhere, nothing kept unless a page says so."""

from flask import Flask, Response, g

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def install(app: Flask) -> None:
    """Set them after every request; a form may also lead to the page where cards are paid.

    `same-origin` keeps the addresses of orders from other sites.
    """

    policy = CSP.replace("form-action 'self'", f"form-action 'self'{app.config['FORM_TARGETS']}")

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        if response.status_code in (301, 302, 303, 307, 308):
            response.set_data(b"")  # the library's own page is English, and no browser shows it
        headers.setdefault("Content-Security-Policy", policy)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=()")
        headers.setdefault("Cache-Control", "no-store")
        headers["X-Request-Id"] = g.get("request_id", "")
        if str(app.config["PUBLIC_URL"]).startswith("https://"):
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response
