"""Verbs of an opinion: written and changed by the buyer, answered by the maker, taken down and put back by an office."""

from marketplace.accounts.actions import attempts
from marketplace.accounts.actions.attempts import Key
from marketplace.accounts.rules import Counted
from marketplace.catalog import queries as catalog
from marketplace.catalog.actions import set_opinions
from marketplace.catalog.models import Product
from marketplace.kit import clock, db, outbox, secret, trail
from marketplace.kit.actor import Actor
from marketplace.kit.errors import AlreadyDecided, BadInput, NotFound, TooMany
from marketplace.kit.i18n import lazy
from marketplace.kit.text import nfc
from marketplace.orders.models import Order, OrderGroup, OrderLine
from marketplace.producers.actions import Subject, record_decision
from marketplace.producers.models import Producer
from marketplace.reviews import queries
from marketplace.reviews.models import Review
from marketplace.reviews.rules import (
    FIRST,
    AnsweredOnce,
    masked_name,
    opinions_to,
    read_feeling,
    read_words,
    require_changeable,
    require_writable,
)


@db.action
def write(actor: Actor, order_line_id: int, *, feeling: str, text: str, address: str) -> int:
    """What the buyer says of one line; said again, it is changed, once. The opinion's id.

    Refuses: somebody else's order (NotYours); not delivered, too late, changed before (Refused); words that may not
    stand in public (BadInput); one network address writing again and again (TooMany).
    """
    line = db.locked(OrderLine, order_line_id)
    order = db.session.get_one(Order, line.order_id)
    actor.require_group(order.group_id)
    said, words = read_feeling(feeling), read_words(text)
    earlier = db.session.query(Review).where(Review.order_line_id == line.id).with_for_update().one_or_none()
    if earlier is not None:
        return _change(actor, earlier, said, words)
    require_writable(order.delivered_at, clock.now())
    _hold_back(address)
    values = {
        "order_line_id": line.id, "order_id": order.id, "product_id": line.product_id, "producer_id": order.producer_id,
        "bought": f"{line.name}, {line.variant_label}"[:200], "feeling": said, "text": words, "written_at": clock.now(),
        "author": masked_name(db.session.get_one(OrderGroup, order.group_id).buyer_name)[:60],
    }  # fmt: skip
    review_id = db.insert_once(Review, values, unique=("order_line_id",))
    if review_id is None:
        raise AlreadyDecided
    trail.record(actor, "write", "review", review_id)
    _keep(line.product_id)
    outbox.add("review.written", review_id=review_id)
    return review_id


def _hold_back(address: str) -> None:
    key = Key(Counted.REPORT_ADDRESS, secret.digest("attempt", f"review|{address}"))
    if seconds := attempts.seconds_to_wait((key,)):
        raise TooMany(lazy("Máy này vừa gửi nhiều ý kiến liền. Xin đợi một lát rồi gửi lại."), wait=seconds)
    attempts.count((key,))


def _change(actor: Actor, earlier: Review, feeling: str, words: str) -> int:
    if (earlier.feeling, earlier.text) == (feeling, words):
        return earlier.id  # the same page sent twice
    require_changeable(earlier.written_at, earlier.edited_at, earlier.hidden_at, clock.now())
    trail.record(actor, "change", "review", earlier.id, f"{earlier.feeling}: {earlier.text}")
    earlier.feeling, earlier.text, earlier.edited_at = read_feeling(feeling), words, clock.now()
    _keep(earlier.product_id)
    return earlier.id


@db.action
def answer(actor: Actor, review_id: int, text: str) -> None:
    """The maker's one answer, under the opinion. Refuses: not about her goods (NotYours); answered (AnsweredOnce); BadInput."""
    review = db.locked(Review, review_id)
    actor.require_producer(review.producer_id)
    if review.answered_at is not None:
        raise AnsweredOnce
    review.answer, review.answered_at = read_words(text), clock.now()
    trail.record(actor, "answer", "review", review_id)
    _keep(review.product_id)
    outbox.add("review.answered", review_id=review_id)


@db.action
def hide(actor: Actor, review_id: int, reason: str) -> None:
    """Take an opinion down; the reason stands in its place and in the public log.

    Refuses: outside the area (NotYours); no reason, or one that names somebody (BadInput); down already (AlreadyDecided).
    """
    review = _in_area(actor, review_id)
    reason = nfc(reason)[:600]
    if not any(map(str.isalpha, reason)):
        raise BadInput(lazy("Viết lý do, ví dụ: có lời lẽ xúc phạm. Lý do hiện ở chỗ của ý kiến."), field="reason")
    if review.hidden_at is not None:
        raise AlreadyDecided
    review.hidden_at, review.hidden_reason = clock.now(), reason
    _decided(actor, "hide", review, reason)


@db.action
def put_back(actor: Actor, review_id: int) -> None:
    """Let an opinion stand again. Refuses: outside the area (NotYours); it stands (AlreadyDecided)."""
    review = _in_area(actor, review_id)
    if review.hidden_at is None:
        raise AlreadyDecided
    review.hidden_at, review.hidden_reason = None, ""
    _decided(actor, "show", review, "")


def _in_area(actor: Actor, review_id: int) -> Review:
    review = db.locked(Review, review_id)
    actor.require_area(db.session.get_one(Producer, review.producer_id).place)
    return review


def _keep(product_id: int) -> None:
    """The product's row says what its page shows, without asking here."""
    db.session.flush()
    db.locked(Product, product_id)  # before counting: two at once would each miss the other
    set_opinions(product_id, opinions_to(queries.of_product(product_id, limit=FIRST)))


def _decided(actor: Actor, verb: str, review: Review, reason: str) -> None:
    product = catalog.product(review.product_id)
    if product is None:
        raise NotFound
    trail.record(actor, verb, "review", review.id, reason)
    place = db.session.get_one(Producer, review.producer_id).place
    record_decision(actor, verb, Subject("review", review.id, review.producer_id, product.name, place), reason)
    _keep(review.product_id)
    outbox.add(f"review.{'hidden' if verb == 'hide' else 'shown'}", review_id=review.id)
