"""What is known of a payment, computed from the stored facts about it and from nothing else.

Facts are a set: told twice, in another order or years later, they give the same answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from marketplace.kit.i18n import Text, lazy
from marketplace.kit.money import Dong
from marketplace.orders.rules import EXTRA, HOLD


class Method(StrEnum):
    """How the buyer pays."""

    TRANSFER = "transfer"
    CARD = "card"
    COD = "cod"
    STALL = "stall"


class FactKind(StrEnum):
    """Things seen of money."""

    TAP = "tap"
    RECEIVED = "received"
    NOT_SEEN = "not_seen"
    CLAIM_WITHDRAWN = "claim_withdrawn"
    REFUND_SENT = "refund_sent"
    REFUND_BACK = "refund_back"
    REFUND_DISPUTED = "refund_disputed"
    REFUND_FAILED = "refund_failed"
    COLLECTED = "collected"
    REMITTED = "remitted"
    WAIVED = "waived"


NOTHING = Dong(0)

ANSWERS = frozenset({FactKind.NOT_SEEN, FactKind.CLAIM_WITHDRAWN})
"""Each answers one of the buyer's taps; what the buyer then still claims is nothing, until the next tap."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing seen. (`source`, `source_id`) is its identity; `amount` in dong, what came or goes with this fact."""

    source: str
    source_id: str
    kind: FactKind
    at: datetime
    amount: Dong = NOTHING


class MoneyState(StrEnum):
    """What the facts amount to."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    NOT_SEEN = "not_seen"
    PART = "part"
    PAID = "paid"
    OVER = "over"


MONEY_LABELS: Mapping[MoneyState, Text] = {
    MoneyState.WAITING: lazy("Chờ chuyển khoản"),
    MoneyState.CLAIMED: lazy("Đã báo chuyển khoản, chờ người bán xem"),
    MoneyState.NOT_SEEN: lazy("Người bán chưa thấy tiền"),
    MoneyState.PART: lazy("Mới nhận một phần tiền"),
    MoneyState.PAID: lazy("Đã nhận đủ tiền"),
    MoneyState.OVER: lazy("Đã nhận thừa tiền"),
}


def money_word(state: MoneyState, *, card: bool) -> Text:
    """Where the money stands, in words: a card is either paid or not yet."""
    if not card:
        return MONEY_LABELS[state]
    return _CARD_LABELS.get(state, MONEY_LABELS[state])


_CARD_LABELS: Mapping[MoneyState, Text] = {
    MoneyState.WAITING: lazy("Chờ trả bằng thẻ"),
    MoneyState.PAID: lazy("Đã trả bằng thẻ"),
}


@dataclass(frozen=True, slots=True)
class Money:
    """A payment request as its facts have it. `claimed` is what the buyer says is on its way and nobody has answered yet."""

    state: MoneyState
    due: Dong
    received: Dong
    claimed: Dong
    round: int
    answered_at: datetime | None
    since: datetime | None

    @property
    def missing(self) -> Dong:
        """Dong that have not arrived."""
        return Dong(max(0, self.due - self.received))

    @property
    def paid(self) -> bool:
        """Whether everything asked for has arrived."""
        return self.received >= self.due

    @property
    def quiet(self) -> bool:
        """Neither money nor a tap that waits for its answer."""
        return not self.received and not self.claimed


def money(facts: Iterable[Fact], due: Dong) -> Money:
    """What is known of a request of `due` dong. `since`: from when on the producer owes an answer, or None."""
    known = unique(facts)
    taps = [fact for fact in known if fact.kind is FactKind.TAP]
    answers = [fact for fact in known if fact.kind in ANSWERS]
    received = _from_the_buyer(known)
    open_taps = taps[len(answers) :]
    claimed = Dong(max(0, _told(open_taps, known, due) - received))
    return Money(
        state=_state(due, received, claimed=bool(claimed), answered=bool(answers)),
        due=due,
        received=received,
        claimed=claimed,
        round=len(answers),
        answered_at=answers[-1].at if answers else None,
        since=_since(open_taps, _complete_at(known, due)),
    )


def hold_until(
    placed_at: datetime, known: Money, asked_anew: datetime | None = None, looked_at: bool = False
) -> datetime | None:
    """When the goods go back on the shelf, or None while money, an unanswered tap or money that is `looked_at` stops the clock.

    24 hours from placing; "Chưa thấy tiền", and a request that took the place of another one, leave at least 12 hours more.
    """
    if not known.quiet or looked_at:
        return None
    later = [moment + EXTRA for moment in (known.answered_at, asked_anew) if moment]
    return max([placed_at + HOLD, *later])


@dataclass(frozen=True, slots=True)
class Share:
    """What one order has of a request: `due` is its part, `received` and `claimed` what fell to it. Dong."""

    due: Dong
    received: Dong
    claimed: Dong

    @property
    def paid(self) -> bool:
        """Whether this order may be accepted."""
        return self.received >= self.due


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked of a request for one order. Of one that is `closed`, `gone` went back, and can pay for nothing else. Dong."""

    due: Dong
    closed: bool = False
    gone: Dong = NOTHING


