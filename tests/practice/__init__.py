"""The practice Stripe, asked by the official SDK."""
