"""What the wordings are filled with, read when the word is sent: one reader for each kind of event."""

from collections.abc import Callable, Mapping
from typing import Any

from marketplace.accounts import queries as accounts
from marketplace.cases.models import Problem
from marketplace.cases.queries import last_words
from marketplace.cases.rules import KIND_LABELS, OUTCOME_LABELS, SubjectKind
from marketplace.catalog import queries as catalog
from marketplace.certificates import queries as certificates
from marketplace.kit import db
from marketplace.notices.actions.reaching import Facts
from marketplace.notices.rules import Audience
from marketplace.orders import queries as orders
from marketplace.orders.models import Order, OrderGroup
from marketplace.orders.rules import CLOSED, Way, show_code
from marketplace.payments.models import CardDispute, DisputeShare, PaymentRequest, Payout, RefundDue
from marketplace.payments.queries import known_of
from marketplace.payments.queries.cash import cash_of_order, method_of
from marketplace.payments.queries.facts import shares_of, wanted_of
from marketplace.payments.queries.keeping import keeper_of, request_of_order
from marketplace.payments.rules import CASH, Method, show_reference
from marketplace.payments.rules.dispute import DisputeState
from marketplace.payments.rules.old_money import ANSWERS, Outcome
from marketplace.places import queries as places
from marketplace.producers import queries as producers
from marketplace.producers.models import Producer
from marketplace.producers.queries import changes, sharing
from marketplace.producers.rules import OPEN_CHANGE, ChangeState, tail
from marketplace.reviews.models import Review
from marketplace.reviews.rules import FEELING_LABELS


def facts_of(topic: str, payload: Mapping[str, Any]) -> Facts | None:
    """Everything about one event, or None when the thing it speaks of is no longer there."""
    return _KINDS[topic.partition(".")[0]]({**payload, "topic": topic})


def _of_order(payload: Mapping[str, Any]) -> Facts | None:
    order, maker = orders.order(payload["order_id"]), producers.producer(payload["producer_id"])
    group = db.session.get(OrderGroup, payload["group_id"])
    if order is None or maker is None or group is None:
        return None
    lines, method = orders.lines([order.id]).get(order.id, []), method_of(order.id)
    payee, reference = _payee(order, maker)
    values: dict[str, Any] = {
        "payee": payee,
        "order": order,
        "code": show_code(order.code),
        "stall": maker,
        "buyer": group.buyer_name,
        "lines": [f"{line.quantity} {line.unit} {line.name}" for line in lines],
        "collect": order.way is Way.COLLECT,
        "card": method is Method.CARD,
        "cash": cash_of_order(order.id) if method in CASH else None,
        "place": places.label(maker.place),
    }
    paths = {
        Audience.PRODUCER: f"/ban-hang/don/{order.code}",
        Audience.BUYER: f"/don-hang/{group.token}",
        Audience.COORDINATOR: "/dieu-phoi/tien-mat" if order.delivered_at else "/dieu-phoi/don-cham",
    }
    if payload["topic"] == "order.old_money":
        paths[Audience.COORDINATOR] = "/dieu-phoi/hoan-tien"
    told = payee if _is_about_money(payload["topic"], order) else maker
    if told is not maker:
        paths[Audience.PRODUCER] = f"/ban-hang/khoan/{reference}"
    if "outcome" in payload:
        values["answer"] = ANSWERS[Outcome(payload["outcome"])]
    return Facts(values | _of_request(payload) | _of_dispute(payload), told, paths, buyer=group)


def _payee(order: Order, maker: Producer) -> tuple[Producer, str]:
    """Who has the money of this order, and by which reference; a card's is the market's, and its maker hears of it."""
    request = request_of_order(order.id)
    keeper = keeper_of(request, order)
    return (producers.producer(keeper) if keeper != maker.id else None) or maker, request.reference


def _is_about_money(topic: str, order: Order) -> bool:
    """Whether it is for whoever has the money to do something, and not for the maker."""
    if topic == "order.silent":
        return bool(known_of(request_of_order(order.id)).claimed)
    return topic in ("order.tapped", "order.old_money", "order.old_answer") or topic.startswith("refund.")


def _of_request(payload: Mapping[str, Any]) -> dict[str, Any]:
    request = db.session.get(PaymentRequest, payload["request_id"]) if "request_id" in payload else None
    if request is None:
        return {}
    known = known_of(request)
    wanted = wanted_of(request)
    return {
        "code": ", ".join(_codes(request)),
        "reference": show_reference(request.reference),
        "account_tail": tail(request.account_no),
        "due": request.due,
        "asked": known.claimed or wanted or known.due,
        "received": known.received,
        "missing": wanted,
    }


