"""The trail is sealed in a chain: what was written cannot be changed unseen."""

from sqlalchemy import text

from marketplace.kit import db, trail
from marketplace.kit.edge.application import Market
from tests.kit.conftest import ME, note


def test_a_changed_row_breaks_the_chain(kit: Market) -> None:
    for word in ("one", "two", "three"):
        with kit.app_context(), db.unit():
            note(ME, word)
    with kit.app_context(), db.unit():
        assert trail.seal(ME) == 3
    with kit.app_context():
        assert trail.first_broken() is None
        assert trail.unsealed() == 0
    with kit.app_context(), db.sqla.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("UPDATE trail SET verb = 'changed' WHERE id = 2"))
    with kit.app_context():
        assert trail.first_broken() == 2
