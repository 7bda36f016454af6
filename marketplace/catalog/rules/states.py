"""The states of a product and of a photo, and who may move a product from where to where."""

from enum import StrEnum

from marketplace.kit.actor import ActorKind
from marketplace.kit.errors import AlreadyDecided, Refused
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.states import Move, StateTable


class Klass(StrEnum):
    """What a product honestly is; whether it is OCOP comes from a live certificate, never from here."""

    FARM = "farm"
    CRAFT = "craft"


KLASS_LABELS: dict[Klass, Text] = {
    Klass.FARM: lazy("Nông sản tiêu biểu"),
    Klass.CRAFT: lazy("Sản phẩm làng nghề"),
}


class ProductState(StrEnum):
    """From the first photo to the day it is taken off the stall."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ON_SALE = "on_sale"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    APPLIED = "applied"


STATE_LABELS: dict[ProductState, Text] = {
    ProductState.DRAFT: lazy("Đang soạn"),
    ProductState.SUBMITTED: lazy("Đang chờ duyệt"),
    ProductState.RETURNED: lazy("Cần sửa lại"),
    ProductState.ON_SALE: lazy("Đang bán"),
    ProductState.PAUSED: lazy("Đang tạm dừng"),
    ProductState.WITHDRAWN: lazy("Đã xóa"),
    ProductState.APPLIED: lazy("Đã duyệt thay đổi"),
}

WHAT_NEXT: dict[ProductState, Text] = {
    ProductState.DRAFT: lazy("Điền nốt các mục còn thiếu rồi bấm Gửi duyệt."),
    ProductState.SUBMITTED: lazy("Cán bộ điều phối sẽ xem và trả lời. Cần sửa thì bấm Lấy lại để sửa."),
    ProductState.RETURNED: lazy("Sửa theo lời nhắn của cán bộ rồi gửi lại."),
    ProductState.ON_SALE: lazy("Người mua đang thấy sản phẩm này trên chợ."),
    ProductState.PAUSED: lazy("Người mua không thấy sản phẩm này. Bấm Bán tiếp khi có hàng."),
    ProductState.WITHDRAWN: lazy("Lấy lại được trong 30 ngày kể từ ngày xóa."),
    ProductState.APPLIED: lazy("Các thay đổi này đã lên chợ."),
}

EDITABLE = frozenset({ProductState.DRAFT, ProductState.RETURNED})
"""Only here may what a coordinator approves be written."""

LIVE = frozenset({ProductState.ON_SALE, ProductState.PAUSED})
"""Approved: only price, stock, the order of photos and the pause change at once."""

OPEN_REVISION = EDITABLE | {ProductState.SUBMITTED}
"""A revision that is being written or decided on."""

RESTORE_DAYS = 30


class NotWhileSubmitted(Refused):
    """The coordinator is reading it."""

    message = lazy("Sản phẩm đang chờ duyệt nên chưa sửa được. Bấm Lấy lại để sửa nếu cần.")


class NotWhileLive(Refused):
    """An approved text stays as it was approved."""

    message = lazy(
        "Sản phẩm đã duyệt. Giá, số lượng và thứ tự ảnh đổi ngay được; phần khác thì bấm Sửa nội dung hoặc ảnh."
    )


class NotWhileWithdrawn(Refused):
    """It has been deleted; taking it back comes first."""

    message = lazy("Sản phẩm này đã xóa. Bấm Lấy lại rồi mới sửa được.")


class ChangesApplied(Refused):
    """A revision ends when it is approved; the next change is a new one."""

    message = lazy("Các thay đổi này đã được duyệt. Muốn sửa nữa thì mở sản phẩm và sửa tiếp.")


class SetInTheProduct(Refused):
    """Price and stock of what is on sale change at once, so a revision has none."""

    message = lazy("Giá và số lượng đổi ngay ở trang sản phẩm đang bán, không cần chờ duyệt.")


class SentAgain(AlreadyDecided):
    """Its maker took it back and sent it once more after the official had opened the page."""

    message = lazy("Người bán đã sửa và gửi lại sau khi trang này được mở. Xem bản mới rồi hãy quyết định.")


class TooLateToRestore(Refused):
    """Thirty days have gone by."""

    message = lazy("Đã quá 30 ngày nên không lấy lại được nữa.")


class PausedByOffice(Refused):
    """What an official took down only an official puts back."""

    message = lazy("Cán bộ điều phối đang tạm dừng sản phẩm này. Gọi cán bộ để hỏi khi nào bán tiếp được.")


def require_editable(state: ProductState) -> None:
    """Refuse, each state in its own words, unless everything about the product may be changed."""
    if state in EDITABLE:
        return
    if state is ProductState.SUBMITTED:
        raise NotWhileSubmitted
    if state is ProductState.APPLIED:
        raise ChangesApplied
    raise NotWhileWithdrawn if state is ProductState.WITHDRAWN else NotWhileLive


def require_price_and_stock(state: ProductState) -> None:
    """Refuse unless price and stock may be changed: while it is written and while it is live."""
    if state not in EDITABLE | LIVE:
        require_editable(state)


_MAKERS = frozenset({ActorKind.PRODUCER, ActorKind.HELPER})
_OFFICE = frozenset({ActorKind.COORDINATOR, ActorKind.ADMIN, ActorKind.OPERATOR})
_WITHDRAWABLE = frozenset(ProductState) - {ProductState.WITHDRAWN, ProductState.APPLIED}


def _restore_to(state: ProductState) -> Move[ProductState]:
    return Move({ProductState.WITHDRAWN}, state, by=_MAKERS, label=lazy("Lấy lại"))


PRODUCT_MOVES: StateTable[ProductState] = StateTable(
    ProductState,
    {
        "submit": Move(
            set(EDITABLE), ProductState.SUBMITTED, by=_MAKERS | {ActorKind.OPERATOR}, label=lazy("Gửi duyệt")
        ),
        "take_back": Move({ProductState.SUBMITTED}, ProductState.DRAFT, by=_MAKERS, label=lazy("Lấy lại để sửa")),
        "approve": Move(
            {ProductState.SUBMITTED}, ProductState.ON_SALE, by=_OFFICE, label=lazy("Duyệt"), refusal=AlreadyDecided
        ),
        "send_back": Move({ProductState.SUBMITTED}, ProductState.RETURNED, by=_OFFICE, label=lazy("Trả lại")),
        "pause": Move({ProductState.ON_SALE}, ProductState.PAUSED, by=_MAKERS | _OFFICE, label=lazy("Tạm dừng bán")),
        "resume": Move({ProductState.PAUSED}, ProductState.ON_SALE, by=_MAKERS | _OFFICE, label=lazy("Bán tiếp")),
        "withdraw": Move(set(_WITHDRAWABLE), ProductState.WITHDRAWN, by=_MAKERS, label=lazy("Xóa sản phẩm")),
        "restore_draft": _restore_to(ProductState.DRAFT),
        "restore_returned": _restore_to(ProductState.RETURNED),
        "restore_on_sale": _restore_to(ProductState.ON_SALE),
        "restore_paused": _restore_to(ProductState.PAUSED),
    },
)

REVISION_MOVES: StateTable[ProductState] = StateTable(
    ProductState,
    {
        "submit": Move(set(EDITABLE), ProductState.SUBMITTED, by=_MAKERS, label=lazy("Gửi duyệt thay đổi")),
        "take_back": PRODUCT_MOVES.moves["take_back"],
        "apply": Move({ProductState.SUBMITTED}, ProductState.APPLIED, by=_OFFICE, label=lazy("Duyệt thay đổi")),
        "send_back": PRODUCT_MOVES.moves["send_back"],
        "withdraw": Move(
            EDITABLE | {ProductState.SUBMITTED}, ProductState.WITHDRAWN, by=_MAKERS, label=lazy("Bỏ các thay đổi")
        ),
        "restore_draft": PRODUCT_MOVES.moves["restore_draft"],
        "restore_returned": PRODUCT_MOVES.moves["restore_returned"],
    },
)
"""A revision of a product that is on sale: it never goes on sale itself, it is carried over into its product."""


def require_as_seen(sent_no: int, seen: int | None) -> None:
    """Refuse a decision on another sending than the one that was read (SentAgain). Without `seen` nothing was read."""
    if seen is not None and seen != sent_no:
        raise SentAgain


def desk_sees(state: ProductState, withdrawn_from: ProductState | None) -> bool:
    """Whether officials may look at it: everything that was sent to them, never a draft, not even a deleted one."""
    return ProductState.DRAFT not in (state, withdrawn_from)


def restore_verb(before: ProductState) -> str:
    """The verb that takes a withdrawn product back to where it was; what waited for a decision comes back as a draft."""
    return "restore_draft" if before is ProductState.SUBMITTED else f"restore_{before.value}"


class PhotoState(StrEnum):
    """A photo is looked at by the worker after it was received."""

    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"