def _codes(request: PaymentRequest) -> list[str]:
    """The orders it pays that go on, or all of them."""
    found = [orders.order(part.order_id) for part in shares_of(request.id)]
    going = [show_code(order.code) for order in found if order and order.state not in CLOSED]
    return going or [show_code(order.code) for order in found if order]


def _of_dispute(payload: Mapping[str, Any]) -> dict[str, Any]:
    share = db.session.get(DisputeShare, payload["share_id"]) if "share_id" in payload else None
    if share is None:
        return {}
    dispute = db.session.get_one(CardDispute, share.dispute_id)
    return {"disputed": share.amount, "won": dispute.state is DisputeState.WON}


def _of_refund(payload: Mapping[str, Any]) -> Facts | None:
    facts, refund = _of_order(payload), db.session.get(RefundDue, payload["refund_id"])
    if facts is None or refund is None or not refund.amount:
        return None
    paths = {**facts.paths, Audience.COORDINATOR: "/dieu-phoi/hoan-tien"}
    return Facts({**facts.values, "amount": refund.amount, "reason": refund.reason}, facts.producer, paths, facts.buyer)


def _of_producer(payload: Mapping[str, Any]) -> Facts | None:
    maker = producers.producer(payload["producer_id"])
    if maker is None:
        return None
    paths = {
        Audience.PRODUCER: "/ban-hang/",
        Audience.COORDINATOR: f"/dieu-phoi/co-so/{maker.key}",
    }
    values = {"stall": maker, "place": places.label(maker.place), "note": payload.get("note", "")}
    return Facts(values, maker, paths)


def _of_product(payload: Mapping[str, Any]) -> Facts | None:
    product = catalog.product(payload["product_id"])
    maker = producers.producer(product.producer_id) if product else None
    if product is None or maker is None:
        return None
    paths = {
        Audience.PRODUCER: f"/ban-hang/hang/{product.key}",
        Audience.COORDINATOR: f"/dieu-phoi/hang/{product.key}",
    }
    values = {"product": product, "stall": maker, "place": places.label(maker.place), "note": payload.get("note", "")}
    return Facts(values, maker, paths)


def _of_revision(payload: Mapping[str, Any]) -> Facts | None:
    """Changes to a product: `product` is what is on sale."""
    facts, revision = _of_product(payload), catalog.product(payload["product_id"])
    if facts is None or revision is None or revision.revises_id is None:
        return None
    key = revision.key
    paths = {Audience.PRODUCER: f"/ban-hang/hang/{key}", Audience.COORDINATOR: f"/dieu-phoi/ban-sua/{key}"}
    values = {**facts.values, "product": catalog.revised(revision), "returned_reason": revision.returned_reason}
    return Facts(values, facts.producer, paths)


def _of_certificate(payload: Mapping[str, Any]) -> Facts | None:
    facts, one = _of_product(payload), certificates.certificate(payload["certificate_id"])
    if facts is None or one is None:
        return None
    key = facts.values["product"].key
    mine, desk = f"/ban-hang/hang/{key}/chung-nhan", f"/dieu-phoi/chung-nhan/{one.id}"
    paths = {Audience.PRODUCER: mine, Audience.COORDINATOR: desk}
    return Facts({**facts.values, "certificate": one}, facts.producer, paths)


def _of_problem(payload: Mapping[str, Any]) -> Facts | None:
    problem = db.session.get(Problem, payload["problem_id"])
    if problem is None:
        return None
    maker = producers.producer(problem.producer_id) if problem.producer_id else None
    order = orders.order(problem.subject_id) if problem.subject is SubjectKind.ORDER else None
    group = db.session.get(OrderGroup, order.group_id) if order else None
    values = {
        "problem": problem,
        "kind": KIND_LABELS[problem.kind],
        "whose": maker.name if maker else problem.title,
        "outcome": OUTCOME_LABELS[problem.outcome] if problem.outcome else "",
        "last": last_words(problem.id),
    }
    paths = {
        Audience.COORDINATOR: f"/dieu-phoi/van-de/{problem.key}",
        Audience.PRODUCER: f"/ban-hang/van-de/{problem.key}",
        Audience.BUYER: f"/don-hang/{group.token}/van-de/{problem.key}" if group else "",
    }
    above = bool(payload.get("province"))
    return Facts(values, maker, paths, buyer=group, reporter=problem.contact.strip(), to_province=above)


