"""The calls of Stripe's API that the market makes (version 2026-10-28), with every parameter each may carry."""

from marketplace.practice.params import Shape, address, email, one_of, reference, short, text, whole

LEAST, MOST = 13_000, 99_999_999
"""Dong per charge: at least about half a US dollar, at most eight digits."""

NEW_SESSION = Shape(
    {
        "mode": one_of("payment"),
        "client_reference_id": reference,
        "success_url": address,
        "cancel_url": address,
        "expires_at": whole,
        "locale": one_of("vi", "en", "auto"),
        "customer_email": email,
        "payment_method_types[]": one_of("card"),
        "line_items[][quantity]": whole,
        "line_items[][price_data][currency]": one_of("vnd"),
        "line_items[][price_data][unit_amount]": whole,
        "line_items[][price_data][product_data][name]": short,
        "metadata[*]": short,
        "payment_intent_data[metadata[*]": short,
    },
    needed=(
        "mode",
        "success_url",
        "line_items[0][quantity]",
        "line_items[0][price_data][currency]",
        "line_items[0][price_data][unit_amount]",
        "line_items[0][price_data][product_data][name]",
    ),
)
NEW_REFUND = Shape(
    {
        "payment_intent": text,
        "amount": whole,
        "reason": one_of("duplicate", "fraudulent", "requested_by_customer"),
        "metadata[*]": short,
    },
    needed=("payment_intent",),
)
EXPANDED = Shape({"expand[]": one_of("payment_intent", "payment_intent.latest_charge", "latest_charge")})
NOTHING = Shape({})
LIST = Shape({"limit": whole, "created[gte]": whole, "starting_after": text, "payment_intent": text})
