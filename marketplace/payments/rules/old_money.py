"""Money sent with the reference of a request that was closed: it counts for nothing by itself, a person decides. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from marketplace.kit.errors import AlreadyDecided, BadInput
from marketplace.kit.i18n import Text, lazy
from marketplace.payments.rules.card import Doubt

OLD = (Doubt.OLD_SAID, Doubt.OLD_SEEN)


class Outcome(StrEnum):
    """What becomes of the money."""

    COUNTED = "counted"
    BACK = "back"
    NOTHING = "nothing"


OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.COUNTED: lazy("Tiền đã về: tính cho các đơn còn lại, thừa thì hoàn"),
    Outcome.BACK: lazy("Tiền đã về: trả lại hết cho người mua"),
    Outcome.NOTHING: lazy("Không có tiền nào về"),
}

ANSWERS: Mapping[Outcome, Text] = {
    Outcome.COUNTED: lazy("Tiền đã tính cho các đơn còn lại; phần thừa, nếu có, sẽ hoàn."),
    Outcome.BACK: lazy("Tiền sẽ được chuyển trả lại."),
    Outcome.NOTHING: lazy("Không thấy tiền nào về tài khoản. Xin xem lại ngân hàng."),
}


class NotClosed(AlreadyDecided):
    """Its reference still holds: what comes with it counts as always."""

    message = lazy("Mã này vẫn đang dùng. Tiền về thì bấm Đã nhận tiền.")


class SumNeeded(BadInput):
    """How much came is not written down."""

    message = lazy("Ghi số tiền đã về, ví dụ: 120.000.")


class OutcomeNeeded(BadInput):
    """Nothing was decided."""

    message = lazy("Chọn một: tính cho đơn, trả lại, hay không có tiền về.")