def shares(known: Money, parts: Sequence[Part]) -> list[Share]:
    """The request's money over its orders: those that go on first, first come first filled; what is too much stays with the last.

    What is claimed falls to them in the same order.
    """
    kept, left = [], known.received
    for part in parts:
        kept.append(min(left, part.gone) if part.closed else 0)
        left = Dong(left - kept[-1])
    claimed, found, order = known.claimed, {}, sorted(range(len(parts)), key=lambda n: parts[n].closed)
    for n in order:
        more = left if n == order[-1] else min(left, max(0, parts[n].due - kept[n]))
        left = Dong(left - more)
        says = min(claimed, max(0, parts[n].due - kept[n] - more))
        claimed = Dong(claimed - says)
        found[n] = Share(parts[n].due, Dong(kept[n] + more), Dong(says))
    return [found[n] for n in range(len(parts))]


def still_wanted(dealt: Sequence[Share], parts: Sequence[Part]) -> Dong:
    """Dong that the buyer has still to pay: for the orders that go on, or, when none does, all that a late payer may have sent."""
    wanted = [max(0, share.due - share.received) for share, part in zip(dealt, parts, strict=True) if not part.closed]
    return Dong(sum(wanted)) if wanted else Dong(sum(max(0, share.due - share.received) for share in dealt))


def share_state(share: Share, *, answered: bool) -> MoneyState:
    """What the facts amount to for one order of a request."""
    return _state(share.due, share.received, claimed=bool(share.claimed), answered=answered)


def owed_back(share: Share, *, closed: bool) -> Dong:
    """Dong that must go back to the buyer: all that came or is said to be coming when there will be no goods, else the excess."""
    if closed:
        return Dong(share.received + share.claimed)
    return Dong(max(0, share.received - share.due))


def _told(open_taps: Sequence[Fact], known: Sequence[Fact], due: Dong) -> int:
    """Dong in all that the buyer says were sent: what had come at the tap and what was asked for then. A tap of nothing is of all."""
    told = 0
    for tap in open_taps:
        before = _from_the_buyer(known[: known.index(tap)])
        told = max(told, min(due, before + tap.amount) if tap.amount else due)
    return told


def _from_the_buyer(known: Sequence[Fact]) -> Dong:
    """Cash that a carrier took is paid, whether or not it has reached the producer; what reached her was taken."""
    reached = sum(fact.amount for fact in known if fact.kind in (FactKind.RECEIVED, FactKind.REMITTED))
    return Dong(max(reached, sum(fact.amount for fact in known if fact.kind is FactKind.COLLECTED)))


def unique(facts: Iterable[Fact]) -> list[Fact]:
    """Each thing seen once, in the order in which they were seen."""
    ordered = sorted(facts, key=lambda fact: (fact.at, fact.source, fact.source_id, fact.kind, fact.amount))
    first: dict[tuple[str, str], Fact] = {}
    for fact in ordered:
        first.setdefault((fact.source, fact.source_id), fact)
    return list(first.values())


def _state(due: Dong, received: Dong, *, claimed: bool, answered: bool) -> MoneyState:
    if received > due:
        return MoneyState.OVER
    if received == due:
        return MoneyState.PAID
    if claimed:
        return MoneyState.CLAIMED
    if received:
        return MoneyState.PART
    return MoneyState.NOT_SEEN if answered else MoneyState.WAITING


def _complete_at(known: Iterable[Fact], due: Dong) -> datetime | None:
    """When the sum was complete."""
    total = 0
    for fact in known:
        if fact.kind is FactKind.RECEIVED:
            total += fact.amount
            if total >= due:
                return fact.at
    return None


def _since(open_taps: Sequence[Fact], complete_at: datetime | None) -> datetime | None:
    moments = [tap.at for tap in open_taps] + ([complete_at] if complete_at else [])
    return min(moments, default=None)
