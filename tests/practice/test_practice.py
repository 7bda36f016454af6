"""What the official SDK is told: every parameter checked, keys honoured, declines, 3-D Secure, no over-refund, signed events."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import stripe

from marketplace.practice import ledger
from marketplace.practice.courier import Courier
from tests.practice.stand import KEY, SECRET, Stand, standing


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with standing(tmp_path_factory.mktemp("practice")) as one:
        yield one


@pytest.fixture
def sdk(stand: Stand) -> stripe.StripeClient:
    """The SDK as it comes, told another address and nothing else."""
    return stripe.StripeClient(KEY, base_addresses={"api": stand.url})


def asked(amount: int = 150_000, **more: Any) -> Any:
    return {
        "mode": "payment",
        "client_reference_id": "OCOP000000197",
        "success_url": "http://127.0.0.1:5000/xong?phien={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1:5000/",
        "locale": "vi",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {"currency": "vnd", "unit_amount": amount, "product_data": {"name": "Chè lam"}},
            }
        ],
        "payment_intent_data": {"metadata": {"reference": "OCOP000000197"}},
        **more,
    }


def paid(stand: Stand, sdk: stripe.StripeClient, card: str = ledger.PAYS, amount: int = 150_000) -> str:
    """A session paid with this card; its payment."""
    session = sdk.v1.checkout.sessions.create(asked(amount))
    assert session.url
    assert stand.visit(session.url, card=card)[0] == 303
    after = sdk.v1.checkout.sessions.retrieve(session.id)
    assert after.payment_status == "paid"
    return str(after.payment_intent)


def refused(call: Any, *arguments: Any, **options: Any) -> stripe.StripeError:
    with pytest.raises(stripe.StripeError) as refusal:
        call(*arguments, **options)
    return refusal.value


def test_a_dong_is_a_dong(stand: Stand, sdk: stripe.StripeClient) -> None:
    session = sdk.v1.checkout.sessions.create(asked(120_000))
    assert (session.amount_total, session.currency, session.status, session.livemode) == (120_000, "vnd", "open", False)
    assert session.client_reference_id == "OCOP000000197"
    assert session.url is not None
    assert "TRANG TẬP" in stand.visit(session.url)[2]


def test_the_buyer_pays_and_comes_back(stand: Stand, sdk: stripe.StripeClient) -> None:
    session = sdk.v1.checkout.sessions.create(asked())
    status, where, _ = stand.visit(str(session.url), card=ledger.PAYS)
    assert (status, where) == (303, f"http://127.0.0.1:5000/xong?phien={session.id}")
    assert stand.visit(str(session.url), card=ledger.PAYS)[0] == 410
    after = sdk.v1.checkout.sessions.retrieve(session.id)
    assert (after.status, after.payment_status) == ("complete", "paid")
    intent = sdk.v1.payment_intents.retrieve(str(after.payment_intent))
    assert (intent.amount_received, intent.metadata["reference"]) == (150_000, "OCOP000000197")


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"colour": "red"}, "colour"),
        ({"mode": "subscription"}, "mode"),
        ({"success_url": "nowhere"}, "success_url"),
        ({"expires_at": int(time.time()) + 60}, "expires_at"),
        ({"expires_at": int(time.time()) + 90_000}, "expires_at"),
        ({"line_items": []}, "line_items[0][quantity]"),
        ({"client_reference_id": "Chè"}, "client_reference_id"),
    ],
)
def test_every_parameter_is_checked(sdk: stripe.StripeClient, change: dict[str, Any], param: str) -> None:
    error = refused(sdk.v1.checkout.sessions.create, asked(**change))
    assert (error.http_status, error.error.param) == (400, param)


@pytest.mark.parametrize("amount", [0, 12_999, 100_000_000])
def test_sums_that_no_card_is_charged_are_refused(sdk: stripe.StripeClient, amount: int) -> None:
    assert refused(sdk.v1.checkout.sessions.create, asked(amount)).http_status == 400


def test_another_currency_and_fractions_are_refused(sdk: stripe.StripeClient) -> None:
    item = asked()["line_items"][0]
    for price in ({**item["price_data"], "currency": "usd"}, {**item["price_data"], "unit_amount": "1.5"}):
        changed = asked(line_items=[{**item, "price_data": price}])
        assert refused(sdk.v1.checkout.sessions.create, changed).http_status == 400


def test_a_wrong_key_is_nobodys(stand: Stand) -> None:
    other = stripe.StripeClient("sk_test_other", base_addresses={"api": stand.url})
    assert isinstance(refused(other.v1.checkout.sessions.create, asked()), stripe.AuthenticationError)


def test_the_same_idempotency_key_is_the_same_answer_and_another_body_is_refused(sdk: stripe.StripeClient) -> None:
    first, second = (sdk.v1.checkout.sessions.create(asked(), {"idempotency_key": "pr-1-1"}) for _ in range(2))
    assert first.id == second.id
    other = sdk.v1.checkout.sessions.create(asked(), {"idempotency_key": "pr-1-2"})
    assert other.id != first.id
    error = refused(sdk.v1.checkout.sessions.create, asked(90_000), {"idempotency_key": "pr-1-1"})
    assert isinstance(error, stripe.IdempotencyError)
    assert error.http_status == 400


def test_a_refused_answer_is_replayed_too(stand: Stand, sdk: stripe.StripeClient) -> None:
    payment, key = paid(stand, sdk), {"idempotency_key": "rf-9"}
    too_much: Any = {"payment_intent": payment, "amount": 150_001}
    assert refused(sdk.v1.refunds.create, too_much, key).http_status == 400
    assert refused(sdk.v1.refunds.create, too_much, key).http_status == 400


def test_a_declined_card_leaves_the_page_open(stand: Stand, sdk: stripe.StripeClient) -> None:
    session = sdk.v1.checkout.sessions.create(asked())
    for card in (ledger.DECLINED, ledger.EMPTY, "4111111111111111"):
        status, _, text = stand.visit(str(session.url), card=card)
        assert status == 402
        assert "Xin chọn thẻ khác" in text
    assert sdk.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert stand.visit(str(session.url), card=ledger.PAYS)[0] == 303


@pytest.mark.parametrize("card", ledger.SECURE)
def test_3d_secure_asks_first(stand: Stand, sdk: stripe.StripeClient, card: str) -> None:
    session = sdk.v1.checkout.sessions.create(asked())
    status, _, text = stand.visit(str(session.url), card=card)
    assert status == 200
    assert "3-D Secure" in text
    assert sdk.v1.checkout.sessions.retrieve(session.id).payment_status == "unpaid"
    assert stand.visit(str(session.url), card=card, proof="no")[0] == 402
    assert stand.visit(str(session.url), card=card, proof="yes")[0] == 303


def test_an_expired_page_takes_no_money_and_a_complete_one_does_not_expire(
    stand: Stand, sdk: stripe.StripeClient
) -> None:
    session = sdk.v1.checkout.sessions.create(asked())
    assert sdk.v1.checkout.sessions.expire(session.id).status == "expired"
    assert stand.visit(str(session.url), card=ledger.PAYS)[0] == 410
    done = sdk.v1.checkout.sessions.create(asked())
    stand.visit(str(done.url), card=ledger.PAYS)
    assert refused(sdk.v1.checkout.sessions.expire, done.id).http_status == 400


def test_no_more_goes_back_than_came(stand: Stand, sdk: stripe.StripeClient) -> None:
    payment = paid(stand, sdk)
    first = sdk.v1.refunds.create({"payment_intent": payment, "amount": 100_000, "metadata": {"refund": "rf-1"}})
    assert (first.amount, first.status) == (100_000, "succeeded")
    assert refused(sdk.v1.refunds.create, {"payment_intent": payment, "amount": 50_001}).http_status == 400
    assert sdk.v1.refunds.create({"payment_intent": payment}).amount == 50_000
    error = refused(sdk.v1.refunds.create, {"payment_intent": payment})
    assert error.code == "charge_already_refunded"
    assert [one.amount for one in sdk.v1.refunds.list({"payment_intent": payment})] == [50_000, 100_000]


def test_some_refunds_wait_and_some_come_back(stand: Stand, sdk: stripe.StripeClient) -> None:
    slow = sdk.v1.refunds.create({"payment_intent": paid(stand, sdk, ledger.REFUND_WAITS)})
    lost = sdk.v1.refunds.create({"payment_intent": paid(stand, sdk, ledger.REFUND_FAILS)})
    assert (slow.status, lost.status) == ("pending", "succeeded")
    with stand.app.store.book() as book:
        assert ledger.settle_refunds(book) == 2
    assert sdk.v1.refunds.retrieve(slow.id).status == "succeeded"
    assert sdk.v1.refunds.retrieve(lost.id).status == "failed"


def test_events_are_signed_repeated_and_reordered_until_confirmed(tmp_path: Path) -> None:
    with standing(tmp_path) as stand:
        sdk = stripe.StripeClient(KEY, base_addresses={"api": stand.url})
        paid(stand, sdk)
        heard: list[tuple[str, str]] = []
        answers = iter([500, 200, *[200] * 100])

        def hear(body: bytes, signed: str) -> int:
            event = sdk.construct_event(body, signed, SECRET)
            with pytest.raises(stripe.SignatureVerificationError):
                sdk.construct_event(body + b" ", signed, SECRET)
            heard.append((event.id, event.type))
            return next(answers)

        courier = Courier(stand.app.store, SECRET, hear)
        assert courier.deliver(copies=2, order="reversed") == [500, 200, 200, 200, 200, 200]
        assert [kind for _, kind in heard[::2]] == [
            "checkout.session.completed",
            "payment_intent.succeeded",
            "charge.succeeded",
        ]
        assert len({key for key, _ in heard}) == 3
        assert courier.deliver() == []
        assert len(courier.deliver(again=True, order="shuffled")) == 3


def test_sessions_are_listed_since_a_moment(stand: Stand, sdk: stripe.StripeClient) -> None:
    made = {sdk.v1.checkout.sessions.create(asked()).id for _ in range(3)}
    since: Any = {"created": {"gte": int(time.time()) - 60}, "limit": 2}
    found = {one.id for one in sdk.v1.checkout.sessions.list(since).auto_paging_iter()}
    assert made <= found


def test_a_disputed_payment_is_not_refunded_until_it_is_won(stand: Stand, sdk: stripe.StripeClient) -> None:
    payment = paid(stand, sdk, ledger.DISPUTED)
    [one] = [each for each in sdk.v1.disputes.list().data if each.payment_intent == payment]
    assert (one.status, one.amount, one.evidence_details.submission_count) == ("needs_response", 150_000, 0)
    assert refused(sdk.v1.refunds.create, {"payment_intent": payment}).code == "charge_disputed"
    with stand.app.store.book() as book:
        ledger.decide_dispute(book, one.id, won=True)
        kinds = [event["type"] for _seq, event in book.untold(again=True) if "dispute" in event["type"]]
    assert kinds[-4:] == [
        f"charge.dispute.{each}" for each in ("created", "funds_withdrawn", "closed", "funds_reinstated")
    ]
    assert sdk.v1.disputes.retrieve(one.id).status == "won"
    assert sdk.v1.refunds.create({"payment_intent": payment}).status == "succeeded"
