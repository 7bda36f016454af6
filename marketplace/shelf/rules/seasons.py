"""What people look for month by month: words that put goods on the home page and under the search box."""

from __future__ import annotations

SEASONS: dict[int, tuple[str, ...]] = {
    1: ("bánh chưng", "bánh tét", "hương trầm", "mứt", "kẹo lạc", "giò"),
    2: ("chè lam", "bánh phu thê", "hương", "trà sen", "mứt"),
    3: ("mật ong", "nước mắm", "chè", "thổ cẩm"),
    4: ("mật hoa dừa", "tôm chua", "chiếu", "nón"),
    5: ("trà sen", "vải", "quạt", "nước mắm"),
    6: ("vải thiều", "quạt", "sen", "miến"),
    7: ("sầu riêng", "cà phê", "hạt điều", "nón"),
    8: ("cốm", "bánh dẻo", "trà", "nhãn"),
    9: ("cốm", "hồng", "bánh gai", "lụa"),
    10: ("cốm", "chè lam", "mật ong", "gạo nếp"),
    11: ("hồng treo gió", "chè lam", "mật ong", "hương trầm", "gạo", "cà phê"),
    12: ("bánh chưng", "hương", "mứt", "miến", "hồng treo gió", "bưởi"),
}
"""Month (1-12) to product words. Kept by hand: crops and feasts, not sales."""


def words_of(month: int) -> tuple[str, ...]:
    """Words of one month, the most sought first."""
    return SEASONS[month]
