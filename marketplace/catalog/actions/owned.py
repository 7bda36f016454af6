"""What every verb of a maker begins with: her product, loaded afresh, in a state that allows the change."""

from marketplace.catalog.models import Product, Variant
from marketplace.catalog.rules.states import require_editable, require_price_and_stock
from marketplace.kit import changes, clock, db
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import NotYours
from marketplace.producers.models import Producer


def own(actor: Actor, product_id: int) -> Product:
    """The actor's product, locked. Refuses anybody else's (NotYours). The operator's commands own every product."""
    product = db.locked(Product, product_id)
    if actor.kind is not ActorKind.OPERATOR:
        actor.require_producer(product.producer_id)
    return product


def editable(actor: Actor, product_id: int) -> Product:
    """The actor's product while everything about it may still be written."""
    product = own(actor, product_id)
    require_editable(product.state)
    product.updated_at = clock.now()
    return product


def priced(actor: Actor, product_id: int) -> Product:
    """The actor's product while price and stock may be changed; buyers will see it, so it is put in the log."""
    product = own(actor, product_id)
    require_price_and_stock(product.state)
    product.updated_at = clock.now()
    changes.add("product", product.id)
    return product


def variant_of(product: Product, variant_id: int) -> Variant:
    """This variant, locked, if it belongs to the product."""
    variant = db.locked(Variant, variant_id)
    if variant.product_id != product.id:
        raise NotYours
    return variant


def own_producer(actor: Actor, producer_id: int) -> Producer:
    """The producer the actor acts for."""
    if actor.kind is not ActorKind.OPERATOR:
        actor.require_producer(producer_id)
    return db.locked(Producer, producer_id)
