"""Telling people: what the worker does with promised words, and reading an inbox."""

from marketplace.notices.actions.reading import read, read_all, read_all_of_user
from marketplace.notices.actions.telling import OUTBOX, announce

__all__ = ["OUTBOX", "announce", "read", "read_all", "read_all_of_user"]
