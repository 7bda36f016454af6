"""The badge on the pages of strangers, by the clock: nobody runs a job, the page looks at the dates."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import time_machine

from marketplace.certificates import actions
from tests.browser_client import Browser
from tests.desk.waiting import official

Unit = Callable[[], AbstractContextManager[None]]
KEY = "a" * 64 + ".pdf"
LAST_SECOND = datetime(2028, 6, 15, 16, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2028, 6, 15, 17, 0, 0, tzinfo=UTC)
PAGE = "/san-pham/che-lam-dai-dong-h1"


def shows(client: Browser, moment: datetime) -> bool:
    """Whether the product's page shows its recognition at this moment."""
    with time_machine.travel(moment, tick=False):
        return "1234/QĐ-UBND" in client.get(PAGE).text


def test_the_badge_is_on_the_page_until_midnight_in_vietnam(client: Browser) -> None:
    assert shows(client, LAST_SECOND)
    assert not shows(client, MIDNIGHT)


def test_an_extension_keeps_it_on_the_page(client: Browser, unit: Unit) -> None:
    with unit():
        actions.extend(official("Hạnh"), 1, date(2028, 9, 1), KEY)
    assert shows(client, MIDNIGHT)
    assert shows(client, datetime(2028, 9, 1, 16, 59, 59, tzinfo=UTC))
    assert not shows(client, datetime(2028, 9, 1, 17, 0, 0, tzinfo=UTC))


def test_a_revocation_takes_it_off_the_page_at_once(client: Browser, unit: Unit) -> None:
    now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    assert shows(client, now)
    with time_machine.travel(now, tick=False), unit():
        actions.revoke(official("Hạnh"), 1, date(2026, 11, 24), "Ngừng sản xuất.")
    assert not shows(client, now)
