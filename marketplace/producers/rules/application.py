"""What an application for a stall says, and what it still lacks."""

from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.kit.actor import Place
from marketplace.kit.i18n import Text, lazy
from marketplace.producers.rules.kinds import ProducerKind
from marketplace.producers.rules.payee import PayeeDraft, payee_missing


@dataclass(frozen=True)
class Application:
    """Everything a stall's application says. `place` may lack the commune; `phone` is E.164."""

    kind: ProducerKind
    name: str
    place: Place
    phone: str
    payee: PayeeDraft | None
    village: str = ""
    village_id: int | None = None
    old_place: str = ""
    street: str = ""
    zalo: bool = False
    story: str = ""
    registration_no: str = ""
    tax_code: str = ""
    representative: str = ""


@dataclass(frozen=True)
class Missing:
    """One thing to correct: the field's name on the page and a sentence with an example."""

    field: str
    message: Text


NAME_LENGTH = 80
STORY_LENGTH = 2000

_WHAT_MISSING = {
    "name": lazy("Điền tên gian hàng, ví dụ: Cơ sở chè lam Bà Mơ."),
    "name_long": lazy("Tên gian hàng dài quá 80 chữ, viết ngắn lại."),
    "place": lazy("Chọn xã, phường nơi làm ra hàng."),
    "phone": lazy("Điền số điện thoại để người mua gọi, ví dụ: 0912 345 678."),
    "story_long": lazy("Lời kể dài quá 2.000 chữ, viết ngắn lại."),
    "bank": lazy("Chọn ngân hàng có tài khoản nhận tiền."),
    "account_no": lazy("Điền số tài khoản, 6 đến 19 chữ số, ví dụ: 0123456789."),
    "holder": lazy("Điền tên chủ tài khoản như trên ứng dụng ngân hàng, ví dụ: NGUYEN THI MO."),
}


def missing(application: Application, known_bins: Iterable[str]) -> list[Missing]:
    """What the application still lacks, in the order of its pages."""
    found: list[Missing] = []

    def lacks(key: str, field: str | None = None) -> None:
        found.append(Missing(field or key, _WHAT_MISSING[key]))

    if not any(c.isalpha() for c in application.name):
        lacks("name")
    if len(application.name) > NAME_LENGTH:
        lacks("name_long", "name")
    if not application.place.province_code:
        lacks("place")
    if not application.phone:
        lacks("phone")
    if len(application.story) > STORY_LENGTH:
        lacks("story_long", "story")
    for field in payee_missing(application.payee, known_bins):
        lacks(field)
    return found
