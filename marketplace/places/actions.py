"""What officials do with craft villages."""

from sqlalchemy import select

from marketplace.kit import changes, clock, db, trail
from marketplace.kit.actor import Actor, Place
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import lazy
from marketplace.kit.text import fold, nfc, random_key, slugify
from marketplace.places import queries
from marketplace.places.models import CraftVillage


class UnknownPlace(BadInput):
    """No such province or commune today."""

    message = lazy("Chưa rõ làng ở xã, phường nào. Ví dụ: xã Thạch Thất, Hà Nội.")


class NamelessVillage(BadInput):
    """A village needs a name."""

    message = lazy("Xin cho biết tên làng. Ví dụ: Hạ Thái.")


@db.action
def open_village(
    actor: Actor,
    *,
    name: str,
    place: Place,
    old_place: str = "",
    story: str = "",
    is_sample: bool = False,
    picture: str | None = None,
) -> int:
    """Enter a craft village, or find the one already entered under the same name, province and old place; its id.

    A village found is left as it is. Refuses: outside the actor's area (NotYours), no name (NamelessVillage),
    a place that does not exist today (UnknownPlace).
    """
    actor.require_area(place)
    name, old_place = nfc(name), nfc(old_place)
    if not name:
        raise NamelessVillage(field="name")
    if not queries.known(place):
        raise UnknownPlace(field="place")
    identity = {"folded": fold(name), "province_code": place.province_code, "old_folded": fold(old_place)}
    key = random_key(5)
    values = {
        **identity, "key": key, "slug": f"{slugify(name)}-{key}".lstrip("-"), "name": name, "old_place": old_place,
        "commune_code": place.commune_code, "story": nfc(story), "picture": picture, "is_sample": is_sample,
        "opened_at": clock.now(),
    }  # fmt: skip
    village_id = db.insert_once(CraftVillage, values, unique=tuple(identity))
    if village_id is None:
        return db.session.scalars(select(CraftVillage.id).filter_by(**identity)).one()
    trail.record(actor, "village.open", "craft_village", village_id, name)
    changes.add("village", village_id)
    return village_id


@db.action
def describe_village(actor: Actor, village_id: int, *, story: str, picture: str | None) -> None:
    """Change a village's story and picture (a key of the public store). Refuses: outside the actor's area (NotYours)."""
    village = db.locked(CraftVillage, village_id)
    actor.require_area(village.place)
    village.story, village.picture = story.strip(), picture
    trail.record(actor, "village.describe", "craft_village", village_id)
    changes.add("village", village_id)
