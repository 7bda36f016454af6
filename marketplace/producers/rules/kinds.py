"""Kinds and states of a producer, and who may move her from where to where."""

from enum import StrEnum

from marketplace.kit.actor import ActorKind
from marketplace.kit.i18n import lazy
from marketplace.kit.states import Move, StateTable


class ProducerKind(StrEnum):
    """Who may be an OCOP subject (QĐ 26/2026/QĐ-TTg Điều 2.3)."""

    HOUSEHOLD = "household"
    COOPERATIVE = "cooperative"
    COOPERATIVE_GROUP = "cooperative_group"
    COMPANY = "company"
    FARM = "farm"


KIND_LABELS = {
    ProducerKind.HOUSEHOLD: lazy("Hộ sản xuất"),
    ProducerKind.COOPERATIVE: lazy("Hợp tác xã"),
    ProducerKind.COOPERATIVE_GROUP: lazy("Tổ hợp tác"),
    ProducerKind.COMPANY: lazy("Doanh nghiệp"),
    ProducerKind.FARM: lazy("Trang trại"),
}


class ProducerState(StrEnum):
    """Where a stall stands; only an active one is open to buyers."""

    APPLIED = "applied"
    RETURNED = "returned"
    ACTIVE = "active"
    PAUSED = "paused"


STATE_LABELS = {
    ProducerState.APPLIED: lazy("Chờ duyệt"),
    ProducerState.RETURNED: lazy("Đã trả lại"),
    ProducerState.ACTIVE: lazy("Đang bán"),
    ProducerState.PAUSED: lazy("Tạm dừng"),
}

DECIDERS = frozenset({ActorKind.COORDINATOR, ActorKind.ADMIN, ActorKind.OPERATOR})

PRODUCER_MOVES = StateTable(
    ProducerState,
    {
        "correct": Move(
            {ProducerState.RETURNED, ProducerState.APPLIED},
            ProducerState.APPLIED,
            by={ActorKind.PRODUCER, ActorKind.HELPER},
            label=lazy("Gửi lại"),
        ),
        "approve": Move({ProducerState.APPLIED}, ProducerState.ACTIVE, by=DECIDERS, label=lazy("Duyệt")),
        "send_back": Move({ProducerState.APPLIED}, ProducerState.RETURNED, by=DECIDERS, label=lazy("Trả lại")),
        "pause": Move({ProducerState.ACTIVE}, ProducerState.PAUSED, by=DECIDERS, label=lazy("Tạm dừng")),
        "resume": Move({ProducerState.PAUSED}, ProducerState.ACTIVE, by=DECIDERS, label=lazy("Mở lại")),
    },
)
