"""Writing a product down, one screen at a time. Every verb saves; nothing here is shown to buyers before approval."""

from sqlalchemy import func, select

from marketplace.catalog import queries
from marketplace.catalog.actions.owned import editable, own_producer, priced, variant_of
from marketplace.catalog.models import Product, Variant
from marketplace.catalog.rules.answers import check_words, read_answer
from marketplace.catalog.rules.goods import (
    LABEL_LENGTH,
    Measure,
    measure_of_unit,
    read_count,
    read_measure,
    read_name,
    read_price,
    read_unit,
    read_weight,
    shipping_guess,
    variant_label,
)
from marketplace.catalog.rules.missing import NOWHERE, reaches_nobody
from marketplace.catalog.rules.questions import CRAFT_SETS, AnswerKind, first_text, has_cart, question
from marketplace.catalog.rules.states import Klass, ProductState
from marketplace.kit import clock, db, trail
from marketplace.kit.actor import Actor
from marketplace.kit.errors import BadInput, NotFound, NotYours
from marketplace.kit.i18n import lazy
from marketplace.kit.text import KEY_ALPHABET, fold, nfc, random_key, slugify
from marketplace.law.rules import SETS

MOST_DRAFTS = 200
MOST_VARIANTS = 12


class TooManyProducts(BadInput):
    """A stall holds at most 200 products that are not deleted."""

    message = lazy("Gian hàng đã có nhiều sản phẩm. Xóa bớt bản đang soạn rồi thêm mới.")


class TooManyVariants(BadInput):
    """A product comes in at most 12 variants."""

    message = lazy("Một sản phẩm có nhiều nhất 12 loại.")


class NoSuchSet(BadInput):
    """None of the 26 sets was chosen."""

    message = lazy("Chọn một nhóm hàng gần giống nhất.")


class AnotherTrade(BadInput):
    """What is on sale does not turn from goods into a visit: orders for it are under way."""

    message = lazy("Hàng đang bán không đổi sang dịch vụ du lịch được, và ngược lại. Thêm sản phẩm mới cho việc đó.")


class PricedByCall(BadInput):
    """A visit has no price of its own: it is agreed by telephone."""

    message = lazy("Dịch vụ du lịch không ghi giá. Khách gọi hỏi giá.")


class NobodyCouldGetIt(BadInput):
    """Not sent anywhere, and not handed out at the stall either."""

    message = NOWHERE


class LastVariant(BadInput):
    """A product needs something to sell."""

    message = lazy("Cần giữ lại ít nhất một loại để bán.")


class SameLabel(BadInput):
    """Two variants with one name cannot be told apart."""

    message = lazy("Đã có loại tên như vậy. Đặt tên khác, ví dụ: Hộp 1 kg.")


KEY_LENGTH = 6


def is_key(text: str) -> bool:
    """Whether a page could have been given this key by us: nothing else becomes an address."""
    return len(text) == KEY_LENGTH and all(c in KEY_ALPHABET for c in text)


@db.action
def draft(actor: Actor, producer_id: int, *, key: str | None = None) -> int:
    """A new, empty product of this producer. `key` comes with the page: a second press of it finds the first draft."""
    producer = own_producer(actor, producer_id)
    key = key if key and is_key(key) else random_key()
    kept = db.session.scalar(
        select(func.count())
        .where(Product.producer_id == producer_id, Product.revises_id.is_(None))
        .where(Product.state != ProductState.WITHDRAWN)
    )
    if (kept or 0) >= MOST_DRAFTS and queries.by_key(key) is None:
        raise TooManyProducts
    now = clock.now()
    values = {
        "key": key, "slug": key, "producer_id": producer_id, "name": "", "name_folded": "", "klass": Klass.FARM,
        "state": ProductState.DRAFT, "province_code": producer.province_code, "commune_code": producer.commune_code,
        "village_id": producer.village_id, "is_sample": producer.is_sample, "created_at": now, "updated_at": now,
    }  # fmt: skip
    product_id = db.insert_once(Product, values, unique=("key",))
    if product_id is None:
        return _drafted_before(producer_id, key)
    trail.record(actor, "draft", "product", product_id)
    return product_id


def _drafted_before(producer_id: int, key: str) -> int:
    earlier = queries.of_producer(producer_id, key)
    if earlier is None:
        raise NotYours
    return earlier.id


@db.action
def name(actor: Actor, product_id: int, text: str) -> None:
    """Call the product something. Refuses names of the wrong length and forbidden words; the address follows the name."""
    product = editable(actor, product_id)
    product.name = read_name(text)
    check_words(product.name, set_no=product.set_no, field="name")
    product.name_folded = fold(product.name)
    product.slug = "-".join(part for part in (slugify(product.name), product.key) if part)


@db.action
def choose_set(actor: Actor, product_id: int, set_no: int | None) -> None:
    """Put the product in one of the 26 sets; its class follows the set until the maker says otherwise.

    Refuses: no such set; words the new set forbids (ForbiddenWords); a revision from goods to a visit (AnotherTrade).
    """
    product = editable(actor, product_id)
    if set_no not in SETS:
        raise NoSuchSet(field="set")
    if product.set_no == set_no:
        return
    if product.revises_id is not None and has_cart(set_no) != has_cart(product.set_no):
        raise AnotherTrade(field="set")
    for field in ("name", "description", "ingredients", "usage", "warnings", "storage"):
        check_words(getattr(product, field), set_no=set_no, field=field)
    product.set_no = set_no
    product.klass = Klass(SETS[set_no].klass_default)
    product.warnings = product.warnings or str(first_text(set_no, "warnings"))
    _leave_unasked_empty(product, set_no)


