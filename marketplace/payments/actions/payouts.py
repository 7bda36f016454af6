"""Passing card money on to its producers. Each transfer is a fact, written once; the producer's row is locked meanwhile."""

from marketplace.kit import clock, db, outbox, trail
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import BadInput
from marketplace.kit.money import Dong, show_dong
from marketplace.orders.rules import NobodyToPay
from marketplace.payments.models import Payout
from marketplace.payments.queries.payouts import purse
from marketplace.payments.rules.payout import TooMuchToPayOut, memo
from marketplace.producers.models import Producer
from marketplace.producers.queries import payees

KEY_LENGTH = 40


@db.action
def pay_out(actor: Actor, producer_id: int, *, amount: Dong, key: str) -> bool:
    """ "Đã chuyển": `amount` dong were transferred to her. The page's `key` makes a second press the same fact; whether it is news.

    Refuses: not an admin (NotAllowed); more than is payable now (TooMuchToPayOut); no account of hers (NobodyToPay).
    """
    actor.require((ActorKind.ADMIN, ActorKind.OPERATOR))
    producer = db.locked(Producer, producer_id)
    if not key or len(key) > KEY_LENGTH:
        raise BadInput(field="key")
    if _known(key):
        return False
    account = payees([producer_id]).get(producer_id)
    if account is None:
        raise NobodyToPay
    if not 0 < amount <= purse(producer_id).payable:
        raise TooMuchToPayOut
    values = {
        "key": key,
        "producer_id": producer_id,
        "amount": amount,
        "bank_bin": account.bank_bin,
        "account_no": account.account_no,
        "holder": account.holder,
        "memo": memo(producer.key, clock.today()),
        "at": clock.now(),
        "actor_user_id": actor.user_id,
    }
    payout_id = db.insert_once(Payout, values, unique=("key",))
    if payout_id is None:
        return False
    trail.record(actor, "pay_out", "payout", payout_id, show_dong(amount))
    outbox.add("payout.paid", payout_id=payout_id, producer_id=producer_id)
    return True


def _known(key: str) -> bool:
    return db.session.scalar(db.sqla.select(Payout.id).where(Payout.key == key)) is not None


@db.action
def take_back_payout(actor: Actor, payout_id: int) -> None:
    """ "Ghi nhầm": this transfer was not made. Twice is once.

    Refuses: not an admin (NotAllowed); it takes another back itself (BadInput).
    """
    actor.require((ActorKind.ADMIN, ActorKind.OPERATOR))
    row = db.session.get(Payout, payout_id)
    producer_id = row.producer_id if row else 0
    db.locked(Producer, producer_id)
    one = db.locked(Payout, payout_id)
    if one.reverses_id is not None:
        raise BadInput
    values = {
        **{name: getattr(one, name) for name in ("producer_id", "amount", "bank_bin", "account_no", "holder", "memo")},
        "key": f"back-{payout_id}",
        "reverses_id": payout_id,
        "at": clock.now(),
        "actor_user_id": actor.user_id,
    }
    if db.insert_once(Payout, values, unique=("key",)) is not None:
        trail.record(actor, "take_back_payout", "payout", payout_id, show_dong(one.amount))
        outbox.add("payout.taken_back", payout_id=payout_id, producer_id=producer_id)
