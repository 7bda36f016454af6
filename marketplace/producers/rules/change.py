"""A change of the account that receives money: who asks, who decides after a call, and when it takes effect. Pure.

An exchanged account is the main fraud on markets, so nothing about it is quick: two people, a telephone call to a number
known before, and two days in which everybody who was told can stop it by one tap.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from marketplace.kit.actor import Actor, ActorKind
from marketplace.kit.errors import AlreadyDecided, BadInput, NotAllowed, Refused
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.states import Move, StateTable
from marketplace.producers.rules.kinds import DECIDERS

WAIT = timedelta(hours=48)
"""From the approval until money goes to the new account, and from a reset of somebody's way in until a change may be asked."""


class ChangeState(StrEnum):
    """Where a change of account stands."""

    ASKED = "asked"
    APPROVED = "approved"
    DONE = "done"
    STOPPED = "stopped"
    REFUSED = "refused"


CHANGE_LABELS: Mapping[ChangeState, Text] = {
    ChangeState.ASKED: lazy("Chờ cán bộ gọi điện hỏi lại"),
    ChangeState.APPROVED: lazy("Đã duyệt, chờ đủ 48 giờ"),
    ChangeState.DONE: lazy("Đã đổi"),
    ChangeState.STOPPED: lazy("Đã dừng"),
    ChangeState.REFUSED: lazy("Không duyệt"),
}

OPEN_CHANGE = frozenset({ChangeState.ASKED, ChangeState.APPROVED})


class ChangeEnded(Refused):
    """The change was stopped, refused or has taken effect meanwhile."""

    message = lazy("Lần đổi tài khoản này đã xong hoặc đã dừng.")


CHANGE_MOVES = StateTable(
    ChangeState,
    {
        "approve": Move({ChangeState.ASKED}, ChangeState.APPROVED, by=DECIDERS, label=lazy("Duyệt")),
        "refuse": Move(OPEN_CHANGE, ChangeState.REFUSED, by=DECIDERS, label=lazy("Không duyệt"), refusal=ChangeEnded),
        # A stranger stops it by the secret address that was sent to the people of the stall.
        "stop": Move(
            OPEN_CHANGE,
            ChangeState.STOPPED,
            by=DECIDERS | {ActorKind.PRODUCER, ActorKind.STRANGER, ActorKind.SYSTEM},
            label=lazy("Dừng lại"),
            refusal=ChangeEnded,
        ),
        "take_effect": Move({ChangeState.APPROVED}, ChangeState.DONE, by={ActorKind.SYSTEM}, refusal=ChangeEnded),
    },
)

MAY_ASK = DECIDERS | {ActorKind.PRODUCER}
"""Never a helper: money and accounts are in no helper's scope."""


class Heard(StrEnum):
    """What the official has to hear in the call before approving; all of it."""

    NAME = "name"
    WISH = "wish"
    ACCOUNT = "account"


HEARD_LABELS: Mapping[Heard, Text] = {
    Heard.NAME: lazy("Người nghe máy nói đúng tên mình và tên cơ sở"),
    Heard.WISH: lazy("Chính người ấy muốn đổi; không ai gọi điện, nhắn tin bảo đổi"),
    Heard.ACCOUNT: lazy("Người ấy tự đọc đúng ngân hàng và 4 số cuối của tài khoản mới"),
}


def heard_labels(*, joins: bool) -> Mapping[Heard, Text]:
    """The points as they are asked; who joins a co-operative knows its name rather than its account."""
    if not joins:
        return HEARD_LABELS
    return {**HEARD_LABELS, Heard.ACCOUNT: lazy("Người ấy tự nói đúng tên hợp tác xã sẽ nhận tiền thay")}


class TooSoonAfterReset(Refused):
    """Somebody of the stall has just got a new way in."""

    message = lazy(
        "Vừa có người của gian hàng đặt lại cách đăng nhập. Đủ 48 giờ sau đó mới đổi tài khoản nhận tiền được."
    )


class ChangeIsOpen(Refused):
    """One change at a time."""

    message = lazy("Đang có một lần đổi tài khoản chưa xong. Dừng lần đó rồi mới đổi lại được.")


class FrozenMeanwhile(Refused):
    """Somebody else may be in the stall: only an official begins a change now."""

    message = lazy("Tài khoản đang khóa. Cán bộ gọi hỏi xong, cần đổi thì cán bộ ghi.")


class SameAccount(BadInput):
    """Nothing would change."""

    message = lazy("Tài khoản này đang nhận tiền rồi.")


class NothingToChange(Refused):
    """The first account is approved together with its stall."""

    message = lazy("Gian hàng chưa có tài khoản nào được duyệt. Sửa tài khoản trong đơn xin bán.")


class StartedIt(NotAllowed):
    """Whoever began a change, or sells for the stall, does not decide about it."""

    message = lazy(
        "Người bắt đầu lần đổi này, hay người của gian hàng, không tự duyệt được. Một cán bộ khác gọi điện và duyệt."
    )


class NotAllHeard(BadInput):
    """The call did not bring everything."""

    message = lazy("Chưa nghe đủ thì chưa duyệt được. Nghe được điều nào, đánh dấu điều đó.")


class UnknownNumber(BadInput):
    """The call went elsewhere."""

    message = lazy("Chỉ gọi số đã biết từ trước. Chọn số đã gọi.")


class AccountIncomplete(BadInput):
    """An account that cannot be one."""

    message = lazy("Chọn ngân hàng, gõ số tài khoản và tên chủ tài khoản.")


class AlreadyFrozen(AlreadyDecided):
    """Somebody was first."""

    message = lazy("Tài khoản này đã khóa rồi.")


class NotFrozen(AlreadyDecided):
    """Somebody was first."""

    message = lazy("Tài khoản này không còn khóa.")


SUSPECTED = lazy("Người của gian hàng bấm dừng vì không phải mình muốn đổi.")
REPORT = timedelta(days=30)
"""So long after it took effect a change can still be reported as somebody else's doing."""


def suspects(actor: Actor) -> bool:
    """Whether a stop by this actor means that somebody else is in the stall: an official knows more, and says so."""
    return actor.kind not in DECIDERS


def may_report(state: ChangeState, ended_at: datetime | None, now: datetime) -> bool:
    """Whether a change that took effect can still be reported."""
    return state is ChangeState.DONE and ended_at is not None and now - ended_at < REPORT


def reset_over(now: datetime, reset_at: datetime | None) -> bool:
    """Whether the last reset of somebody of the stall lies 48 hours back."""
    return reset_at is None or now - reset_at >= WAIT


def takes_effect_at(approved_at: datetime, reset_at: datetime | None = None) -> datetime:
    """48 hours after the approval, and never within 48 hours of a reset."""
    return max(approved_at, reset_at or approved_at) + WAIT


def may_decide(actor: Actor, started_by: int | None, members: Iterable[int]) -> bool:
    """Whether this official is neither who began it nor somebody of the stall. Areas are asked for elsewhere.

    Who decides must be known: the operator of the command line has no name, and never decides what it began.
    """
    if actor.kind not in DECIDERS or actor.user_id is None:
        return False
    return actor.user_id != started_by and actor.user_id not in set(members)


def not_heard(ticked: Iterable[str]) -> list[Heard]:
    """What was not heard in the call."""
    known = set(ticked)
    return [each for each in Heard if each.value not in known]


def tail(account_no: str) -> str:
    """`1500206008801` -> `••••8801`: enough for its owner to recognise it."""
    return f"••••{account_no[-4:]}"
