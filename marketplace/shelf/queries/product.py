"""A product's own page, found by the permanent key at the end of its address."""

from typing import Any

from sqlalchemy import case, false, or_, select

from marketplace.catalog.models import Photo, Product, Variant
from marketplace.catalog.rules.goods import price_per_kg, show_measure
from marketplace.catalog.rules.questions import questions
from marketplace.catalog.rules.states import KLASS_LABELS, PhotoState, ProductState
from marketplace.catalog.rules.wording import words_for
from marketplace.certificates.queries import live
from marketplace.delivery.rules import REACH_LABELS, Reach
from marketplace.kit import clock, db
from marketplace.kit.i18n import Text, _, lazy
from marketplace.kit.money import show_dong
from marketplace.law.rules import ALCOHOL_SETS, TOURISM_SETS
from marketplace.places.models import CraftVillage
from marketplace.places.queries import full_line
from marketplace.places.queries import slug as place_slug
from marketplace.places.rules import village_title
from marketplace.producers.models import Producer
from marketplace.producers.rules import ProducerState
from marketplace.shelf.queries.cards import cards, not_alcohol, on_sale_ids, place_text
from marketplace.shelf.queries.stall import maker
from marketplace.shelf.rules import (
    Badge,
    Card,
    Delivery,
    Gone,
    Moved,
    Option,
    Picture,
    ProductPage,
    group_of,
    key_of,
    stock_of,
)

_FACTS: tuple[tuple[str, Text], ...] = (
    ("ingredients", lazy("Thành phần")),
    ("material", lazy("Chất liệu")),
    ("dimensions", lazy("Kích thước")),
    ("strength", lazy("Độ cồn")),
    ("measure", lazy("Khối lượng tịnh")),
    ("made_in", lazy("Nơi làm")),
    ("origin", lazy("Xuất xứ nguyên liệu")),
    ("shelf_life", lazy("Hạn dùng")),
    ("storage", lazy("Bảo quản")),
    ("usage", lazy("Cách dùng")),
    ("warnings", lazy("Lưu ý")),
    ("declaration_no", lazy("Bản tự công bố")),
)


def product_page(slug: str) -> ProductPage | Moved | Gone | None:
    """The page at this address; where it moved to; what is left of it; or None for a product that never was public."""
    row = db.session.execute(
        select(Product, Producer, CraftVillage)
        .join(Producer, Producer.id == Product.producer_id)
        .outerjoin(CraftVillage, CraftVillage.id == Product.village_id)
        .where(Product.key == key_of(slug))
    ).one_or_none()
    if row is None:
        return None
    product, producer, village = row
    if (product.state, producer.state) != (ProductState.ON_SALE, ProducerState.ACTIVE):
        return _gone(product, producer)
    if product.slug != slug:
        return Moved(product.slug)
    return _page(product, producer, village)


def _gone(product: Product, producer: Producer) -> Gone | None:
    if product.approved_at is None:
        return None
    open_stall = producer.state == ProducerState.ACTIVE
    return Gone(product.name, producer.name, f"/gian-hang/{producer.slug}" if open_stall else "")


def _page(product: Product, producer: Producer, village: CraftVillage | None) -> ProductPage:
    contact_only = product.set_no in TOURISM_SETS
    options = () if contact_only else _options(product.id)
    set_no = product.set_no or 0
    reach = product.reach or Reach.COLLECT
    return ProductPage(
        id=product.id,
        key=product.key,
        slug=product.slug,
        name=product.name,
        klass=product.klass.value,
        klass_label=KLASS_LABELS[product.klass],
        set_no=set_no,
        group=group_of(set_no),
        description=product.description,
        facts=_facts(product, village, options),
        pictures=_pictures(product),
        options=options,
        badge=_badge(product.id),
        maker=maker(producer, village if village and village.id == producer.village_id else None),
        place=product.place,
        place_text=place_text(product.place),
        place_url=f"/noi-lam/{place_slug(product.place)}",
        village=village_title(village.name) if village else "",
        village_url=f"/lang-nghe/{village.slug}" if village else "",
        village_id=village.id if village else None,
        delivery=Delivery(
            REACH_LABELS[reach], reach is not Reach.COLLECT, bool(product.collect_ok), product.days_to_make or 0
        ),
        adult=set_no in ALCOHOL_SETS,
        contact_only=contact_only,
        is_sample=product.is_sample,
        updated=clock.day_of(product.updated_at),
        opinions=product.opinions,
    )


