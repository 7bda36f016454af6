"""One sign-in per role for the demo market. The numbers begin with 0900 00, which no operator has given out."""

from dataclasses import dataclass

from marketplace.accounts.rules import OperatorForm
from marketplace.kit.actor import Place

PASSWORD = "cho-ocop-mau"  # noqa: S105 - printed at every start of a demo market, on purpose


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as. `area` makes a coordinator, `sells_for` a member of the stall in that commune."""

    phone: str
    name: str
    words: str
    admin: bool = False
    area: Place | None = None
    office: str = ""
    sells_for: str = ""


PEOPLE = (
    DemoPerson("+84900000901", "Bà Mơ mẫu", "người bán chè lam, xã Thạch Thất", sells_for="09955"),
    DemoPerson("+84900000902", "Ông Tín mẫu", "người bán miến, xã Dương Hòa", sells_for="09856"),
    DemoPerson(
        "+84900000903",
        "Cô Hạnh mẫu",
        "cán bộ xã Thạch Thất",
        area=Place("01", "09955"),
        office="UBND xã Thạch Thất (mẫu)",
    ),
    DemoPerson(
        "+84900000904",
        "Anh Quân mẫu",
        "cán bộ thành phố Hà Nội",
        area=Place("01"),
        office="Văn phòng OCOP Hà Nội (mẫu)",
    ),
    DemoPerson("+84900000905", "Chị Bình mẫu", "quản trị chợ", admin=True),
)

OPERATOR = OperatorForm(
    name="Đơn vị vận hành MẪU",
    address="Địa chỉ mẫu, xã Thạch Thất, Hà Nội",
    phone="+84900000900",
    email="mau@example.vn",
    representative="Người đại diện mẫu",
)
"""Who runs the demo market, so that every page has somebody to call. No tax number: a true-looking one might be somebody's."""
