"""Products from a file: one verb per row, the same rules of words and prices as everywhere."""

from marketplace.catalog import queries
from marketplace.catalog.actions.deciding import subject_of
from marketplace.catalog.models import Product, Variant
from marketplace.catalog.rules.answers import check_words
from marketplace.catalog.rules.goods import (
    Measure,
    measure_of_unit,
    read_measure,
    read_name,
    read_unit,
    shipping_guess,
    variant_label,
)
from marketplace.catalog.rules.imported import Goods
from marketplace.catalog.rules.questions import keeps_stock, reaches_for
from marketplace.catalog.rules.states import Klass, ProductState
from marketplace.delivery.rules import Reach
from marketplace.kit import changes, clock, db, trail
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.money import Dong
from marketplace.kit.text import fold, random_key, slugify
from marketplace.law.rules import SETS
from marketplace.producers.actions import record_decision

DEFAULT_PARCEL_G = 500


@db.action
def import_product(actor: Actor, producer_id: int, goods: Goods) -> int | None:
    """Import one row. None when it is there already: by its own id, else by producer, folded name and unit.

    With `on_sale` it goes on sale at once and the operator is its approver, unless `goods.why_draft` says why it stays a draft.
    Refuses names and texts as everywhere (BadInput); anyone but the operator or an admin (NotAllowed).
    """
    actor.require({ActorKind.OPERATOR, ActorKind.ADMIN})
    title, unit = read_name(goods.name), read_unit(goods.unit)
    for column, text in {"name": title, **goods.texts}.items():
        check_words(text, set_no=goods.set_no, field=column)
    if goods.external_id is None and queries.by_name_and_unit(producer_id, fold(title), unit) is not None:
        return None
    product_id = db.insert_once(Product, _columns(producer_id, goods, title), unique=("external_id",))
    if product_id is None:
        return None
    _add_variant(product_id, goods, unit)
    trail.record(actor, "import", "product", product_id)
    if goods.live:
        record_decision(actor, "approve", subject_of(db.locked(Product, product_id)))
    changes.add("product", product_id)
    return product_id


def _columns(producer_id: int, goods: Goods, title: str) -> dict[str, object]:
    key, now = random_key(), clock.now()
    live = goods.live
    reaches = reaches_for(goods.set_no)
    return {
        **goods.texts,
        "key": key,
        "slug": "-".join(part for part in (slugify(title), key) if part),
        "producer_id": producer_id,
        "name": title,
        "name_folded": fold(title),
        "klass": goods.klass or Klass(SETS[goods.set_no].klass_default),
        "set_no": goods.set_no,
        "state": ProductState.ON_SALE if live else ProductState.DRAFT,
        "province_code": goods.place.province_code,
        "commune_code": goods.place.commune_code,
        "village_id": goods.village_id,
        "external_id": goods.external_id,
        "is_sample": goods.is_sample,
        "days_to_make": goods.days_to_make if reaches else None,
        "reach": reaches[-1] if reaches else Reach.COLLECT,
        "collect_ok": True,
        "submitted_at": now if live else None,
        "approved_at": now if live else None,
        "created_at": now,
        "updated_at": now,
    }


def _add_variant(product_id: int, goods: Goods, unit: str) -> None:
    measure: Measure = read_measure(goods.net) if goods.net else measure_of_unit(unit)
    db.session.add(
        Variant(
            product_id=product_id,
            unit=unit,
            label=variant_label(unit, measure),
            net_weight_g=measure.grams,
            net_volume_ml=measure.millilitres,
            shipping_weight_g=shipping_guess(measure) or DEFAULT_PARCEL_G,
            price=goods.price or Dong(0),
            on_hand=goods.stock if keeps_stock(goods.set_no) else 0,
        )
    )
    db.session.flush()
