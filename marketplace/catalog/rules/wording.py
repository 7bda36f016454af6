"""How the questions are put to each kind of goods: nobody selling a peach tree is asked about sticky rice."""

from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.kit.i18n import Text, lazy
from marketplace.law.rules import ALCOHOL_SETS, TOURISM_SETS


@dataclass(frozen=True)
class Words:
    """What differs for a kind of goods; an empty text is asked as for everything else. `name` is how an answer is headed."""

    title: Text = ""
    hint: Text = ""
    name: Text = ""
    missing: Text = ""
    ready: tuple[Text, ...] | None = None


_CARE = (lazy("Chăm sóc thế nào?"), lazy("Cách chăm sóc"), lazy("Chưa ghi chăm sóc thế nào."))
_BRED = (lazy("Trồng hay nuôi ở đâu?"), lazy("Nguồn gốc"), lazy("Chưa ghi trồng hay nuôi ở đâu."))


def _care(hint: Text) -> Words:
    return Words(_CARE[0], hint, _CARE[1], _CARE[2])


def _bred(hint: Text) -> Words:
    return Words(_BRED[0], hint, _BRED[1], _BRED[2])


_BOTTLED: dict[str, Words] = {
    "net": Words(hint=lazy("Không tính vỏ chai. Ví dụ: 750 ml hoặc 1,5 lít.")),
    "shipping": Words(hint=lazy("Cân cả chai, cả bao bì. Dùng để tính phí giao. Ví dụ: 1,2 kg.")),
    "storage": Words(
        hint=lazy("Ví dụ: đậy kín, để nơi mát, tránh nắng."),
        ready=(lazy("Đậy kín, để nơi mát, tránh nắng"), lazy("Để ngăn mát tủ lạnh")),
    ),
}

