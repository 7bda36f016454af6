"""The 6 groups and 26 product sets of the OCOP programme (QĐ 26/2026/QĐ-TTg, Phụ lục I)."""

from dataclasses import dataclass

from marketplace.kit.i18n import mark

ADULT_AGE = 18
"""Nobody younger is sold an alcoholic drink (Luật 44/2019/QH14)."""

ALCOHOL_SETS = frozenset({14, 15})
HERBAL_SETS = frozenset({18, 19, 20})
LIVING_SETS = frozenset({23, 24, 25})
TOURISM_SETS = frozenset({26})


@dataclass(frozen=True, slots=True)
class Group:
    """One of the six groups, numbered as the decision numbers them."""

    no: int
    roman: str
    name: str


@dataclass(frozen=True, slots=True)
class ProductSet:
    """One official set. `short` and `example` are everyday words; `klass_default` is "farm" or "craft"."""

    no: int
    name: str
    group: int
    klass_default: str
    short: str
    example: str


GROUPS: dict[int, Group] = {
    group.no: group
    for group in (
        Group(1, "I", mark("Thực phẩm")),
        Group(2, "II", mark("Đồ uống")),
        Group(3, "III", mark("Dược liệu và sản phẩm từ dược liệu")),
        Group(4, "IV", mark("Hàng thủ công mỹ nghệ")),
        Group(5, "V", mark("Sinh vật cảnh")),
        Group(6, "VI", mark("Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch")),
    )
}

_PROCESSED_MEAT = mark(
    "Chế biến từ thịt, thủy sản, trứng, sữa, các sản phẩm từ mật ong, mật khác và nông sản thực phẩm khác"
)

