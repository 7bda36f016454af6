"""The short groups in which people browse: unions of the 26 official sets, each under one address."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kit.i18n import LazyString, lazy


@dataclass(frozen=True, slots=True)
class ShopGroup:
    """One chip under the header. `sets` are numbers of QĐ 26/2026/QĐ-TTg, Phụ lục I."""

    slug: str
    label: LazyString
    sets: frozenset[int]
    on_home: bool = True

    @property
    def url(self) -> str:
        """Address of the group's list."""
        return f"/danh-muc/{self.slug}"


GROUPS: tuple[ShopGroup, ...] = (
    ShopGroup("mi-mien-banh", lazy("Mì, miến, bánh"), frozenset({5, 6})),
    ShopGroup("tra-ca-phe", lazy("Trà, cà phê"), frozenset({11, 12, 13})),
    ShopGroup("mat-duong", lazy("Mật, đường"), frozenset({4})),
    ShopGroup("mam-gia-vi", lazy("Mắm, gia vị"), frozenset({9, 10})),
    ShopGroup("gao-hat-qua", lazy("Gạo, hạt, quả"), frozenset({1, 3, 7})),
    ShopGroup("ruou-do-uong", lazy("Rượu, đồ uống"), frozenset({14, 15, 16, 17})),
    ShopGroup("thu-cong", lazy("Thủ công"), frozenset({21})),
    ShopGroup("vai-lua", lazy("Vải, lụa"), frozenset({22})),
    ShopGroup("thit-ca", lazy("Thịt, cá, trứng"), frozenset({2, 8}), on_home=False),
    ShopGroup(
        "thao-duoc",
        lazy("Thảo dược, tinh dầu"),
        frozenset({18, 19, 20}),
        on_home=False,
    ),
    ShopGroup("hoa-cay-canh", lazy("Hoa, cây cảnh"), frozenset({23, 24, 25}), on_home=False),
    ShopGroup("du-lich", lazy("Du lịch làng"), frozenset({26}), on_home=False),
)
"""Every official set is in exactly one group (a test checks it)."""

HOME_GROUPS: tuple[ShopGroup, ...] = tuple(group for group in GROUPS if group.on_home)
_BY_SLUG = {group.slug: group for group in GROUPS}
_BY_SET = {number: group for group in GROUPS for number in group.sets}


def group_by_slug(slug: str) -> ShopGroup | None:
    """The group with this address, or None."""
    return _BY_SLUG.get(slug)


def group_of(set_no: int) -> ShopGroup:
    """The group in which people look for goods of an official set (1-26)."""
    return _BY_SET[set_no]
