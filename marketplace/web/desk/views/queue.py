"""The queue: what waits for a decision in the official's areas, oldest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Response, request, url_for

from marketplace.accounts import queries as accounts
from marketplace.cases.rules import ANSWER_HOURS, ProblemKind
from marketplace.kit import clock
from marketplace.kit.actor import Actor, Place
from marketplace.kit.i18n import Text, lazy
from marketplace.places import queries as places
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.views import rows
from marketplace.web.desk.views.rows import Row

MOST_ROWS = 60


IN_FIVE_DAYS = lazy("Hẹn trả lời trong 5 ngày làm việc.")
OLDEST_ON_TOP = lazy(
    "Xếp theo ngày gửi, việc cũ nhất ở trên. Máy chỉ xem giấy tờ có đủ không; duyệt hay trả lại là việc của cán bộ."
)


@dataclass(frozen=True)
class Tab:
    """One kind of thing that waits."""

    key: str
    text: Text
    heading: Text
    read: Callable[[Actor], list[Row]]
    nothing: Text
    icon: str
    promise: Text = IN_FIVE_DAYS
    order: Text = OLDEST_ON_TOP


TABS = (
    Tab("hang", lazy("Sản phẩm"), lazy("Sản phẩm"), rows.products, lazy("Không có sản phẩm nào chờ duyệt."), "box"),
    Tab(
        "co-so",
        lazy("Đơn xin bán"),
        lazy("Cơ sở"),
        rows.applications,
        lazy("Không có đơn xin bán nào chờ duyệt."),
        "shop",
    ),
    Tab(
        "chung-nhan",
        lazy("Giấy công nhận"),
        lazy("Giấy công nhận"),
        rows.claims,
        lazy("Không có giấy công nhận nào chờ xem."),
        "paper",
    ),
    Tab(
        "tai-khoan",
        lazy("Tài khoản"),
        lazy("Cơ sở"),
        rows.account_changes,
        lazy("Không có tài khoản nào đang khóa hay chờ gọi lại."),
        "money",
        lazy("Gọi trong ngày: có thể có người đang chiếm gian hàng."),
        lazy("Tài khoản đang khóa ở trên cùng. Cán bộ không bắt đầu lần đổi mới gọi và duyệt được."),
    ),
    Tab(
        "van-de",
        lazy("Vấn đề"),
        lazy("Vấn đề"),
        rows.problems,
        lazy("Không có vấn đề nào chưa giải quyết."),
        "warning",
        lazy(
            "Hàng có thể không an toàn: hẹn trả lời trong %(soon)s giờ; vấn đề khác: %(later)s giờ.",
            soon=ANSWER_HOURS[ProblemKind.UNSAFE],
            later=ANSWER_HOURS[ProblemKind.OTHER],
        ),
        lazy("Hàng có thể không an toàn ở trên cùng, rồi đến việc báo trước; việc đã trả lời ở dưới."),
    ),
)


PROBLEMS = TABS[-1]


@bp.get("/")
def queue() -> Response:
    """Tabs with their counts; the open one's rows, those nobody nearer sees first, then oldest first."""
    actor = frame.actor()
    found = {tab.key: tab.read(actor) for tab in TABS}
    chosen = _tab(found)
    place = places.from_value(request.args.get("noi", ""))
    everywhere = found[chosen.key]
    kept = _first_then_oldest(actor, [row for row in everywhere if place is None or place.covers(row.place)])
    return frame.page(
        "desk/queue.html",
        tab="queue",
        chosen=chosen,
        tabs=[_link(tab, len(found[tab.key]), tab is chosen) for tab in TABS],
        total=sum(map(len, found.values())),
        oldest=min((row.since for each in found.values() for row in each), default=None),
        unsafe=None if chosen is PROBLEMS else _first_unsafe(found[PROBLEMS.key]),
        now=clock.now(),
        rows=[(row, places.label(row.place)) for row in kept[:MOST_ROWS]],
        more=len(kept) - MOST_ROWS,
        first_since=min((row.since for row in kept if row.rank == kept[0].rank), default=None),
        communes=_communes(everywhere),
        place=places.value(place) if place else "",
    )


def _first_unsafe(problems: list[Row]) -> Row | None:
    """What may harm somebody is said on every tab."""
    return min((row for row in problems if row.rank == 0), key=lambda row: row.since, default=None)


def _tab(found: dict[str, list[Row]]) -> Tab:
    asked = request.args.get("muc", "")
    by_key = {tab.key: tab for tab in TABS}
    return by_key.get(asked) or next((tab for tab in TABS if found[tab.key]), TABS[0])


def _link(tab: Tab, count: int, on: bool) -> dict[str, object]:
    return {"text": tab.text, "url": url_for("desk.queue", muc=tab.key), "count": count, "on": on}


def _communes(waiting: Sequence[Row]) -> list[tuple[str, str]]:
    found = {row.place for row in waiting}
    return sorted(((places.value(place), places.label(place)) for place in found), key=lambda pair: pair[1])


def _first_then_oldest(actor: Actor, waiting: list[Row]) -> list[Row]:
    """For a province and for the country, what no nearer official sees comes first."""
    held = (
        accounts.areas_held() if actor.is_admin or any(not area.commune_code for area in actor.areas) else frozenset()
    )
    return sorted(waiting, key=lambda row: (row.rank, _seen_nearer(actor, row.place, held), row.since))


def _seen_nearer(actor: Actor, place: Place, held: frozenset[Place]) -> bool:
    nearer = {Place(place.province_code), place} if actor.is_admin else {place}
    return any(area in held and area not in actor.areas for area in nearer)
