"""Files nobody points to any more: of photos taken down, of requests that failed after the file was written."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from marketplace.catalog import queries as catalog
from marketplace.catalog.rules.states import RESTORE_DAYS
from marketplace.certificates import queries as certificates
from marketplace.kit import clock, db, outbox
from marketplace.kit.actor import Actor
from marketplace.kit.storage import private_store, public_store
from marketplace.places import queries as places
from marketplace.producers import queries as producers

GRACE = timedelta(days=2)
"""A file is written before the row that points to it; no request and no promise takes two days."""


@db.action
def order_sweep(actor: Actor) -> None:  # noqa: ARG001 - timers take an actor
    """Once a day. A promise, because it looks at every file and must hold no lock meanwhile."""
    outbox.add("files.sweep", dedup=f"files.sweep:{clock.today()}")


def sweep(payload: Mapping[str, Any], key: str) -> None:  # noqa: ARG001 - handlers get both
    """Delete the files of both stores that no row points to. Rows are read before files are looked at."""
    now = clock.now()
    with db.unit():
        wanted = {
            *catalog.file_keys(removed_after=now - timedelta(days=RESTORE_DAYS)),
            *producers.file_keys(),
            *certificates.file_keys(),
            *places.file_keys(),
        }
    for store in (public_store(), private_store()):
        for file in store.older_than(now - GRACE):
            if file not in wanted:
                store.delete(file)


OUTBOX: dict[str, Callable[[Mapping[str, Any], str], None]] = {"files.sweep": sweep}
