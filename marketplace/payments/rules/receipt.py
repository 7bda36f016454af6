"""What a receipt says of the money: by which way it came. Not a tax invoice: that one the seller makes."""

from collections.abc import Mapping

from marketplace.kit.i18n import Text, lazy
from marketplace.payments.rules.money import Method

PAID_BY: Mapping[Method, Text] = {
    Method.TRANSFER: lazy("Chuyển khoản cho người bán"),
    Method.CARD: lazy("Thẻ ngân hàng"),
    Method.COD: lazy("Tiền mặt khi nhận hàng"),
    Method.STALL: lazy("Tiền mặt tại gian hàng"),
}
