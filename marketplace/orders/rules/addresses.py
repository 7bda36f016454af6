"""Addresses that a buyer keeps in an account: who receives, and where."""

from dataclasses import dataclass
from datetime import timedelta

from marketplace.kit.actor import Place
from marketplace.kit.errors import Refused
from marketplace.kit.i18n import lazy

MOST_ADDRESSES = 20
FORGOTTEN_AFTER = timedelta(days=30)
"""A deleted address can be had back for so long; then it is erased."""


@dataclass(frozen=True, slots=True)
class Address:
    """`phone` is E.164."""

    name: str
    phone: str
    place: Place
    street: str


class TooManyAddresses(Refused):
    """The book is full."""

    message = lazy("Đã lưu 20 nơi nhận. Xóa bớt một nơi rồi lưu thêm.")


class OtherNumber(Refused):
    """The order was placed with another number than the account's, or nobody has proved that number by a code yet."""

    message = lazy("Chỉ thêm được đơn đặt bằng chính số điện thoại của tài khoản, và số đó đã nhận mã của chợ.")
