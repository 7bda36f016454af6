"""A co-operative that is paid for several producers: who may be one, who may join. Pure."""

from marketplace.kit.errors import AlreadyDecided, BadInput, Refused
from marketplace.kit.i18n import lazy
from marketplace.producers.rules.kinds import ProducerKind, ProducerState


class NotACooperative(Refused):
    """Only a co-operative that sells here and has an approved account is paid for others."""

    message = lazy("Chỉ hợp tác xã đang bán và có tài khoản đã duyệt mới nhận tiền thay được.")


class CannotJoin(BadInput):
    """A co-operative, or the stall itself."""

    message = lazy("Hợp tác xã không nhận tiền qua hợp tác xã khác. Chọn một hộ, tổ hoặc cơ sở.")


class StallNotFound(BadInput):
    """No open stall, or several."""

    message = lazy("Chưa rõ gian hàng nào. Gõ số điện thoại của gian hàng, hoặc chép địa chỉ trang gian hàng vào đây.")


class NotInvited(AlreadyDecided):
    """The co-operative has taken its word back, or never gave it."""

    message = lazy("Hợp tác xã không còn mời. Gọi hợp tác xã để hỏi lại.")


def may_be_paid_for_others(kind: ProducerKind, state: ProducerState) -> bool:
    """Whether this producer may be paid for others: a co-operative, open to buyers. Its account is looked at elsewhere."""
    return kind is ProducerKind.COOPERATIVE and state is ProducerState.ACTIVE


def may_join(kind: ProducerKind, state: ProducerState) -> bool:
    """Whether a co-operative may be paid for this producer: never for another one, so that nobody is paid round two corners."""
    return kind is not ProducerKind.COOPERATIVE and state is ProducerState.ACTIVE
