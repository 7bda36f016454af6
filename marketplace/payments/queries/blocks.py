"""One sum to pay as its page shows it: a transfer with its QR, a card, or cash; or why there is none."""

from collections.abc import Sequence

from marketplace.kit.i18n import Text, lazy
from marketplace.kit.money import Dong
from marketplace.orders.models import Order
from marketplace.orders.rules import CLOSED, OrderState
from marketplace.payments.models import PaymentRequest
from marketplace.payments.queries.loading import Loaded, coop_of, is_hidden
from marketplace.payments.queries.views import PayeeBlock
from marketplace.payments.rules import CASH, Method, MoneyState, money_word, show_reference
from marketplace.payments.rules.cash_words import buyer_word
from marketplace.payments.vietqr import Transfer, encode
from marketplace.producers.queries import bank
from marketplace.producers.rules import tail

LOOKED_AT = lazy("Tài khoản đang kiểm tra")
NOT_ANY_MORE = {False: lazy("Không cần chuyển nữa"), True: lazy("Không cần trả nữa")}


def payee_block(loaded: Loaded, request: PaymentRequest, number: int, of: int) -> PayeeBlock:
    """One transfer as it was asked for, with what is still missing."""
    known, card, by_cash = loaded.money[request.id], request.method is Method.CARD, request.method in CASH
    frozen, missing = is_hidden(loaded, request), loaded.wanted[request.id]
    mine = [order for order in loaded.orders if loaded.request_of[order.id] == request.id]
    to_bank = bank(request.bank_bin)
    wanted = any(order.state is OrderState.PLACED for order in mine)
    closed = all(order.state in CLOSED for order in mine)
    name, stalls = _names(loaded, [order for order in mine if closed or order.state not in CLOSED])
    return PayeeBlock(
        request_id=request.id,
        number=number,
        of=of,
        producer_name=name,
        stalls=stalls,
        due=request.due,
        received=known.received,
        missing=missing,
        reference=request.reference,
        reference_shown=show_reference(request.reference),
        bank_bin=request.bank_bin,
        bank_short=to_bank.short if to_bank else request.bank_bin,
        bank_name=to_bank.name if to_bank else "",
        account_no="" if frozen else request.account_no,
        holder="" if frozen else request.holder,
        tail=tail(request.account_no),
        frozen=frozen and wanted and bool(missing),
        payload=payload(request, missing) if wanted and missing and not card and not by_cash and not frozen else "",
        state=known.state,
        state_word=_state_word(loaded, request, mine[0], closed=closed),
        hold_until=min((order.hold_until for order in mine if order.hold_until), default=None),
        may_tap=bool(missing) and not known.claimed and not card and not by_cash,
        closed=closed,
        card=card,
        cash=loaded.cash.get(request.id),
        shared=sum(order.total for order in mine) != request.due,
        way=mine[0].way,
        may_pay_by_card=card and wanted and not known.paid,
        order_ids=[order.id for order in mine],
    )


def _names(loaded: Loaded, mine: Sequence[Order]) -> tuple[str, str]:
    """Who is paid, and for which stalls when it is a co-operative that is paid for others."""
    stalls = ", ".join(loaded.producers[order.producer_id].name for order in mine)
    coop = next((name for order in mine if (name := coop_of(loaded, order))), "")
    return coop or stalls, stalls if coop else ""


def _state_word(loaded: Loaded, request: PaymentRequest, first: Order, *, closed: bool) -> Text:
    if request.id in loaded.cash:
        return buyer_word(loaded.cash[request.id], first.state)
    known, card, missing = loaded.money[request.id], request.method is Method.CARD, loaded.wanted[request.id]
    if closed:
        return NOT_ANY_MORE[card]
    if missing and is_hidden(loaded, request):
        return LOOKED_AT
    return money_word(known.state if missing or known.paid else MoneyState.PAID, card=card)


def payload(request: PaymentRequest, missing: Dong) -> str:
    """The VietQR of what is still missing. The memo is the reference alone: banks cut memos at the tail."""
    return encode(Transfer(request.bank_bin, request.account_no, missing, request.reference))
