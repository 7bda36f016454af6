"""Craft villages: entered once, found by their address."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.kit.actor import Actor, ActorKind, Place
from marketplace.kit.errors import BadInput, NotYours
from marketplace.places import actions, queries

HONG_VAN = Place("01", "10210")
OPERATOR = Actor.operator()


def _open(actor: Actor = OPERATOR, **changes: Any) -> int:
    return actions.open_village(
        actor, **{"name": "Hạ Thái", "place": HONG_VAN, "old_place": "xã Duyên Thái", **changes}
    )


def test_a_village_is_entered_once(unit: Callable[[], Any]) -> None:
    with unit():
        village_id = _open(story="Sơn mài từ thế kỷ 17.")
    with unit():
        assert _open(name="hạ thái", old_place="Xã Duyên Thái", story="khác") == village_id
    with unit():
        village = queries.village(village_id)
        assert village is not None
        assert village.story == "Sơn mài từ thế kỷ 17."
        assert village.slug == f"ha-thai-{village.key}"
        assert queries.village_by_slug(f"ten-cu-{village.key}") is village
        assert village in queries.villages_of("01")
        assert village in queries.all_villages()
        assert queries.full_line(village.place, village.name, village.old_place) == (
            "Làng Hạ Thái (xã Duyên Thái cũ), xã Hồng Vân, Hà Nội"
        )


def test_the_same_name_elsewhere_is_another_village(unit: Callable[[], Any]) -> None:
    with unit():
        ids = {_open(), _open(place=Place("31")), _open(old_place="")}
        assert len(ids) == 3


def test_a_village_is_entered_by_who_covers_its_place(unit: Callable[[], Any]) -> None:
    hanoi = Actor(ActorKind.COORDINATOR, user_id=1, areas=(Place("01"),))
    elsewhere = Actor(ActorKind.COORDINATOR, user_id=1, areas=(Place("08"),))
    with unit():
        _open(hanoi)
    with pytest.raises(NotYours), unit():
        _open(elsewhere)


@pytest.mark.parametrize("changes", [{"name": " "}, {"place": Place("01", "99999")}])
def test_a_village_needs_a_name_and_a_place_of_today(unit: Callable[[], Any], changes: dict[str, Any]) -> None:
    with pytest.raises(BadInput), unit():
        _open(**changes)


def test_a_story_can_be_told_later(unit: Callable[[], Any]) -> None:
    with unit():
        village_id = _open()
    with unit():
        actions.describe_village(OPERATOR, village_id, story=" Nghề sơn. ", picture="ha-thai")
    with unit():
        village = queries.village(village_id)
        assert village is not None
        assert (village.story, village.picture) == ("Nghề sơn.", "ha-thai")
