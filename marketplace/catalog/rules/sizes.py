"""One picture is stored in several widths; each place takes the one that fits."""

from collections.abc import Mapping


def nearest(sizes: Mapping[str, str], wanted: int) -> str:
    """The smallest stored picture at least `wanted` pixels wide, else the widest; "" when none is stored yet.

    `sizes` maps widths in pixels, written as text, to keys of the public store.
    """
    widths = sorted(int(width) for width in sizes)
    if not widths:
        return ""
    return sizes[str(next((width for width in widths if width >= wanted), widths[-1]))]
