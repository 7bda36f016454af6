"""A small application with nothing but the kit in it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Response, abort, request

from marketplace.kit import changes, db, outbox, trail
from marketplace.kit.actor import Actor
from marketplace.kit.edge import forgery, headers
from marketplace.kit.edge.application import Market
from marketplace.kit.errors import Refused

ME = Actor.system("test")


@db.action
def note(actor: Actor, text: str) -> None:
    """Write one line in the trail, one change, one promise."""
    trail.record(actor, text, "thing", 1)
    changes.add("thing", 1)
    outbox.add("thing.noted", text=text)


@db.action
def refuse(actor: Actor) -> None:
    """Write, then think better of it."""
    trail.record(actor, "refused", "thing", 1)
    raise Refused


@db.action
def swallow(actor: Actor) -> None:
    """What no action may do: go on after another one refused."""
    with suppress(Refused):
        refuse(actor)


def _routes(app: Market) -> None:
    @app.post("/note")
    def write() -> str:
        note(ME, request.form.get("text", "noted"))
        return "ok"

    @app.post("/caught")
    def caught() -> tuple[str, int]:
        try:
            refuse(ME)
        except Refused:
            return "no", 422
        return "yes", 200

    @app.post("/swallowed")
    def swallowed() -> str:
        swallow(ME)
        return "ok"

    @app.post("/write-then-abort")
    def write_then_abort() -> str:
        note(ME, "lost")
        abort(422)

    @app.post("/refused-but-kept")
    def refused_but_kept() -> tuple[str, int]:
        note(ME, "wrong code")
        return "no", 422

    @app.get("/get-writes")
    def get_writes() -> str:
        note(ME, "never")
        return "ok"

    @app.get("/gateway")
    @db.writes_on_get
    def gateway() -> str:
        note(ME, "return")
        return "ok"

    @app.get("/raw-write")
    def raw_write() -> str:
        db.session.execute(db.sqla.text("DELETE FROM trail"))
        return "ok"

    @app.post("/late")
    def late() -> Response:
        note(ME, "in time")
        response = Response("ok")
        response.call_on_close(lambda: None)
        return response

    @app.after_request
    def too_late(response: Response) -> Response:
        if request.path == "/late":
            with pytest.raises(RuntimeError, match="after the commit"):
                note(ME, "too late")
        return response


@pytest.fixture
def kit(request: pytest.FixtureRequest, tmp_path: Path, database: str) -> Iterator[Market]:
    """The kit on a database of its own."""
    url = f"sqlite:///{tmp_path / 'kit.sqlite3'}"
    if database == "postgresql":
        url = request.getfixturevalue("cluster").make("kit")
    app = Market("kit", static_folder=None, root_path=str(tmp_path))
    app.config.update(
        DATA_DIR=str(tmp_path),
        STATIC_DIR=str(tmp_path / "static"),
        PUBLIC_URL="http://127.0.0.1:5000",
        SECRET_KEY="kit",
        FORM_TARGETS="",
        SQLALCHEMY_DATABASE_URI=url,
    )
    db.sqla.init_app(app)
    with app.app_context():
        db.open_engine(db.sqla.engine)
        with db.sqla.engine.execution_options(writing=True).begin() as connection:
            db.Base.metadata.create_all(connection)
    app.install_edge(re.compile("^/photo"))
    forgery.install(app)
    headers.install(app)
    _routes(app)
    yield app
    with app.app_context():
        db.sqla.engine.dispose()
