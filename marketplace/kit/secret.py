"""Keys of this market, made once under DATA_DIR, and what is sealed or signed with them.

Encryption is Fernet of the library `cryptography` (AES-128-CBC with HMAC-SHA256); the keys for other uses are derived
from the one stored secret with HKDF-like HMAC, so that no two uses share a key.
"""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app


def load_or_make(path: Path) -> str:
    """The market's secret, made on the first start; readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    made = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w") as file:
        file.write(made)
    return made


def derived(use: str) -> bytes:
    """32 bytes for one use, from the market's secret."""
    return hmac.digest(str(current_app.config["SECRET_KEY"]).encode(), use.encode(), "sha256")


def digest(use: str, value: str) -> str:
    """A keyed hash to look things up by without storing them (64 hex digits)."""
    return hmac.new(derived(use), value.encode(), hashlib.sha256).hexdigest()


def _fernet(use: str = "outbox") -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived(use)))


def seal(value: str, use: str = "outbox") -> str:
    """Encrypted text, for secrets that wait to be sent, or that are kept for another use."""
    return _fernet(use).encrypt(value.encode()).decode()


def unseal(value: str, use: str = "outbox") -> str:
    """The text that `seal` was given for the same use."""
    return _fernet(use).decrypt(value.encode()).decode()


def seal_for(use: str, value: str) -> str:
    """Encrypted text that a browser may carry: it can neither read nor change it, nor use it for anything else."""
    return _fernet(use).encrypt(value.encode()).decode()


def unseal_for(use: str, value: str, seconds: int) -> str | None:
    """The text that `seal_for` was given; None when it is older than this, or not ours."""
    try:
        return _fernet(use).decrypt(value.encode(), ttl=seconds).decode()
    except InvalidToken:
        return None
