"""The picture of a payload, drawn here: error correction M, no logo, never smaller than 240 pixels (measured to scan after JPEG)."""

import base64
from io import BytesIO

import segno

LEAST = 240
"""Pixels: the smallest edge of a picture that is saved to a phone and read by a bank's app."""

_QUIET_ZONE = 4
_SHARP = 480


def _draw(payload: str) -> segno.QRCode:
    return segno.make(payload, error="m", boost_error=False, micro=False)


def png(payload: str) -> bytes:
    """A PNG of at least 480 pixels: whole modules, so that no edge is blurred."""
    code = _draw(payload)
    modules = code.symbol_size(border=_QUIET_ZONE)[0]
    out = BytesIO()
    code.save(out, kind="png", border=_QUIET_ZONE, scale=-(-_SHARP // modules))
    return out.getvalue()


def svg_file(payload: str) -> bytes:
    """An SVG that scales with its box; black on white whatever the page's colours are."""
    out = BytesIO()
    _draw(payload).save(
        out, kind="svg", border=_QUIET_ZONE, omitsize=True, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return out.getvalue()


def data_address(payload: str) -> str:
    """The SVG as an address for `<img>`, for a secret that must not be asked for by an address of its own."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg_file(payload)).decode()}"
