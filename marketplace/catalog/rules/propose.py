"""Proposing one of the 26 sets from what a product is called, so that its maker only has to say yes."""

from functools import cache

from marketplace.kit.text import normalise, plain

MOST_PROPOSED = 3

_WORDS: dict[int, str] = {
    1: (
        "rau, củ quả, quả, trái, bưởi, cam, quýt, chanh, táo, ổi, xoài, nhãn, vải thiều, vải, na, mận, đào, dứa, "
        "thanh long, sầu riêng, măng cụt, mãng cầu, chuối, mít, dâu, dâu tây, khoai, khoai lang, khoai sọ, sắn, cà "
        "chua, dưa hấu, dưa lưới, su su, bí, nấm, nấm hương tươi, nấm rơm, hạt dẻ, lạc tươi, củ đậu, gừng tươi, "
        "nghệ tươi, hồng giòn, hồng xiêm, măng tươi, bơ"
    ),
    2: (
        "thịt, thịt lợn, thịt bò, thịt trâu, gà, gà đồi, vịt, ngan, trứng, trứng gà, trứng vịt, cá, cá ngừ, cá "
        "sông, cá lồng, tôm, cua, ghẹ, ốc, hàu, ngao, mực, lươn, ếch, ba ba, sữa tươi, lợn, bò, dê"
    ),
    3: (
        "gạo, gạo nếp, gạo tẻ, gạo lứt, gạo tám, nếp, ngô, bắp, đỗ, đậu xanh, đậu đen, đậu tương, vừng, kê, ý dĩ, "
        "hạt sen khô, lạc nhân"
    ),
    4: "mật ong, mật, mật mía, mật hoa dừa, mật dừa, đường phên, đường thốt nốt, đường hoa dừa, phấn hoa, sáp ong",
    5: "bim bim, cơm cháy, xôi sấy, cháo ăn liền, bánh cuốn, bánh mì, xôi, cơm lam, bánh bao, nem rán",
    6: (
        "chè lam, miến, miến dong, miến đao, bún, bún khô, phở, phở khô, mỳ, mì, mỳ gạo, mì gạo, hủ tiếu, bánh, "
        "bánh đa, bánh đa nem, bánh tráng, bánh chưng, bánh tét, bánh dày, bánh gai, bánh tẻ, bánh pía, bánh "
        "phồng, bánh khô, bánh nhãn, cốm, khẩu xén, bột gạo, bột sắn, bỏng, chè kho, bánh khảo, bánh cáy, bánh ít"
    ),
    7: (
        "mứt, ô mai, kẹo, kẹo lạc, kẹo dừa, kẹo cu đơ, cu đơ, kẹo dồi, kẹo mè xửng, mè xửng, dưa muối, dưa chua, "
        "cà muối, nhút, măng khô, măng chua, măng nứa khô, măng ớt, hồng treo gió, hồng sấy, hồng khô, long nhãn, "
        "mít sấy, chuối sấy, khoai deo, khoai sấy, sấy dẻo, sấy, hạt điều, hạt điều rang, hạt sen sấy, mắc ca, hạt "
        "mắc ca, lạc rang, lạc sen, đậu phụ, tàu hủ ky, váng đậu, dầu lạc, dầu phụng, dầu mè, vải sấy, nấm hương "
        "khô, mộc nhĩ khô, củ cải khô, rong biển"
    ),
    8: (
        "giò, chả, giò chả, chả mực, chả cá, nem chua, nem, ruốc, chà bông, lạp xưởng, cá khô, khô cá, tôm khô, "
        "mực khô, mực một nắng, bò một nắng, bò khô, trâu gác bếp, thịt gác bếp, thịt chua, cá kho, cá thính, sá "
        "sùng, yến sào, yến, bánh sữa, sữa chua, pate, chả rươi"
    ),
    9: "nước mắm, mắm, mắm tôm, mắm nêm, mắm cá, mắm tép, tương, tương bần, tương ớt, xì dầu, dấm, giấm, sốt",
    10: (
        "muối, muối ớt, muối vừng, hành, hành tím, hành tỏi, tỏi, tỏi đen, tiêu, hồ tiêu, hạt tiêu, tiêu xanh, "
        "quế, quế vỏ, hoa hồi, hồi, thảo quả, ớt bột, ớt khô, mắc khén, hạt dổi, bột canh, gừng khô"
    ),
    11: (
        "chè, chè xanh, chè shan, chè shan tuyết, chè búp, chè đinh, chè nõn tôm, chè sen, trà xanh, trà sen, trà "
        "ô long, trà shan tuyết, trà đen, trà"
    ),
    12: (
        "trà thảo mộc, trà hoa vàng, trà sâm, trà gạo lứt, trà bí đao, trà tim sen, trà gừng, trà atiso, trà dây, "
        "trà lá ổi, trà cà gai leo, trà hoa cúc, trà, chè dây, chè vằng, nụ vối"
    ),
    13: "cà phê, cafe, ca cao, cacao, bột ca cao, sô cô la",
    14: "rượu, rượu trắng, rượu gạo, rượu nếp, rượu ngô, rượu men lá, rượu đế, rượu làng",
    15: "rượu vang, vang, rượu mơ, rượu cần, rượu sim, rượu ba kích, rượu bưởi, rượu táo mèo, rượu ngâm, rượu, bia",
    16: "nước khoáng, nước tinh khiết, nước uống đóng chai, nước đóng chai",
    17: "nước ép, nước cốt, nước dừa, siro, si rô, sữa hạt, sữa đậu nành, nước mơ, nước sâm, trà chanh",
    18: "viên nghệ, viên, thực phẩm chức năng, cao gừng, cao chè vằng, cao cà gai leo, thuốc, đông trùng hạ thảo",
    19: "dầu gội, xà phòng, xà bông, son, kem dưỡng, nước hoa, sữa tắm, dầu dừa, dưỡng tóc, mỹ phẩm, bồ kết",
    20: (
        "tinh dầu, dầu tràm, tinh bột nghệ, cao, cao atiso, cao chè vằng, sâm, nhân sâm, thuốc tắm, thuốc nam, lá "
        "tắm, dược liệu, quế thanh, đông trùng hạ thảo, nấm linh chi"
    ),
    21: (
        "nón, nón lá, gốm, gốm sứ, sơn mài, mây tre, mây tre đan, tre, chiếu, chiếu cói, cói, khảm trai, gỗ, "
        "tượng, tượng gỗ, tranh, tranh đông hồ, quạt, quạt giấy, chổi, chổi đót, hương, hương trầm, tăm hương, "
        "trống, đèn lồng, lọ hoa, ấm chén, bát, đĩa, giỏ, rổ, thúng, túi cói, bàn, ghế, tủ, chạm bạc, bạc, đồng, "
        "dát vàng, diều, diều sáo, lược, lục bình, mộc, tiện gỗ, đan, khung, đồ chơi, tò he, nến, đá mỹ nghệ, sừng"
    ),
    22: (
        "lụa, tơ lụa, tơ tằm, thổ cẩm, khăn, khăn lụa, áo dài, áo, váy, quần, vải lanh, vải, giày, giày da, dép, "
        "túi thổ cẩm, chăn, gối, thêu, ren"
    ),
    23: "hoa, hoa lan, hoa sen, hoa hồng, hoa cúc, hoa ly, hoa chậu, hoa đào",
    24: (
        "cây cảnh, cây, cây thế, bonsai, bưởi cảnh, quất cảnh, quất, mai vàng, đào, đào nhật tân, hoa kiểng, cây "
        "kiểng, sanh, tùng"
    ),
    25: "cá cảnh, chim cảnh, cá chép đỏ, cá koi, chim, gà cảnh, chó, mèo",
    26: "du lịch, homestay, tham quan, tour, trải nghiệm, nhà sàn, ở nhà dân, nghỉ dưỡng",
}


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], int], ...]:
    return tuple(
        (tuple(normalise(phrase.strip()).lower().split()), set_no)
        for set_no, line in _WORDS.items()
        for phrase in line.split(",")
    )


def _words(text: str) -> tuple[str, ...]:
    kept = "".join(c if c.isalnum() else " " for c in normalise(text).lower())
    return tuple(kept.split())


def _place(phrase: tuple[str, ...], words: tuple[str, ...]) -> int:
    """Where the phrase begins among the words, -1 when it is not there."""
    size = len(phrase)
    return next((at for at in range(len(words) - size + 1) if words[at : at + size] == phrase), -1)


def propose_sets(name: str) -> list[int]:
    """Up to three sets, the likeliest first: the longer and the earlier in the name a known word stands, the likelier.

    A name typed without diacritics is compared without them.
    """
    words = _words(name)
    bare = all(word == plain(word) for word in words)
    best: dict[int, tuple[int, int]] = {}
    for phrase, set_no in _phrases():
        at = _place(tuple(plain(w) for w in phrase) if bare else phrase, words)
        if at >= 0:
            rank = (at - 2 * len(phrase), -len(phrase))
            best[set_no] = min(rank, best.get(set_no, rank))
    return sorted(best, key=lambda set_no: (best[set_no], set_no))[:MOST_PROPOSED]