def _of_review(payload: Mapping[str, Any]) -> Facts | None:
    review = db.session.get(Review, payload["review_id"])
    order = orders.order(review.order_id) if review else None
    group = db.session.get(OrderGroup, order.group_id) if order else None
    if review is None or group is None:
        return None
    values = {"review": review, "feeling": FEELING_LABELS[review.feeling]}
    paths = {Audience.PRODUCER: "/ban-hang/y-kien", Audience.BUYER: f"/don-hang/{group.token}"}
    return Facts(values, producers.producer(review.producer_id), paths, buyer=group)


def _of_payout(payload: Mapping[str, Any]) -> Facts | None:
    payout, maker = db.session.get(Payout, payload["payout_id"]), producers.producer(payload["producer_id"])
    if payout is None or maker is None:
        return None
    values = {"amount": payout.amount, "account": payout.account_no, "memo": payout.memo, "stall": maker}
    return Facts(values, maker, {Audience.PRODUCER: "/ban-hang/tien"})


def _of_payee(payload: Mapping[str, Any]) -> Facts | None:
    one = changes.change(payload["change_id"])
    maker = producers.producer(one.producer_id) if one else None
    if one is None or maker is None:
        return None
    bank = producers.bank(one.bank_bin)
    values = {
        "stall": maker,
        "place": places.label(maker.place),
        "change": one,
        "bank": bank.short if bank else one.bank_bin,
        "new": tail(one.account_no),
        "old": tail(one.old_account_no),
        "reason": one.end_reason,
        "coop": coop.name if (coop := sharing.coop_with(one.payee_id)) else "",
    }
    paths = {
        Audience.PRODUCER: "/ban-hang/gian-hang/tai-khoan",
        Audience.COORDINATOR: f"/dieu-phoi/tai-khoan/{one.key}",
    }
    stoppable = one.state in OPEN_CHANGE or one.state is ChangeState.DONE
    letters = {Audience.PRODUCER: changes.stop_path(one)} if stoppable else {}
    return Facts(values, maker, paths, letters=letters, without=changes.not_to_decide(one), loud=True)


def _of_member(payload: Mapping[str, Any]) -> Facts | None:
    """`to`: who hears it, the stall or its co-operative."""
    row, told = sharing.row(payload["member_id"]), producers.producer(payload["to"])
    stall, coop = (producers.producer(row.producer_id), sharing.coop_with(row.payee_id)) if row else (None, None)
    if row is None or told is None or stall is None or coop is None:
        return None
    paid = producers.receiver(stall.id)
    values = {"stall": stall, "coop": coop, "new": tail(paid.account_no) if paid else ""}
    mine = "/ban-hang/hop-tac-xa" if told.id == coop.id else "/ban-hang/gian-hang/tai-khoan"
    return Facts(values, told, {Audience.PRODUCER: mine}, loud=told.id == stall.id)


def _of_account(payload: Mapping[str, Any]) -> Facts | None:
    maker = producers.producer(payload["producer_id"])
    if maker is None:
        return None
    values = {"stall": maker, "place": places.label(maker.place), "reason": payload["reason"]}
    mine, desk = "/ban-hang/gian-hang/tai-khoan", f"/dieu-phoi/co-so/{maker.key}/khoa"
    return Facts(values, maker, {Audience.PRODUCER: mine, Audience.COORDINATOR: desk}, loud=True)


def _of_device(payload: Mapping[str, Any]) -> Facts | None:
    session = accounts.session(payload["session_id"])
    if session is None:
        return None
    values = {"device": session.device, "address": session.address, "at": session.created_at}
    return Facts(values, None, {Audience.PERSON: "/tai-khoan/phien"}, person=payload["user_id"])


_KINDS: Mapping[str, Callable[[Mapping[str, Any]], Facts | None]] = {
    "order": _of_order,
    "refund": _of_refund,
    "payout": _of_payout,
    "producer": _of_producer,
    "payee": _of_payee,
    "account": _of_account,
    "member": _of_member,
    "product": _of_product,
    "revision": _of_revision,
    "certificate": _of_certificate,
    "problem": _of_problem,
    "device": _of_device,
    "review": _of_review,
}
