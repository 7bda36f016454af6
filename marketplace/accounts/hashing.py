"""The one file that knows the password hash: argon2id, 19 MiB, two passes, one lane (OWASP's floor for memory)."""

import secrets
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from marketplace.accounts.rules import as_typed

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# Made by the same hasher when the market starts: a hand-made one answered in 7 ms where a real one took 968.
_NOBODYS = _HASHER.hash(secrets.token_urlsafe(16))


def hashed(password: str) -> str:
    """What is stored in place of a password. Takes some 20 ms on purpose: call it outside a write transaction."""
    return _HASHER.hash(as_typed(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one. One computation always, also where there is no account or no password."""
    try:
        _HASHER.verify(stored or _NOBODYS, as_typed(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


@cache
def common_passwords() -> frozenset[str]:
    """Passwords that everybody tries first."""
    lines = (Path(__file__).parent / "data" / "common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line.lower() for line in lines if line and not line.startswith("#"))
