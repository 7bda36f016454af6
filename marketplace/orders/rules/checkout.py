"""What a buyer says at the checkout, and the reasons for which it does not become an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from marketplace.kit.actor import Place
from marketplace.kit.errors import AlreadyDecided, BadInput, Refused
from marketplace.kit.i18n import Text, lazy
from marketplace.kit.money import Dong
from marketplace.orders.rules.invoice import Invoice
from marketplace.orders.rules.states import Way


@dataclass(frozen=True, slots=True)
class Checkout:
    """Everything the review page sends. `buyer_phone` is E.164; `to` may be None when every order is fetched at its stall.

    `expected_total` is the sum the buyer saw, in dong; `seen` is `Quote.seen` of that page, from which changes are named.
    `user_id`: in whose account it is kept, None for most.
    The buyer is told in `language`.
    """

    cart_token: str
    buyer_name: str
    buyer_phone: str
    to: Place | None
    ways: Mapping[int, Way]
    expected_total: Dong
    consent_version: str
    street: str = ""
    note: str = ""
    email: str | None = None
    adult: bool = False
    invoice: Invoice | None = None
    user_id: int | None = None
    seen: str = ""
    language: str = "vi"


class ChangeKind(StrEnum):
    """What is different from what the buyer saw."""

    PRICE = "price"
    FEE = "fee"
    GONE = "gone"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed: `name` is the product, or the stall for a fee; `before` and `now` are dong, or units for SHORT."""

    kind: ChangeKind
    name: str
    before: int | None = None
    now: int | None = None
    variant_id: int | None = None


class _Changed(Refused):
    """A refusal that says what is different."""

    def __init__(self, changes: Sequence[Difference] = ()) -> None:
        super().__init__()
        self.changes = tuple(changes)


class CartChanged(_Changed):
    """A line is no longer on sale."""

    message = lazy("Có món không còn bán. Xin xem lại giỏ hàng.")


class OutOfStock(_Changed):
    """Somebody was faster, or fewer are left than wanted."""

    message = lazy("Vừa hết hàng. Chưa đặt đơn nào; giỏ hàng vẫn còn nguyên.")


class TotalChanged(_Changed):
    """A price or a fee changed since the buyer saw the sum."""

    message = lazy("Tổng tiền đã thay đổi. Xin xem lại rồi đặt hàng.")


class EmptyCart(BadInput):
    """Nothing to order."""

    message = lazy("Giỏ hàng đang trống.")


class ConsentNeeded(BadInput):
    """The box is not ticked, or the text behind it is a newer one."""

    message = lazy("Xin đánh dấu vào ô đồng ý để người bán được dùng tên, số điện thoại và địa chỉ cho việc giao hàng.")


class AdultAnswerNeeded(BadInput):
    """There is an alcoholic drink in the cart."""

    message = lazy("Trong giỏ có đồ uống có cồn. Xin xác nhận người mua đủ 18 tuổi.")


class AddressNeeded(BadInput):
    """A parcel needs a commune to go to."""

    message = lazy("Xin chọn xã, phường nhận hàng và ghi số nhà, tên đường hoặc thôn, xóm.")


class WayNeeded(BadInput):
    """A stall's goods cannot go the way that was chosen, or no way at all."""

    message = lazy("Cách giao đã chọn không dùng được cho đơn này. Xin chọn cách khác.")

    def __init__(self, message: Text | None = None, producer_id: int = 0) -> None:
        super().__init__(message, field=f"way-{producer_id}")
        self.producer_id = producer_id


class NobodyToPay(Refused):
    """The stall has no approved account."""

    message = lazy("Gian hàng này chưa nhận được chuyển khoản. Xin gọi người bán.")


class AccountLookedAt(NobodyToPay):
    """The stall's account is frozen."""

    message = lazy(
        "Tài khoản nhận tiền của một gian hàng trong giỏ đang được kiểm tra, nên tạm chưa đặt hàng được. Xin quay lại sau."
    )


class TooMuchForOneTransfer(Refused):
    """One bank transfer is below 500 million dong."""

    message = lazy("Một lần chuyển khoản phải dưới 500.000.000 ₫. Xin đặt ít hơn, hoặc gọi người bán.")


class NotPaidYet(Refused):
    """An order is accepted when its money has come."""

    message = lazy("Chưa nhận đủ tiền cho đơn này. Khi thấy tiền về, bấm Đã nhận tiền trước.")


class NothingClaimed(AlreadyDecided):
    """There is no word of the buyer to answer."""

    message = lazy("Người mua chưa báo chuyển khoản, hoặc đã được trả lời.")


class ReasonNeeded(BadInput):
    """The buyer must be told why."""

    message = lazy("Xin ghi lý do để báo cho người mua, ví dụ: hết nguyên liệu.")


class CarrierNeeded(BadInput):
    """The buyer must know who brings the parcel."""

    message = lazy("Xin ghi tên bên vận chuyển, ví dụ: Bưu điện.")
