"""Answers of the public API."""