def _options(product_id: int) -> tuple[Option, ...]:
    rows = db.session.execute(
        select(Variant.__table__)
        .where(Variant.product_id == product_id, Variant.active, Variant.price > 0)
        .order_by(Variant.position, Variant.id)
    ).all()
    return tuple(
        Option(
            variant_id=row.id,
            label=row.label or row.unit,
            unit=row.unit,
            price=row.price,
            price_text=show_dong(row.price),
            measure=show_measure(row.net_weight_g, row.net_volume_ml),
            per_measure=_per_measure(row.price, row.net_weight_g, row.net_volume_ml),
            stock=stock_of(row.on_hand - row.held),
            left=row.on_hand - row.held,
            shipping_weight_g=row.shipping_weight_g,
        )
        for row in rows
    )


def _per_measure(price: int, grams: int | None, millilitres: int | None) -> str:
    """The price of a kilogram or litre (Luật 19/2023/QH15 Điều 37: price with its unit), or nothing to say."""
    each = price_per_kg(price, grams, millilitres)
    return "" if each is None else f"{show_dong(each)}/{'kg' if grams is not None else _('lít')}"


def _pictures(product: Product) -> tuple[Picture, ...]:
    rows: Any = db.session.execute(
        select(Photo.sizes, Photo.width, Photo.height, Photo.alt, Photo.is_illustration)
        .where(Photo.product_id == product.id, Photo.state == PhotoState.READY, Photo.removed_at.is_(None))
        .order_by(Photo.position, Photo.id)
    ).all()
    return tuple(
        Picture(row.sizes, row.width, row.height, row.alt or product.name, row.is_illustration)
        for row in rows
        if row.sizes
    )


def _badge(product_id: int) -> Badge | None:
    found = live([product_id], clock.today()).get(product_id)
    if found is None:
        return None
    return Badge(found.stars, found.decision_no, found.issuer, found.decision_date, found.until, found.is_sample)


def _facts(product: Product, village: CraftVillage | None, options: tuple[Option, ...]) -> tuple[tuple[Text, str], ...]:
    made_in = full_line(product.place, village.name if village else "", village.old_place if village else "")
    measures = ", ".join(dict.fromkeys(option.measure for option in options if option.measure))
    extra = {"measure": measures, "made_in": made_in}
    asked = {"measure", "made_in", *(question.field for question in questions(product.set_no or 0))}
    said = ((field, title, extra.get(field) or getattr(product, field, "")) for field, title in _FACTS)
    return tuple((_title(product, field, title), text) for field, title, text in said if text and field in asked)


def _title(product: Product, field: str, title: Text) -> Text:
    if field == "made_in" and product.set_no in TOURISM_SETS:
        return lazy("Nơi đón khách")
    return words_for(product.set_no, field).name or title


def more_like(page: ProductPage, *, adult_ok: bool = False, limit: int = 5) -> list[Card]:
    """Others of the same stall, village, commune or set, in that order; goods that can be had first."""
    same_stall = Product.producer_id == page.maker.id
    same_village = Product.village_id == page.village_id if page.village_id else false()
    same_commune = Product.commune_code == page.place.commune_code if page.place.commune_code else false()
    same_set = Product.set_no == page.set_no
    near = case((same_stall, 0), (same_village, 1), (same_commune, 2), else_=3)
    ids = select(Product.id).where(Product.id != page.id, or_(same_stall, same_village, same_commune, same_set))
    if not (adult_ok or page.adult):
        ids = ids.where(not_alcohol())
    return cards(on_sale_ids(ids, near, Product.sold.desc(), limit=limit), adult_ok=adult_ok)
