"""Two stores of files: `public`, pictures anyone may see, and `private`, originals and evidence behind a guarded view.

Names are the SHA-256 of the content, so a file never changes and copying a store is safe at any moment.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from flask import current_app


class Store(Protocol):
    """What a store of files can do, on a disk here or in a bucket elsewhere."""

    def put(self, content: bytes | BinaryIO, ext: str) -> str: ...
    def open(self, key: str) -> BinaryIO: ...
    def path(self, key: str) -> Path: ...
    def size(self, key: str) -> int: ...
    def delete(self, key: str) -> None: ...
    def older_than(self, moment: datetime) -> Iterator[str]: ...


class FolderStore:
    """A folder, two levels deep; a file appears whole or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes | BinaryIO, ext: str) -> str:
        """Keep the content; its key is `<sha256 in hex>.<ext>`. The same content twice is one file."""
        self.root.mkdir(parents=True, exist_ok=True)
        partial = self.root / f".{secrets.token_hex(8)}.tmp"
        digest = hashlib.sha256()
        try:
            with partial.open("wb") as file:
                if isinstance(content, bytes):
                    digest.update(content)
                    file.write(content)
                else:
                    while chunk := content.read(1 << 20):
                        digest.update(chunk)
                        file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            key = f"{digest.hexdigest()}.{ext}"
            target = self.path(key)
            target.parent.mkdir(parents=True, exist_ok=True)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
        return key

    def path(self, key: str) -> Path:
        """Where the file lies. The key must be one we made: nothing else names a path."""
        name, _, ext = key.partition(".")
        if not (len(name) == 64 and name.isascii() and name.isalnum() and ext.isascii() and ext.isalnum()):
            raise ValueError("not a key of this store")
        return self.root / name[:2] / key

    def open(self, key: str) -> BinaryIO:
        """The content, for reading. FileNotFoundError when it is gone."""
        return self.path(key).open("rb")

    def size(self, key: str) -> int:
        """Bytes."""
        return self.path(key).stat().st_size

    def delete(self, key: str) -> None:
        """Remove the file; removing it again is no error."""
        self.path(key).unlink(missing_ok=True)

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Keys of the files last put before this moment, and the half-written ones a crash left, which go at once."""
        for file in sorted(self.root.glob(".*.tmp")):
            if _put_at(file) < moment:
                file.unlink(missing_ok=True)
        for file in sorted(self.root.glob("??/*")):
            if _put_at(file) < moment:
                yield file.name

    def clear(self) -> None:
        """Remove everything (tests and a fresh demo)."""
        shutil.rmtree(self.root, ignore_errors=True)


def _put_at(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def public_store() -> FolderStore:
    """Re-encoded pictures of approved things; served under `/anh/<key>`, immutable."""
    return FolderStore(Path(current_app.config["DATA_DIR"]) / "public")


def private_store() -> FolderStore:
    """Originals, evidence, licences; served only by a guarded view, as attachment, no-store."""
    return FolderStore(Path(current_app.config["DATA_DIR"]) / "private")
