"""What people look for month by month: words that put goods on the home page and under the search box."""

from marketplace.kit.i18n import mark

SEASONS: dict[int, tuple[str, ...]] = {
    1: (mark("bánh chưng"), mark("bánh tét"), mark("hương trầm"), mark("mứt"), mark("kẹo lạc"), mark("giò")),
    2: (mark("chè lam"), mark("bánh phu thê"), mark("hương"), mark("trà sen"), mark("mứt")),
    3: (mark("mật ong"), mark("nước mắm"), mark("chè"), mark("thổ cẩm")),
    4: (mark("mật hoa dừa"), mark("tôm chua"), mark("chiếu"), mark("nón")),
    5: (mark("trà sen"), mark("vải"), mark("quạt"), mark("nước mắm")),
    6: (mark("vải thiều"), mark("quạt"), "sen", mark("miến")),
    7: (mark("sầu riêng"), mark("cà phê"), mark("hạt điều"), mark("nón")),
    8: (mark("cốm"), mark("bánh dẻo"), mark("trà"), mark("nhãn")),
    9: (mark("cốm"), mark("hồng"), mark("bánh gai"), mark("lụa")),
    10: (mark("cốm"), mark("chè lam"), mark("mật ong"), mark("gạo nếp")),
    11: (mark("hồng treo gió"), mark("chè lam"), mark("mật ong"), mark("hương trầm"), mark("gạo"), mark("cà phê")),
    12: (mark("bánh chưng"), mark("hương"), mark("mứt"), mark("miến"), mark("hồng treo gió"), mark("bưởi")),
}
"""Month (1-12) to product words. Kept by hand: crops and feasts, not sales."""


def words_of(month: int) -> tuple[str, ...]:
    """Words of one month, the most sought first."""
    return SEASONS[month]
