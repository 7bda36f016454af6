"""How a product's answers are said back to its maker."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from marketplace.catalog import rules
from marketplace.catalog.models import Photo, Product, Variant
from marketplace.kit.i18n import Text, _, said
from marketplace.kit.money import show_dong
from marketplace.law.rules import SETS
from marketplace.web.selling.products import page_of

SMALL = 320


@dataclass(frozen=True)
class Row:
    """One line of the review: what, the answer, and the address that changes it."""

    field: str
    name: Text
    value: str
    url: str
    required: bool = True


def photo_address(product: Product, photo: Photo, width: int = SMALL) -> str:
    """Where its maker sees a photo before it is public."""
    return url_for("selling.photo_file", key=product.key, photo_key=photo.key, width=width)


@dataclass(frozen=True)
class Point:
    """One thing an official asked to be put right; without an address it is only said."""

    text: str
    name: Text = ""
    url: str = ""


def mending(product: Product) -> list[Point]:
    """Why it came back, sentence by sentence, each with the page that mends it."""
    return [
        Point(
            one["text"], rules.field_name(product.set_no, one["field"]), page_of(product, one["field"]) + "?ve=xem-lai"
        )
        if one["field"]
        else Point(one["text"])
        for one in product.returned_points
    ]


def answer_shown(product: Product, field: str) -> str:
    """The stored answer in words."""
    value = getattr(product, field)
    if value is None or value == "":
        return ""
    if field == "reach":
        return str(rules.REACH_LABELS[value])
    if field == "collect_ok":
        return _("Được") if value else _("Không")
    return _("%(days)s ngày", days=value) if field == "days_to_make" else str(value)


def _variant_shown(field: str, variants: Sequence[Variant]) -> str:
    if field == "net":
        said = [rules.show_measure(v.net_weight_g, v.net_volume_ml) for v in variants]
    else:
        said = [rules.show_measure(v.shipping_weight_g, None) if v.shipping_weight_g else "" for v in variants]
    return ", ".join(dict.fromkeys(one for one in said if one))


def review_rows(product: Product, variants: Sequence[Variant]) -> list[Row]:
    """Name, set, price, stock, then the set's questions, required ones first."""
    rows = [
        Row("name", rules.FIELDS["name"], product.name, page_of(product, "name")),
        Row(
            "set",
            rules.FIELDS["set"],
            said(SETS[product.set_no].short) if product.set_no else "",
            page_of(product, "set"),
        ),
        Row("class", rules.FIELDS["class"], str(rules.KLASS_LABELS[product.klass]), page_of(product, "class")),
        _price_row(product, variants),
    ]
    if rules.keeps_stock(product.set_no) and variants and product.revises_id is None:
        rows.append(Row("stock", rules.FIELDS["stock"], _stock(variants), page_of(product, "stock")))
    for asked in rules.questions(product.set_no) if product.set_no else []:
        is_measure = asked.field in ("net", "shipping")
        value = _variant_shown(asked.field, variants) if is_measure else answer_shown(product, asked.field)
        rows.append(
            Row(
                asked.field,
                rules.field_name(product.set_no, asked.field),
                value,
                page_of(product, asked.field),
                required=asked.required,
            )
        )
    return rows


def _price_row(product: Product, variants: Sequence[Variant]) -> Row:
    """What buyers read as the price: a visit has none, so there is no page to change it."""
    if not rules.has_cart(product.set_no):
        return Row("price", _("Giá"), _("Liên hệ"), "")
    if product.revises_id is not None:  # what is on sale has its own price, which changes at once
        return Row("price", _("Các loại"), ", ".join(variant.label for variant in variants), "")
    return Row("price", rules.FIELDS["price"], _prices(variants), page_of(product, "price"))


def _prices(variants: Sequence[Variant]) -> str:
    return ", ".join(f"{show_dong(v.price)} / {v.label[:1].lower() + v.label[1:]}" for v in variants if v.price)


def _stock(variants: Sequence[Variant]) -> str:
    return ", ".join(f"{v.on_hand} {said(v.unit)}" for v in variants)
