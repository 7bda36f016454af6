"""The 6 groups and 26 product sets of the OCOP programme (QĐ 26/2026/QĐ-TTg, Phụ lục I)."""

from dataclasses import dataclass

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
        Group(1, "I", "Thực phẩm"),
        Group(2, "II", "Đồ uống"),
        Group(3, "III", "Dược liệu và sản phẩm từ dược liệu"),
        Group(4, "IV", "Hàng thủ công mỹ nghệ"),
        Group(5, "V", "Sinh vật cảnh"),
        Group(6, "VI", "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch"),
    )
}

_PROCESSED_MEAT = "Chế biến từ thịt, thủy sản, trứng, sữa, các sản phẩm từ mật ong, mật khác và nông sản thực phẩm khác"

SETS: dict[int, ProductSet] = {
    one.no: one
    for one in (
        ProductSet(1, "Rau, củ, quả, hạt tươi", 1, "farm", "Rau, củ, quả tươi", "bưởi, cam, rau cải, khoai, lạc tươi"),
        ProductSet(
            2, "Thịt, thủy sản, trứng, sữa tươi", 1, "farm", "Thịt, cá, trứng, sữa", "gà đồi, cá sông, trứng vịt"
        ),
        ProductSet(3, "Gạo, ngũ cốc, hạt sơ chế khác", 1, "farm", "Gạo, ngũ cốc, hạt", "gạo nếp, ngô, đỗ, hạt sen khô"),
        ProductSet(
            4,
            "Mật ong, mật khác và nông sản thực phẩm khác",
            1,
            "farm",
            "Mật ong, mật mía",
            "mật ong hoa nhãn, đường thốt nốt",
        ),
        ProductSet(5, "Đồ ăn nhanh", 1, "craft", "Đồ ăn nhanh", "cơm cháy, bim bim khoai, xôi sấy"),
        ProductSet(
            6, "Chế biến từ gạo, ngũ cốc", 1, "craft", "Bún, miến, bánh", "chè lam, miến, phở khô, bánh đa, cốm"
        ),
        ProductSet(
            7,
            "Chế biến từ rau, củ, quả, hạt",
            1,
            "craft",
            "Rau, quả, hạt chế biến",
            "mứt, dưa muối, hồng sấy, hạt điều rang",
        ),
        ProductSet(8, _PROCESSED_MEAT, 1, "craft", "Thịt, cá, trứng chế biến", "giò chả, chả mực, cá khô, lạp xưởng"),
        ProductSet(
            9,
            "Tương, nước mắm, gia vị dạng lỏng khác",
            1,
            "craft",
            "Tương, nước mắm",
            "tương bần, nước mắm, dấm, mắm tôm",
        ),
        ProductSet(10, "Gia vị khác (muối, hành, tỏi, tiêu,…)", 1, "farm", "Gia vị", "tỏi, tiêu, quế, hồi, muối ớt"),
        ProductSet(11, "Chè tươi, chè chế biến", 1, "farm", "Chè", "chè búp khô, chè shan tuyết, chè ướp sen"),
        ProductSet(
            12, "Sản phẩm trà từ thực vật khác", 1, "farm", "Trà thảo mộc", "trà hoa vàng, trà sâm, trà gạo lứt"
        ),
        ProductSet(13, "Cà phê, cacao", 1, "farm", "Cà phê, ca cao", "cà phê bột, cà phê hạt, bột ca cao"),
        ProductSet(14, "Rượu trắng", 2, "craft", "Rượu trắng", "rượu nếp, rượu ngô"),
        ProductSet(15, "Đồ uống có cồn khác", 2, "craft", "Rượu vang, rượu ngâm, bia", "rượu mơ, rượu cần, vang nho"),
        ProductSet(
            16,
            "Nước khoáng thiên nhiên, nước uống đóng chai",
            2,
            "farm",
            "Nước đóng chai",
            "nước khoáng, nước tinh khiết",
        ),
        ProductSet(17, "Đồ uống không cồn khác", 2, "farm", "Đồ uống không cồn", "nước ép, nước cốt mơ, sữa hạt"),
        ProductSet(
            18,
            "Thực phẩm chức năng, thuốc dược liệu, thuốc cổ truyền",
            3,
            "farm",
            "Thực phẩm chức năng, thuốc cổ truyền",
            "cao chè vằng, viên nghệ, cao gừng",
        ),
        ProductSet(
            19,
            "Mỹ phẩm có thành phần từ dược liệu",
            3,
            "farm",
            "Mỹ phẩm từ dược liệu",
            "dầu gội bồ kết, xà phòng thảo dược",
        ),
        ProductSet(
            20, "Tinh dầu và dược liệu khác", 3, "farm", "Tinh dầu, dược liệu", "tinh dầu sả, tinh dầu tràm, quế thanh"
        ),
        ProductSet(
            21,
            "Thủ công mỹ nghệ (gia dụng, trang trí)",
            4,
            "craft",
            "Thủ công mỹ nghệ",
            "nón lá, gốm, sơn mài, mây tre đan",
        ),
        ProductSet(22, "Vải, may mặc", 4, "craft", "Vải, may mặc", "lụa, thổ cẩm, khăn, áo dài"),
        ProductSet(23, "Hoa", 5, "farm", "Hoa", "hoa lan, hoa sen, hoa đào cành"),
        ProductSet(24, "Cây cảnh", 5, "farm", "Cây cảnh", "bưởi cảnh, quất cảnh, cây thế"),
        ProductSet(25, "Động vật cảnh", 5, "farm", "Động vật cảnh", "cá cảnh, chim cảnh"),
        ProductSet(26, GROUPS[6].name, 6, "craft", "Du lịch cộng đồng", "ở nhà dân, tham quan làng nghề"),
    )
}


def product_set(set_no: int) -> ProductSet:
    """The set of this number, 1-26. Raises KeyError for any other."""
    return SETS[set_no]


def is_alcohol(set_no: int | None) -> bool:
    """Whether goods of this set are shown and sold only to adults."""
    return set_no in ALCOHOL_SETS
