"""The market's own rules as published texts: a consent names the version it was given to."""

from dataclasses import dataclass
from datetime import date

from marketplace.kit.i18n import LazyString, lazy


@dataclass(frozen=True, slots=True)
class Policy:
    """One published text. A change of wording is a new version with a new date, announced before it applies."""

    key: str
    title: LazyString
    version: str
    effective_from: date


POLICIES: dict[str, Policy] = {
    policy.key: policy
    for policy in (
        Policy("quy-che", lazy("Quy chế hoạt động"), "1.0", date(2026, 11, 24)),
        Policy("quyen-rieng-tu", lazy("Bảo vệ thông tin cá nhân"), "1.0", date(2026, 11, 24)),
        Policy("giao-hang", lazy("Giao hàng và phí giao"), "1.0", date(2026, 11, 24)),
        Policy("doi-tra", lazy("Đổi, trả và hoàn tiền"), "1.0", date(2026, 11, 24)),
        Policy("cach-sap-xep", lazy("Cách sắp xếp hàng"), "1.0", date(2026, 11, 24)),
        Policy("gioi-thieu", lazy("Giới thiệu"), "1.0", date(2026, 11, 24)),
    )
}

CONSENT_VERSION = f"quy-che {POLICIES['quy-che'].version}, quyen-rieng-tu {POLICIES['quyen-rieng-tu'].version}"
"""Stored with each order and each account: what exactly was agreed to (Luật 91/2025/QH15)."""
