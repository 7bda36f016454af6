"""The demo market: real product types of all 34 provinces, with invented makers who say that they are samples."""
