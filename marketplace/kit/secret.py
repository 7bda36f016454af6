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

from cryptography.fernet import Fernet
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


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived("outbox")))


def seal(value: str) -> str:
    """Encrypted text, for secrets that wait to be sent."""
    return _fernet().encrypt(value.encode()).decode()


def unseal(value: str) -> str:
    """The text that `seal` was given."""
    return _fernet().decrypt(value.encode()).decode()
