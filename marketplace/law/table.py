"""Every legal figure and deadline the market relies on, with its source and its dates.

A figure that changes gets a second row under the same key; the first one ends the day before. Nothing here is legal advice:
notes say where a text was read only through others' quotations. `flask law-check` warns by the real date.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from marketplace.kit.i18n import mark as _

REVIEWED_ON = date(2026, 11, 23)
REVIEW_EVERY = timedelta(days=90)

Value = int | Decimal | str


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure as one text of law gives it. `effective_to` is the last day it holds; None while nobody ended it."""

    key: str
    title: str
    value: Value
    unit: str
    source: str
    article: str
    effective_from: date
    effective_to: date | None = None
    note: str = ""

    @property
    def said(self) -> str:
        """The value as people write it: `1.000.000.000`, `5,5`."""
        if isinstance(self.value, int):
            return f"{self.value:,}".replace(",", ".")
        return str(self.value).replace(".", ",") if isinstance(self.value, Decimal) else self.value

    def holds_on(self, day: date) -> bool:
        """Both dates are days on which it holds."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


_QD26 = _("Quyết định 26/2026/QĐ-TTg")
_ND248 = _("Nghị định 248/2026/NĐ-CP (Luật Thương mại điện tử 122/2025/QH15)")
_ND252 = _("Nghị định 252/2026/NĐ-CP")
_ND117 = _("Nghị định 117/2025/NĐ-CP")
_CONSUMER = _("Luật Bảo vệ quyền lợi người tiêu dùng 19/2023/QH15")
_PERSONAL = _("Luật 91/2025/QH15 và Nghị định 356/2025/NĐ-CP")
_ALCOHOL = _("Luật Phòng, chống tác hại của rượu, bia 44/2019/QH14")
_HOUSE = _("Quy chế hoạt động của chợ")

_D26, _D248, _D91 = date(2026, 5, 22), date(2026, 7, 1), date(2026, 1, 1)
_D117, _D117_END = date(2025, 7, 1), date(2026, 6, 30)
_OPENED = date(2026, 11, 24)
_QUOTED = _("Đọc qua trích dẫn, cần đối chiếu văn bản gốc.")
_UNSETTLED = _("Tỷ lệ theo luật thuế; cách hiểu Điều 44 chưa thống nhất, hỏi tư vấn thuế trước khi dùng.")

# fmt: off
LAW: tuple[Entry, ...] = (
    Entry(
        "ocop.programme",
        _("Bộ tiêu chí OCOP"),
        "148/2023",
        "",
        _("Quyết định 148/2023/QĐ-TTg"),
        "",
        date(2023, 2, 24),
        date(2026, 7, 21),
    ),
    Entry("ocop.programme", _("Bộ tiêu chí OCOP"), "26/2026", "", _QD26, _("Điều 11"), _D26),
    Entry("ocop.stars_least", _("Hạng sao thấp nhất được công nhận"), 3, _("sao"), _QD26, _("Điều 4"), _D26),
    Entry("ocop.stars_most", _("Hạng sao cao nhất"), 5, _("sao"), _QD26, _("Điều 4"), _D26),
    Entry(
        "ocop.validity",
        _("Thời hạn giấy chứng nhận"),
        36,
        _("tháng"),
        _QD26,
        _("Điều 4.3"),
        _D26,
        note=_("Tính từ ngày ký quyết định."),
    ),
    Entry(
        "ocop.renew_from", _("Sớm nhất nộp hồ sơ đánh giá lại trước khi hết hạn"), 180, _("ngày"), _QD26, _("Điều 7.6a"), _D26
    ),
    Entry(
        "ocop.renew_until", _("Muộn nhất nộp hồ sơ đánh giá lại trước khi hết hạn"), 120, _("ngày"), _QD26, _("Điều 7.6a"), _D26
    ),
    Entry("ocop.extension", _("Kéo dài nhiều nhất khi đã nộp hồ sơ đánh giá lại"), 180, _("ngày"), _QD26, _("Điều 12.3"), _D26),
    Entry(
        "ocop.mark",
        _("Quy chế dùng nhãn hiệu OCOP"),
        _("1162/QĐ-VPĐP-OCOP"),
        "",
        _("Quyết định 1162/QĐ-VPĐP-OCOP"),
        "",
        date(2020, 9, 17),
        note=_QUOTED,
    ),
    Entry("alcohol.age", _("Tuổi được mua rượu, bia"), 18, _("tuổi"), _ALCOHOL, _("Điều 5"), date(2020, 1, 1)),
    Entry(
        "alcohol.degree",
        _("Độ cồn cần giấy phép"),
        Decimal("5.5"),
        _("độ"),
        _ALCOHOL,
        _("Điều 16"),
        date(2020, 1, 1),
        note=_("Bán qua mạng chỉ nhận tiền chuyển khoản."),
    ),
    Entry(
        "food.declaration",
        _("Tự công bố chất lượng thực phẩm"),
        "15/2018",
        "",
        _("Nghị định 15/2018/NĐ-CP"),
        _("Điều 4"),
        date(2018, 2, 2),
        note=_("Nghị định 46/2026 đang tạm ngưng."),
    ),
    Entry(
        "ecommerce.takedown",
        _("Gỡ hàng khi cơ quan nhà nước yêu cầu"),
        24,
        _("giờ"),
        _ND248,
        _("Điều 17.1c"),
        _D248,
        note=_QUOTED,
    ),
    Entry(
        "ecommerce.supply_data",
        _("Cung cấp thông tin cho cơ quan nhà nước"),
        24,
        _("giờ"),
        _ND248,
        _("Điều 18.2"),
        _D248,
        note=_QUOTED,
    ),
    Entry(
        "ecommerce.notice_before_suspension",
        _("Báo trước khi tạm ngừng người bán"),
        5,
        _("ngày"),
        _ND248,
        _("Điều 18.2"),
        _D248,
        note=_QUOTED,
    ),
    Entry("ecommerce.fees_published", _("Công bố phí trước khi thu"), 20, _("ngày"), _ND248, "", _D248, note=_QUOTED),
    Entry(
        "ecommerce.seller_verification",
        _("Người bán phải được kiểm tra danh tính"),
        _("bắt buộc"),
        "",
        _ND248,
        _("Điều 52.2"),
        date(2027, 1, 1),
        note=_QUOTED,
    ),
    Entry(
        "ecommerce.old_filings",
        _("Hồ sơ đăng ký cũ còn dùng được"),
        "122/2025",
        "",
        _("Luật Thương mại điện tử 122/2025/QH15"),
        _("Điều 41"),
        _D248,
        date(2027, 6, 30),
    ),
    Entry("ecommerce.annual_report", _("Báo cáo hằng năm trước ngày"), "15/2", "", _ND248, _("Điều 22"), _D248, note=_QUOTED),
    Entry(
        "consumer.end_contract",
        _("Bỏ đơn không mất phí khi thiếu thông tin"),
        30,
        _("ngày"),
        _CONSUMER,
        _("Điều 38"),
        date(2024, 7, 1),
    ),
    Entry("personal.answer", _("Trả lời yêu cầu về thông tin cá nhân"), 2, _("ngày làm việc"), _PERSONAL, "", _D91),
    Entry("personal.stop", _("Ngừng dùng thông tin khi được yêu cầu"), 15, _("ngày"), _PERSONAL, "", _D91),
    Entry("retention.listing", _("Giữ bài giới thiệu hàng"), 1, _("năm"), _ND248, _("Điều 18.1"), _D248, note=_QUOTED),
    Entry("retention.contract", _("Giữ đơn hàng"), 3, _("năm"), _ND248, "", _D248, note=_QUOTED),
    Entry(
        "retention.voucher", _("Giữ chứng từ kế toán"), 10, _("năm"), _("Luật Kế toán 88/2015/QH13"), _("Điều 41"), date(2017, 1, 1)
    ),
    Entry("retention.trail", _("Giữ nhật ký duyệt"), 3, _("năm"), _HOUSE, _("Mục 8"), _OPENED),
    Entry(
        "tax.household_threshold",
        _("Doanh thu hộ kinh doanh chưa phải nộp thuế"),
        1_000_000_000,
        _("đồng mỗi năm"),
        _("Nghị định 68/2026/NĐ-CP, sửa bởi Nghị định 141/2026/NĐ-CP"),
        "",
        _D91,
    ),
    Entry("tax.vat_goods", _("Thuế giá trị gia tăng, hàng hóa"), Decimal(1), "%", _ND117, "", _D117, _D117_END),
    Entry(
        "tax.vat_goods", _("Thuế giá trị gia tăng, hàng hóa"), Decimal(1), "%", _ND252, _("Điều 44"), _D248, note=_UNSETTLED
    ),
    Entry("tax.vat_services", _("Thuế giá trị gia tăng, dịch vụ"), Decimal(5), "%", _ND117, "", _D117, _D117_END),
    Entry(
        "tax.vat_services",
        _("Thuế giá trị gia tăng, dịch vụ"),
        Decimal(5),
        "%",
        _ND252,
        _("Điều 44"),
        _D248,
        note=_UNSETTLED,
    ),
    Entry("tax.pit_goods", _("Thuế thu nhập cá nhân, hàng hóa"), Decimal("0.5"), "%", _ND117, "", _D117, _D117_END),
    Entry(
        "tax.pit_goods",
        _("Thuế thu nhập cá nhân, hàng hóa"),
        Decimal("0.5"),
        "%",
        _ND252,
        _("Điều 44"),
        _D248,
        note=_UNSETTLED,
    ),
    Entry("tax.pit_services", _("Thuế thu nhập cá nhân, dịch vụ"), Decimal(2), "%", _ND117, "", _D117, _D117_END),
    Entry(
        "tax.pit_services",
        _("Thuế thu nhập cá nhân, dịch vụ"),
        Decimal(2),
        "%",
        _ND252,
        _("Điều 44"),
        _D248,
        note=_UNSETTLED,
    ),
    Entry(
        "invoice.consumer",
        _("Tên người mua trên hóa đơn khi không lấy tên"),
        _("Bán cho người tiêu dùng"),
        "",
        _("Nghị định 254/2026/NĐ-CP, Thông tư 91/2026/TT-BTC"),
        "",
        _D248,
    ),
    Entry("house.resolve", _("Giải quyết xong một vấn đề"), 7, _("ngày"), _HOUSE, _("Mục 6"), _OPENED),
    Entry("house.refund", _("Người bán chuyển lại tiền"), 3, _("ngày làm việc"), _HOUSE, _("Mục 5"), _OPENED),
    Entry("house.seller_fee", _("Phí chợ thu của người bán"), 0, _("đồng"), _HOUSE, _("Mục 4"), _OPENED),
)
# fmt: on

RETENTION: dict[str, Entry] = {
    entry.key.removeprefix("retention."): entry for entry in LAW if entry.key.startswith("retention.")
}
"""How long a thing is kept, by its short name: listing, contract, voucher, trail."""


def in_force(key: str, on: date) -> Entry | None:
    """The row of `key` that holds on this day; None when none does. Raises KeyError for a key nobody wrote."""
    rows = [entry for entry in LAW if entry.key == key]
    if not rows:
        raise KeyError(key)
    return next((entry for entry in reversed(rows) if entry.holds_on(on)), None)


def entry(key: str) -> Entry:
    """The row of `key` on the day the table was reviewed. Raises KeyError when none held then.

    A duty that begins later is found by `in_force` with its own day.
    """
    found = in_force(key, REVIEWED_ON) or in_force(key, REVIEWED_ON + REVIEW_EVERY)
    if found is None:
        raise KeyError(key)
    return found


def expired(on: date) -> list[Entry]:
    """The last row of each key of which no row holds any more on this day: what the market must not rely on."""
    last = {entry.key: entry for entry in LAW}
    return [row for row in last.values() if row.effective_to is not None and row.effective_to < on]


def upcoming(on: date, within: timedelta = REVIEW_EVERY) -> list[Entry]:
    """Rows that begin, or end, within this time: what the operator should prepare for."""
    until = on + within
    return [
        row
        for row in LAW
        if on < row.effective_from <= until or (row.effective_to is not None and on <= row.effective_to <= until)
    ]


def needs_review(on: date) -> bool:
    """Whether nobody has read the table against the law for longer than `REVIEW_EVERY`."""
    return on - REVIEWED_ON > REVIEW_EVERY
