"""What everyone reads holds no way to reach a person, and keeps its decisions, days and sums."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts.rules import NotForPublic, check_public, reaches_someone

REACHES = [
    "Chị Lan 0912345678 khai gian",
    "Phòng 0912345678",
    "gọi 0912 345 678",
    "gọi 0912.345.678 nhé",
    "gọi 0912-345-678",
    "gọi 0912 - 345 - 678",
    "gọi 0912. 345. 678",
    "gọi 09 12 34 56 78",
    "gọi 0 9 1 2 3 4 5 6 7 8",
    "gọi 0912/345/678",
    "gọi 0912_345_678",
    "gọi 0912,345,678",
    "gọi (0912) 345678",
    "gọi +84 912 345 678",
    "gọi 84912345678",
    "gọi 912345678",
    "zalo0912345678",
    "O912345678",
    "o912 345 678",
    "09123456789/QĐ-UBND",
    "0912345678/2025",
    "0912345678 đồng",
    "0912\n345\n678",
    "máy bàn (024) 3825 1234",
    "máy bàn 3825 1234",
    "tổng đài 1900 1234",
    "０９１２３４５６７８",
    "0912\u200b345\u200b678",
    "0\ufe0f\u20e39\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e35\ufe0f\u20e36\ufe0f\u20e3",
    "٠٩١٢٣٤٥٦٧٨",
    "tài khoản 1500206008801",
    "STK 1500 2060 08801",
    "STK 1500 2050 1234",
    "STK 150.020.501.234",
    "CCCD 001192012345",
    "đơn 1234567",
    "Quyết định 12/QĐ-UBND, gọi 0912 345 678",
    "ngày 24/11/2026 gọi 0912345678",
    "lan@gmail.com",
    "lan @ gmail.com",
    "LAN.NGUYEN+cho@vnn.com.vn",
    "lan (at) gmail.com",
    "lan[at]gmail.com",
    "lan a còng gmail chấm com",
    "tìm @lan_chelam",
    "ｌａｎ＠gmail.com",
    "facebook.com/lan.chelam",
    "zalo.me/lan",
]

STANDS = [
    "",
    "Nhãn sai.",
    "Quyết định thu hồi 12/QĐ-UBND, cơ sở ngừng sản xuất.",
    "Quyết định số 1887/QĐ-UBND ngày 12/6/2025",
    "1887/QĐ-UBND ngày 12/6/2025; 1888/QĐ-UBND ngày 13/6/2025",
    "QĐ 26/2026/QĐ-TTg Điều 12.3, NĐ 15/2018/NĐ-CP",
    "theo 3599/qđ-ubnd",
    "Công văn 1887/2025 của Sở",
    "Công văn 1887 / 2025",
    "123456/QĐ-UBND",
    "từ 24/11/2026 - 25/11/2026",
    "từ 24/11/26 đến 25/11/26",
    "từ 24/11 - 26/11",
    "24-11-2026, 25-11-2026",
    "24.11.2026",
    "2026-11-24",
    "lúc 14:05 ngày 24/11/2026",
    "năm 2024 2025 2026",
    "năm 2024-2025",
    "năm 2024, 2025, 2026",
    "nhiệm kỳ 2025 - 2030",
    "Thiếu mục 1, 2, 3, 4, 5, 6, 7, 8, 9",
    "bán 1.200.000 đồng, khai 250000 đồng",
    "phạt 15.000.000 ₫",
    "phạt 1.500.000.000 đ",
    "1.200.000 hộp",
    "từ 1000 - 2000 hộp",
    "từ 500-1000 g",
    "lô 240926",
    "nhãn ghi 500 g, cân 480 g",
    "hết hạn 5 ngày, 3 lần trong 2 tháng",
    "đo 12,5 x 30 x 45 cm",
    "12h30 ngày 1/1/2027",
    "UBND xã Thạch Thất",
    "Phòng Kinh tế quận 1, Thành phố Hồ Chí Minh",
    "Văn phòng OCOP số 2",
    "100 hộp @ 20.000 đồng",
    "Lý do khác, đã nhắn riêng cho người bán.",
]


@pytest.mark.parametrize("text", REACHES)
def test_a_way_to_reach_a_person_is_refused_and_named(text: str) -> None:
    with pytest.raises(NotForPublic) as refusal:
        check_public(text, field="reason")
    said = str(refusal.value.message)
    assert "ai cũng đọc được" in said
    assert refusal.value.found in said


@pytest.mark.parametrize("text", STANDS)
def test_what_a_reason_needs_may_stand(text: str) -> None:
    assert reaches_someone(text) == ""


@given(
    st.from_regex(r"0[35789][0-9]{8}", fullmatch=True),
    st.sampled_from([" ", ".", "-", "_", "·", " - "]),
    st.lists(st.booleans(), min_size=9, max_size=9),
)
def test_a_mobile_number_is_seen_however_it_is_spaced(digits: str, sign: str, after: list[bool]) -> None:
    gaps = [sign if each else "" for each in after]
    written = "".join(digit + gap for digit, gap in zip(digits, [*gaps, ""], strict=True))
    assert reaches_someone(f"gọi {written} nhé")


@given(st.dates())
def test_a_day_may_stand_however_it_is_written(day: object) -> None:
    assert reaches_someone(f"từ {day:%d/%m/%Y} đến hết") == "" or day.year < 1900 or day.year > 2099  # type: ignore[attr-defined]


@given(st.integers(1, 999_999), st.integers(1990, 2099))
def test_a_decision_number_may_stand(number: int, year: int) -> None:
    assert reaches_someone(f"Quyết định {number}/QĐ-UBND năm {year}") == ""
    assert reaches_someone(f"Quyết định {number}/{year}/QĐ-UBND") == ""


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    reaches_someone(text)
