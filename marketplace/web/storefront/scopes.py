"""What a list is of, read from its path: everything, a group or set, a place, a village."""

from marketplace.kit.actor import Place
from marketplace.kit.i18n import _, said
from marketplace.kit.text import slugify
from marketplace.law.rules import SETS
from marketplace.places import queries as places
from marketplace.shelf.queries.cards import place_text
from marketplace.shelf.rules import group_by_slug, key_of
from marketplace.web.storefront.forms.filters import Scope

EVERYTHING = "/tim"


def of_path(path: str) -> Scope | None:
    """The scope of a list by its path."""
    head, _slash, slug = path.removeprefix("/").partition("/")
    if path == EVERYTHING:
        return everything()
    if head == "danh-muc":
        return of_group(slug)
    if head == "lang-nghe":
        return of_village(slug.removesuffix("/hang"))
    where = places.resolve_slug(slug) if head == "noi-lam" else None
    return of_place(where) if where else None


def set_slug(set_no: int) -> str:
    """The address of an official set: `bun-mien-banh-6`."""
    return f"{slugify(SETS[set_no].short)}-{set_no}"


def everything() -> Scope:
    """The whole catalogue."""
    return Scope(EVERYTHING, _("Tất cả hàng trên chợ"), {})


def of_group(slug: str) -> Scope | None:
    """A group of sets, or one official set."""
    if found := group_by_slug(slug):
        return Scope(found.url, str(found.label), {"nhom": found.slug})
    number = slug.rpartition("-")[2]
    known = {set_slug(no): one for no, one in SETS.items()} if number.isdigit() else {}
    one = known.get(slug)
    return Scope(f"/danh-muc/{slug}", said(one.short), {"bo": str(one.no)}) if one else None


def of_place(where: Place) -> Scope:
    """A province or a commune."""
    fixed = {"tinh": where.province_code}
    if where.commune_code:
        fixed["xa"] = where.commune_code
    return Scope(f"/noi-lam/{places.slug(where)}", place_text(where), fixed)


def of_village(slug: str) -> Scope | None:
    """A craft village."""
    village = places.village_by_slug(slug) if key_of(slug) else None
    if village is None:
        return None
    title = places.full_line(village.place, village.name)
    return Scope(f"/lang-nghe/{village.slug}/hang", title, {"lang": str(village.id)})
