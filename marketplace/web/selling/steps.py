"""The pages of an application for a stall, in their order, and which page mends which field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.kit.i18n import Text, lazy
from marketplace.producers.rules.draft import application_from


@dataclass(frozen=True)
class Step:
    """One page: its address, its title, the answers it asks for, and whether it may be left empty."""

    slug: str
    title: Text
    fields: tuple[str, ...]
    optional: bool = False


STEPS: tuple[Step, ...] = (
    Step("loai", lazy("Ai làm ra hàng?"), ("kind",)),
    Step("ten", lazy("Gian hàng tên là gì?"), ("name",)),
    Step("noi-lam", lazy("Hàng làm ở xã, phường nào?"), ("place", "province_code", "commune_code", "old_place")),
    Step("lang", lazy("Làng, thôn nào?"), ("village", "street"), optional=True),
    Step("dien-thoai", lazy("Người mua gọi số nào?"), ("phone", "zalo")),
    Step("ke-chuyen", lazy("Kể đôi lời về nghề"), ("story",), optional=True),
    Step("anh", lazy("Ảnh người làm hoặc nơi làm"), ("photo",), optional=True),
    Step(
        "dang-ky-kinh-doanh",
        lazy("Có đăng ký kinh doanh không?"),
        ("registration_no", "tax_code", "representative"),
        optional=True,
    ),
    Step("tai-khoan", lazy("Tiền bán hàng về tài khoản nào?"), ("bank", "account_no", "holder", "payee")),
)

FIELD_NAMES: dict[str, Text] = {
    "name": lazy("Tên gian hàng"),
    "place": lazy("Nơi làm"),
    "phone": lazy("Số điện thoại"),
    "story": lazy("Lời kể"),
    "photo": lazy("Ảnh"),
    "holder": lazy("Tài khoản nhận tiền"),
    "registration_no": lazy("Đăng ký kinh doanh"),
}
"""What a return may point at, as the review calls it."""

BY_SLUG = {step.slug: step for step in STEPS}


def number_of(slug: str) -> int:
    """Which page of all it is, from 1."""
    return [step.slug for step in STEPS].index(slug) + 1


def step_of(field: str) -> str:
    """The page that asks for a field; the first one for a field nobody asks for."""
    return next((step.slug for step in STEPS if field in step.fields), STEPS[0].slug)


def after(slug: str) -> str | None:
    """The page behind this one, None after the last."""
    slugs = [step.slug for step in STEPS]
    at = slugs.index(slug) + 1
    return slugs[at] if at < len(slugs) else None


def before(slug: str) -> str | None:
    """The page before this one, None before the first."""
    at = number_of(slug) - 2
    return STEPS[at].slug if at >= 0 else None


def place_chosen(answers: Mapping[str, Any]) -> bool:
    """Whether the commune is decided."""
    return bool(application_from(answers).place.province_code)
