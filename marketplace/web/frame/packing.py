"""Error pages and forms to be corrected travel compressed too: the extension that packs pages leaves out every other status."""

import brotli
from flask import Flask, Response, request


def install(app: Flask) -> None:
    """Pack what is 400 and above, when the browser takes brotli and nobody packed it before."""

    @app.after_request
    def pack(response: Response) -> Response:
        wanted = response.status_code >= 400 and response.mimetype == "text/html" and not response.is_streamed
        if wanted and "Content-Encoding" not in response.headers:
            response.vary.add("Accept-Encoding")
            if request.accept_encodings["br"]:
                response.set_data(brotli.compress(response.get_data(), quality=4))
                response.headers["Content-Encoding"] = "br"
        return response