SETS: dict[int, ProductSet] = {
    one.no: one
    for one in (
        ProductSet(
            1,
            mark("Rau, củ, quả, hạt tươi"),
            1,
            "farm",
            mark("Rau, củ, quả tươi"),
            mark("bưởi, cam, rau cải, khoai, lạc tươi"),
        ),
        ProductSet(
            2,
            mark("Thịt, thủy sản, trứng, sữa tươi"),
            1,
            "farm",
            mark("Thịt, cá, trứng, sữa"),
            mark("gà đồi, cá sông, trứng vịt"),
        ),
        ProductSet(
            3,
            mark("Gạo, ngũ cốc, hạt sơ chế khác"),
            1,
            "farm",
            mark("Gạo, ngũ cốc, hạt"),
            mark("gạo nếp, ngô, đỗ, hạt sen khô"),
        ),
        ProductSet(
            4,
            mark("Mật ong, mật khác và nông sản thực phẩm khác"),
            1,
            "farm",
            mark("Mật ong, mật mía"),
            mark("mật ong hoa nhãn, đường thốt nốt"),
        ),
        ProductSet(5, mark("Đồ ăn nhanh"), 1, "craft", mark("Đồ ăn nhanh"), mark("cơm cháy, bim bim khoai, xôi sấy")),
        ProductSet(
            6,
            mark("Chế biến từ gạo, ngũ cốc"),
            1,
            "craft",
            mark("Bún, miến, bánh"),
            mark("chè lam, miến, phở khô, bánh đa, cốm"),
        ),
        ProductSet(
            7,
            mark("Chế biến từ rau, củ, quả, hạt"),
            1,
            "craft",
            mark("Rau, quả, hạt chế biến"),
            mark("mứt, dưa muối, hồng sấy, hạt điều rang"),
        ),
        ProductSet(
            8,
            _PROCESSED_MEAT,
            1,
            "craft",
            mark("Thịt, cá, trứng chế biến"),
            mark("giò chả, chả mực, cá khô, lạp xưởng"),
        ),
        ProductSet(
            9,
            mark("Tương, nước mắm, gia vị dạng lỏng khác"),
            1,
            "craft",
            mark("Tương, nước mắm"),
            mark("tương bần, nước mắm, dấm, mắm tôm"),
        ),
        ProductSet(
            10,
            mark("Gia vị khác (muối, hành, tỏi, tiêu,…)"),
            1,
            "farm",
            mark("Gia vị"),
            mark("tỏi, tiêu, quế, hồi, muối ớt"),
        ),
        ProductSet(
            11, mark("Chè tươi, chè chế biến"), 1, "farm", mark("Chè"), mark("chè búp khô, chè shan tuyết, chè ướp sen")
        ),
        ProductSet(
            12,
            mark("Sản phẩm trà từ thực vật khác"),
            1,
            "farm",
            mark("Trà thảo mộc"),
            mark("trà hoa vàng, trà sâm, trà gạo lứt"),
        ),
        ProductSet(
            13, mark("Cà phê, cacao"), 1, "farm", mark("Cà phê, ca cao"), mark("cà phê bột, cà phê hạt, bột ca cao")
        ),
        ProductSet(14, mark("Rượu trắng"), 2, "craft", mark("Rượu trắng"), mark("rượu nếp, rượu ngô")),
        ProductSet(
            15,
            mark("Đồ uống có cồn khác"),
            2,
            "craft",
            mark("Rượu vang, rượu ngâm, bia"),
            mark("rượu mơ, rượu cần, vang nho"),
        ),
        ProductSet(
            16,
            mark("Nước khoáng thiên nhiên, nước uống đóng chai"),
            2,
            "farm",
            mark("Nước đóng chai"),
            mark("nước khoáng, nước tinh khiết"),
        ),
        ProductSet(
            17,
            mark("Đồ uống không cồn khác"),
            2,
            "farm",
            mark("Đồ uống không cồn"),
            mark("nước ép, nước cốt mơ, sữa hạt"),
        ),
        ProductSet(
            18,
            mark("Thực phẩm chức năng, thuốc dược liệu, thuốc cổ truyền"),
            3,
            "farm",
            mark("Thực phẩm chức năng, thuốc cổ truyền"),
            mark("cao chè vằng, viên nghệ, cao gừng"),
        ),
        ProductSet(
            19,
            mark("Mỹ phẩm có thành phần từ dược liệu"),
            3,
            "farm",
            mark("Mỹ phẩm từ dược liệu"),
            mark("dầu gội bồ kết, xà phòng thảo dược"),
        ),
        ProductSet(
            20,
            mark("Tinh dầu và dược liệu khác"),
            3,
            "farm",
            mark("Tinh dầu, dược liệu"),
            mark("tinh dầu sả, tinh dầu tràm, quế thanh"),
        ),
        ProductSet(
            21,
            mark("Thủ công mỹ nghệ (gia dụng, trang trí)"),
            4,
            "craft",
            mark("Thủ công mỹ nghệ"),
            mark("nón lá, gốm, sơn mài, mây tre đan"),
        ),
        ProductSet(22, mark("Vải, may mặc"), 4, "craft", mark("Vải, may mặc"), mark("lụa, thổ cẩm, khăn, áo dài")),
        ProductSet(23, "Hoa", 5, "farm", "Hoa", mark("hoa lan, hoa sen, hoa đào cành")),
        ProductSet(24, mark("Cây cảnh"), 5, "farm", mark("Cây cảnh"), mark("bưởi cảnh, quất cảnh, cây thế")),
        ProductSet(25, mark("Động vật cảnh"), 5, "farm", mark("Động vật cảnh"), mark("cá cảnh, chim cảnh")),
        ProductSet(26, GROUPS[6].name, 6, "craft", mark("Du lịch cộng đồng"), mark("ở nhà dân, tham quan làng nghề")),
    )
}


def product_set(set_no: int) -> ProductSet:
    """The set of this number, 1-26. Raises KeyError for any other."""
    return SETS[set_no]


def is_alcohol(set_no: int | None) -> bool:
    """Whether goods of this set are shown and sold only to adults."""
    return set_no in ALCOHOL_SETS
