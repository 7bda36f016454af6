"""What every verb of a maker begins with: her product, loaded afresh, in a state that allows the change."""

from sqlalchemy import select

from marketplace.catalog.models import Product, Variant
from marketplace.catalog.rules.states import SetInTheProduct, require_editable, require_price_and_stock
from marketplace.kit import changes, clock, db
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import NotYours
from marketplace.producers.models import Producer


def locked_product(product_id: int) -> Product:
    """The product, locked; a revision only after what it revises, so that nobody waits in a circle.

    PostgreSQL looks at the revised row by itself when a revision is written twice in one transaction.
    """
    revises_id = db.session.scalar(select(Product.revises_id).where(Product.id == product_id))
    if revises_id is not None:
        db.locked(Product, revises_id)
    return db.locked(Product, product_id)


def own(actor: Actor, product_id: int) -> Product:
    """The actor's product, locked. Refuses anybody else's (NotYours). The operator's commands own every product."""
    product = locked_product(product_id)
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
    """The actor's product while price and stock may be changed; buyers will see it, so it is put in the log.

    Refuses a revision (SetInTheProduct): its product's own price and stock change at once.
    """
    product = own(actor, product_id)
    if product.revises_id is not None:
        raise SetInTheProduct
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
