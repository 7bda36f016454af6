"""A practice Stripe, an outside world of our own for tests and the demo market. It knows nothing of the market; no real card fits in it."""
