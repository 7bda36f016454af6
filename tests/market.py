"""The market that tests walk into."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from marketplace.accounts.actions.sessions import open_session
from marketplace.accounts.rules import Device
from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.edge.application import Market
from marketplace.worker.loop import drain
from tests import cast
from tests.browser_client import Browser


@dataclass
class MarketUnderTest:
    """An app on a folder of its own."""

    app: Market
    folder: Path

    def __post_init__(self) -> None:
        self.app.test_client_class = Browser

    def reset(self, template: Path) -> None:
        """Put everything back to the cast."""
        self.close()
        self.renew()
        self.app.extensions.pop("search", None)  # an open index outlives its files on purpose
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(template, self.folder, dirs_exist_ok=True)

    def renew(self) -> None:
        """Put the database back, where it is not a file of the folder."""

    def close(self) -> None:
        """Let go of every connection."""
        with self.app.app_context():
            db.sqla.engine.dispose()

    @contextmanager
    def unit(self) -> Iterator[None]:
        """One unit of work."""
        with self.app.app_context(), db.unit():
            yield

    def client(self) -> Browser:
        """Somebody unknown, with cookies of their own."""
        browser = self.app.test_client()
        assert isinstance(browser, Browser)
        return browser

    def signed_in(self, name: str, *, factor: bool = True) -> Browser:
        """One of the cast, signed in just now; with `factor` as if the second factor had been shown as well."""
        browser = self.client()
        with self.unit():
            token = open_session(Actor.system("test"), cast.user_id(name), device=Device("Chromium", "127.0.0.1"))
            if factor:
                cast.factor_was_shown(token)
        browser.set_cookie("phien", token, domain="127.0.0.1")
        return browser

    def work(self) -> int:
        """Keep every promise that is due, as the worker would."""
        return drain(self.app)
