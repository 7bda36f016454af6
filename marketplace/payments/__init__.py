"""Placing an order, asking for money, what was seen of it, and what must go back."""