def _leave_unasked_empty(product: Product, set_no: int) -> None:
    """An answer to a question the new set does not ask would be shown without being asked about."""
    if set_no in CRAFT_SETS:
        product.ingredients = product.shelf_life = product.strength = ""
    else:
        product.material = ""


@db.action
def choose_class(actor: Actor, product_id: int, klass: Klass) -> None:
    """Say whether it is a farm product or a craft-village product."""
    editable(actor, product_id).klass = klass


@db.action
def answer(actor: Actor, product_id: int, slug: str, text: str) -> None:
    """Answer one question of the product's set, by its address. Refuses what cannot be read or is forbidden (BadInput)."""
    product = editable(actor, product_id)
    asked = question(product.set_no, slug) if product.set_no else None
    if asked is None or product.set_no is None:
        raise NotFound
    if asked.kind is AnswerKind.MEASURE:
        _measure_all(product, read_measure(text))
    elif asked.kind is AnswerKind.WEIGHT:
        for variant in _unfinished(product, "shipping"):
            variant.shipping_weight_g = read_weight(text)
    else:
        said = read_answer(asked, text, set_no=product.set_no)
        if asked.field == "collect_ok" and reaches_nobody(product.reach, said):
            raise NobodyCouldGetIt(field="collect_ok")
        setattr(product, asked.field, said)


def _unfinished(product: Product, what: str) -> list[Variant]:
    """The variants a question is about: those without an answer, or the only one when it is answered anew."""
    variants = list(queries.variants(product.id))
    if len(variants) == 1:
        return variants
    lacking = [v for v in variants if (not v.shipping_weight_g if what == "shipping" else not _measured(v))]
    return lacking or variants[:1]


def _measured(variant: Variant) -> bool:
    return variant.net_weight_g is not None or variant.net_volume_ml is not None


def _measure_all(product: Product, measure: Measure) -> None:
    for variant in _unfinished(product, "net"):
        own_label = variant.label != variant_label(variant.unit, _measure_of(variant))
        variant.net_weight_g, variant.net_volume_ml = measure.grams, measure.millilitres
        if not own_label:
            variant.label = variant_label(variant.unit, measure)


def _measure_of(variant: Variant) -> Measure:
    return Measure(variant.net_weight_g, variant.net_volume_ml)


@db.action
def price(actor: Actor, product_id: int, price_text: str, unit_text: str) -> int:
    """Price and unit of the first variant, which is made by this. Returns its id. The unit changes only before approval."""
    product = priced(actor, product_id)
    if not has_cart(product.set_no):
        raise PricedByCall(field="price")
    unit, amount = read_unit(unit_text), read_price(price_text)
    check_words(unit, set_no=product.set_no, field="unit")
    first = next(iter(queries.variants(product_id)), None)
    if first is None:
        return _new_variant(product, unit=unit, price_text=price_text)
    first.price = amount
    if first.unit != unit:
        editable(actor, product_id)
        default = first.label == variant_label(first.unit, _measure_of(first))
        first.unit = unit
        first.label = variant_label(unit, _measure_of(first)) if default else first.label
    return first.id


def _new_variant(
    product: Product, *, unit: str, price_text: str, label: str = "", measure: Measure | None = None
) -> int:
    measure = measure or measure_of_unit(unit)
    variant = Variant(
        product_id=product.id,
        unit=unit,
        label=label or variant_label(unit, measure),
        net_weight_g=measure.grams,
        net_volume_ml=measure.millilitres,
        shipping_weight_g=shipping_guess(measure),
        price=read_price(price_text),
        position=len(queries.variants(product.id, all_of_them=True)),
    )
    db.session.add(variant)
    db.session.flush()
    return variant.id


@db.action
def add_variant(
    actor: Actor, product_id: int, *, unit: str, net: str, price: str, label: str = "", stock: str = "0"
) -> int:
    """Another way the product is packed. Refuses a second one under the same name and more than 12."""
    product = editable(actor, product_id)
    if not has_cart(product.set_no):
        raise PricedByCall(field="label")
    variants = queries.variants(product_id)
    if len(variants) >= MOST_VARIANTS:
        raise TooManyVariants
    word = read_unit(unit)
    measure = read_measure(net) if net.strip() else measure_of_unit(word)
    called = _read_label(product, label) or variant_label(word, measure)
    if any(fold(v.label) == fold(called) for v in variants):
        raise SameLabel(field="label")
    variant_id = _new_variant(product, unit=word, price_text=price, label=called, measure=measure)
    db.locked(Variant, variant_id).on_hand = read_count(stock or "0")
    return variant_id


def _read_label(product: Product, text: str) -> str:
    label = nfc(text)[:LABEL_LENGTH]
    check_words(label, set_no=product.set_no, field="label")
    return label


@db.action
def remove_variant(actor: Actor, product_id: int, variant_id: int) -> None:
    """Stop offering a variant before approval. Refuses the last one."""
    variant = variant_of(editable(actor, product_id), variant_id)
    if len(queries.variants(product_id)) <= 1:
        raise LastVariant
    variant.active = False


@db.action
def restore_variant(actor: Actor, product_id: int, variant_id: int) -> None:
    """Take a removed variant back."""
    variant_of(editable(actor, product_id), variant_id).active = True


@db.action
def set_price(actor: Actor, product_id: int, variant_id: int, price_text: str) -> None:
    """A new price for one variant, at once also while it is on sale. Orders already placed keep theirs."""
    product = priced(actor, product_id)
    variant = variant_of(product, variant_id)
    before, variant.price = variant.price, read_price(price_text)
    trail.record(actor, "price", "product", product.id, f"{variant.label}: {before} -> {variant.price}")
