"""The picture of a payload, drawn here: error correction M, no logo, never smaller than 240 pixels (measured to scan after JPEG)."""

from io import BytesIO

import segno

LEAST = 240
"""Pixels: the smallest edge of a picture that is saved to a phone and read by a bank's app."""

_QUIET_ZONE = 4
_SHARP = 480


def _draw(payload: str) -> segno.QRCode:
    return segno.make(payload, error="m", boost_error=False, micro=False)


def svg(payload: str, label: str = "") -> str:
    """An inline SVG that scales with its box; black on white whatever the page's colours are."""
    drawn: str = _draw(payload).svg_inline(
        border=_QUIET_ZONE, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None, title=label or None
    )
    return drawn


def png(payload: str) -> bytes:
    """A PNG of at least 480 pixels: whole modules, so that no edge is blurred."""
    code = _draw(payload)
    modules = code.symbol_size(border=_QUIET_ZONE)[0]
    out = BytesIO()
    code.save(out, kind="png", border=_QUIET_ZONE, scale=-(-_SHARP // modules))
    return out.getvalue()


def svg_file(payload: str) -> bytes:
    """The same as a picture of its own, for `<img>`."""
    out = BytesIO()
    _draw(payload).save(
        out, kind="svg", border=_QUIET_ZONE, omitsize=True, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return out.getvalue()
