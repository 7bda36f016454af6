"""On which terms cards are taken: the operator's account and the rule for paying producers out."""

from sqlalchemy import select

from marketplace.kit import clock, db, trail
from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import lazy
from marketplace.payments.models import CardTerms
from marketplace.payments.queries.cards import terms
from marketplace.payments.rules.card import MOST_PAYOUT_DAYS, BadTerms, Terms
from marketplace.producers.models import Payee
from marketplace.producers.queries import banks
from marketplace.producers.rules import PayeeDraft, PayeeKind, account_number, holder_as_banks_write
from marketplace.producers.rules.payee import payee_missing


class BadAccount(BadInput):
    """An account that cannot be one."""

    message = lazy("Chưa đọc được tài khoản. Chọn ngân hàng, gõ số tài khoản và tên chủ tài khoản.")


@db.action
def set_card_terms(actor: Actor, new: Terms) -> None:
    """Publish terms for orders from now on. Refuses: not an admin (NotAllowed); days out of range (BadTerms); no account (BadAccount)."""
    actor.require((ActorKind.ADMIN, ActorKind.OPERATOR))
    if not 0 <= new.days <= MOST_PAYOUT_DAYS:
        raise BadTerms(field="days")
    draft = PayeeDraft(PayeeKind.OPERATOR, new.bank_bin, new.account_no, new.holder)
    if wrong := payee_missing(draft, (bank.bin for bank in banks())):
        raise BadAccount(field=wrong[0])
    holder, number = holder_as_banks_write(new.holder), account_number(new.account_no) or ""
    if terms() == Terms(new.bank_bin, number, holder, new.days, new.offered):
        return
    payee_id = _account(actor, new.bank_bin, number, holder)
    row = CardTerms(
        payee_id=payee_id, payout_days=new.days, offered=new.offered, set_by=actor.user_id, set_at=clock.now()
    )
    db.session.add(row)
    db.session.flush()
    trail.record(actor, "set_card_terms", "card_terms", row.id)


def _account(actor: Actor, bank_bin: str, number: str, holder: str) -> int:
    """The operator's account; another one gets a row of its own, so that old orders keep theirs."""
    same = select(Payee).where(
        Payee.kind == PayeeKind.OPERATOR,
        Payee.bank_bin == bank_bin,
        Payee.account_no == number,
        Payee.holder == holder,
    )
    payee = db.session.scalar(same)
    if payee is None:
        payee = Payee(
            kind=PayeeKind.OPERATOR,
            bank_bin=bank_bin,
            account_no=number,
            holder=holder,
            holder_matches=True,
            approved_by=actor.user_id,
            approved_at=clock.now(),
        )
        db.session.add(payee)
        db.session.flush()
    return payee.id
