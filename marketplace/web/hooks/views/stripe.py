"""What Stripe tells: verified on the raw body, stored, confirmed at once. The worker looks at what it speaks of."""

from flask import Response, abort, request

from marketplace.kit.actor import Actor
from marketplace.payments import actions, stripe_gateway
from marketplace.web.hooks.door import bp


@bp.post("/hooks/stripe")
def stripe() -> Response:
    """200 for everything that was signed, known before or not ours included; 400 for everything else."""
    if stripe_gateway.keys() is None:
        abort(404)
    try:
        news = stripe_gateway.read_news(request.get_data(), request.headers.get("Stripe-Signature", ""))
    except stripe_gateway.BadSignature:
        return Response("no", 400, mimetype="text/plain")
    actions.gateway_told(Actor.gateway("stripe"), news)
    return Response("ok", mimetype="text/plain")