_KINDS: tuple[tuple[Iterable[int], dict[str, Words]], ...] = (
    ({1, 3}, {
        "origin": _bred(lazy("Ví dụ: trồng tại vườn nhà, xã Thạch Thất, Hà Nội.")),
        "usage": Words(hint=lazy("Ví dụ: rửa sạch, ăn tươi hoặc nấu chín.")),
        "warnings": Words(hint=lazy("Ví dụ: rửa kỹ trước khi ăn.")),
    }),
    ({2, 8}, {
        "ingredients": Words(hint=lazy("Kể hết các thứ cho vào, thứ nhiều kể trước. Ví dụ: thịt lợn, nước mắm, hạt tiêu.")),
        "origin": Words(hint=lazy("Ví dụ: lợn nuôi tại nhà; cá đánh ở biển Cửa Lò, Nghệ An.")),
        "storage": Words(hint=lazy("Ví dụ: để ngăn đá tủ lạnh.")),
        "usage": Words(hint=lazy("Ví dụ: nấu chín trước khi ăn; ăn ngay khi mở gói.")),
        "warnings": Words(hint=lazy("Ví dụ: có tôm, ai dị ứng tôm thì không ăn.")),
    }),
    ({4, 9, 10}, {
        "ingredients": Words(hint=lazy("Kể hết các thứ cho vào, thứ nhiều kể trước. Ví dụ: cá cơm, muối; hoặc mật ong.")),
        "origin": Words(hint=lazy("Ví dụ: mật lấy từ hoa nhãn ở Hưng Yên; cá cơm đánh ở biển Phú Quốc.")),
        "usage": Words(hint=lazy("Ví dụ: chấm, hoặc nêm khi nấu.")),
        "warnings": Words(hint=lazy("Ví dụ: trẻ dưới 1 tuổi không dùng mật ong.")),
    }),
    ({11, 12, 13}, {
        "ingredients": Words(hint=lazy("Kể hết các thứ cho vào, thứ nhiều kể trước. Ví dụ: búp chè; hoặc hạt cà phê rang.")),
        "origin": Words(hint=lazy("Ví dụ: hái trên đồi nhà, xã Tân Cương, Thái Nguyên.")),
        "usage": Words(hint=lazy("Ví dụ: cho một nhúm vào ấm, rót nước nóng, đợi 3 phút.")),
        "warnings": Words(hint=lazy("Ví dụ: uống buổi tối dễ mất ngủ.")),
    }),
    (ALCOHOL_SETS, {
        **_BOTTLED,
        "ingredients": Words(hint=lazy("Kể hết các thứ cho vào, thứ nhiều kể trước. Ví dụ: gạo nếp, men lá, nước.")),
        "origin": Words(hint=lazy("Ví dụ: gạo nếp của xã nhà, men lá tự làm.")),
        "usage": Words(hint=lazy("Ví dụ: lắc nhẹ trước khi rót, uống có chừng mực.")),
    }),
    ({16, 17}, {
        **_BOTTLED,
        "ingredients": Words(hint=lazy("Kể hết các thứ cho vào, thứ nhiều kể trước. Ví dụ: quả mơ, đường, nước.")),
        "origin": Words(hint=lazy("Ví dụ: mơ hái tại rừng Hương Sơn, Hà Nội.")),
        "usage": Words(hint=lazy("Ví dụ: pha một phần với bốn phần nước lạnh.")),
        "warnings": Words(hint=lazy("Ví dụ: mở nắp rồi thì để tủ lạnh, uống trong 3 ngày.")),
    }),
    ({18}, {
        "ingredients": Words(hint=lazy("Chép như trên nhãn. Ví dụ: chè vằng, cam thảo.")),
        "origin": Words(hint=lazy("Ví dụ: chè vằng hái tại Quảng Trị.")),
        "usage": Words(hint=lazy("Chép như trên nhãn. Ví dụ: hòa một thìa với nước ấm, ngày hai lần.")),
    }),
    ({19, 20}, {
        "ingredients": Words(hint=lazy("Kể hết các thứ cho vào, thứ nhiều kể trước. Ví dụ: bồ kết, vỏ bưởi, sả.")),
        "origin": Words(hint=lazy("Ví dụ: sả trồng tại vườn nhà, bồ kết mua ở Cao Bằng.")),
        "usage": Words(hint=lazy("Ví dụ: xoa lên tóc ướt rồi xả sạch; nhỏ vài giọt vào nước ấm.")),
        "warnings": Words(hint=lazy("Ví dụ: tránh để dây vào mắt, không dùng cho trẻ dưới 3 tuổi.")),
    }),
    ({21, 22}, {
        "shipping": Words(hint=lazy("Cân cả món, cả bao bì. Dùng để tính phí giao. Ví dụ: 600 g.")),
        "origin": Words(hint=lazy("Ví dụ: mây và tre lấy tại xã nhà; tơ tằm kéo ở Bảo Lộc.")),
        "usage": Words(lazy("Dùng và giữ gìn thế nào?"), lazy("Ví dụ: lau bằng khăn khô; giặt tay bằng nước lạnh.")),
    }),
    ({23}, {
        "dimensions": Words(hint=lazy("Ví dụ: cành cao 80 cm, chừng 40 nụ.")),
        "shipping": Words(hint=lazy("Cân cả chậu, cả bao bì. Dùng để tính phí giao. Ví dụ: 3 kg.")),
        "origin": _bred(lazy("Ví dụ: đào trồng tại vườn nhà, Nhật Tân, Hà Nội.")),
        "usage": _care(lazy("Ví dụ: tưới mỗi ngày một lần, để chỗ mát, tránh gió lùa.")),
    }),
    ({24}, {
        "dimensions": Words(hint=lazy("Ví dụ: cây cao 60 cm, tán rộng 40 cm.")),
        "shipping": Words(hint=lazy("Cân cả chậu, cả bao bì. Dùng để tính phí giao. Ví dụ: 5 kg.")),
        "origin": _bred(lazy("Ví dụ: quất trồng tại vườn nhà, Tứ Liên, Hà Nội.")),
        "usage": _care(lazy("Ví dụ: tưới hai ngày một lần, để nơi có nắng.")),
    }),
    ({25}, {
        "dimensions": Words(hint=lazy("Ví dụ: dài 20 cm, chừng 6 tháng tuổi.")),
        "shipping": Words(hint=lazy("Cân cả lồng, hộp hoặc túi nước. Dùng để tính phí giao. Ví dụ: 2 kg.")),
        "origin": _bred(lazy("Ví dụ: cá nuôi tại ao nhà, xã Thạch Thất, Hà Nội.")),
        "usage": _care(lazy("Ví dụ: thay một phần ba nước mỗi tuần, tránh nắng gắt.")),
    }),
    (TOURISM_SETS, {
        "description": Words(name=lazy("Khách được làm gì, xem gì")),
        "usage": Words(name=lazy("Hẹn trước"), missing=lazy("Chưa ghi khách cần hẹn trước thế nào.")),
    }),
)  # fmt: skip

_BY_SET = {set_no: words for sets, words in _KINDS for set_no in sets}
_AS_ALWAYS = Words()


def words_for(set_no: int | None, field: str) -> Words:
    """What is said differently about this field of this set."""
    return _BY_SET.get(set_no or 0, {}).get(field, _AS_ALWAYS)
