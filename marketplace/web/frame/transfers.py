"""The picture of a transfer, as a bank's app reads it from the screen or from the phone's album."""

from io import BytesIO

from flask import Response, send_file

from marketplace.kit.errors import NotFound
from marketplace.payments import qr

DAY = 86_400


def transfer_picture(payload: str, kind: str) -> Response:
    """A VietQR as `svg` or `png`. Refuses (NotFound): another kind, or nothing to pay.

    Kept for a day in this browser alone: the page names the sum in the address, so another sum is another picture.
    """
    if not payload or kind not in ("png", "svg"):
        raise NotFound
    picture = (
        Response(qr.svg_file(payload), mimetype="image/svg+xml")
        if kind == "svg"
        else send_file(BytesIO(qr.png(payload)), mimetype="image/png")
    )
    picture.headers["Cache-Control"] = f"private, max-age={DAY}, immutable"
    return picture
