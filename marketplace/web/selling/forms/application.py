"""One class per page of the application for a stall."""

from typing import Any

import wtforms

from marketplace.accounts.rules import BadPhone, phone_number, show_phone
from marketplace.kit.actor import Place
from marketplace.kit.i18n import _, lazy
from marketplace.producers import queries as producers
from marketplace.producers.rules import KIND_LABELS, ProducerKind, account_number
from marketplace.web import frame
from marketplace.web.frame.places import AsksPlace, PlaceField
from marketplace.web.selling.forms.tiles import tiles

NAME_LENGTH = 80
STORY_LENGTH = 2000


def _needed(message: str) -> wtforms.validators.DataRequired:
    return wtforms.validators.DataRequired(message)


def _at_most(most: int) -> wtforms.validators.Length:
    return wtforms.validators.Length(max=most, message=lazy("Viết ngắn lại, nhiều nhất %(most)s chữ cái.", most=most))


class StepForm(frame.Form):
    """A page of the application: `answers` is what the draft keeps, `stored` what its fields begin with."""

    def answers(self) -> dict[str, Any]:
        """As the draft keeps it."""
        return {field.name: field.data for field in self}

    @classmethod
    def stored(cls, answers: dict[str, Any]) -> dict[str, Any]:
        """What the fields begin with."""
        return {name: value for name, value in answers.items() if value is not None}


class KindForm(StepForm):
    """Who makes the goods (QĐ 26/2026/QĐ-TTg Điều 2.3)."""

    kind = wtforms.RadioField(
        lazy("Ai làm ra hàng?"), choices=tiles((kind.value, KIND_LABELS[kind]) for kind in ProducerKind)
    )


class NameForm(StepForm):
    """What the stall is called."""

    name = wtforms.StringField(
        lazy("Gian hàng tên là gì?"),
        [
            _needed(lazy("Điền tên gian hàng, ví dụ: Cơ sở chè lam Bà Mơ.")),
            wtforms.validators.Regexp(
                r".*[^\W\d_]", message=lazy("Tên gian hàng cần có chữ, ví dụ: Cơ sở chè lam Bà Mơ.")
            ),
            _at_most(NAME_LENGTH),
        ],
    )


class PlaceForm(StepForm, AsksPlace):
    """The commune, under its old or new name."""

    place = PlaceField(lazy("Hàng làm ở xã, phường nào?"))

    def answers(self) -> dict[str, Any]:
        """As the draft keeps it."""
        place = self.place.data
        if place is None:
            raise ValueError("only a form that was accepted has answers")
        return {
            "province_code": place.province_code,
            "commune_code": place.commune_code,
            "old_place": self.place.old_name,
        }

    @classmethod
    def stored(cls, answers: dict[str, Any]) -> dict[str, Any]:
        """What the fields begin with."""
        code = answers.get("province_code")
        return {"place": Place(code, answers.get("commune_code"))} if code else {}


class VillageForm(StepForm):
    """Village and house, as people say it."""

    village = wtforms.StringField(lazy("Làng, thôn nào?"), [_at_most(120)])
    street = wtforms.StringField(lazy("Số nhà, ngõ, đường (nếu có)"), [_at_most(200)])


class PhoneForm(StepForm):
    """The number buyers call."""

    phone = wtforms.StringField(lazy("Người mua gọi số nào?"))
    zalo = wtforms.BooleanField(lazy("Số này có dùng Zalo"))

    def validate_phone(self, field: wtforms.StringField) -> None:
        """Refuse what cannot be called."""
        try:
            self.number = phone_number(field.data or "")
        except BadPhone as refusal:
            raise wtforms.ValidationError(str(refusal.message)) from None

    def answers(self) -> dict[str, Any]:
        """As the draft keeps it."""
        return {"phone": self.number, "zalo": bool(self.zalo.data)}

    @classmethod
    def stored(cls, answers: dict[str, Any]) -> dict[str, Any]:
        """What the fields begin with: the number of the account until another is said."""
        person = frame.viewer()
        number = answers.get("phone") or (person.phone if person else "")
        return {"phone": show_phone(number) if number else "", "zalo": answers.get("zalo", False)}


class StoryForm(StepForm):
    """A few words about the craft."""

    story = wtforms.TextAreaField(lazy("Kể đôi lời về nghề"), [_at_most(STORY_LENGTH)])


class RegistrationForm(StepForm):
    """Numbers of the registration, if there is one."""

    registration_no = wtforms.StringField(lazy("Số đăng ký kinh doanh"), [_at_most(40)])
    tax_code = wtforms.StringField(lazy("Mã số thuế"), [_at_most(20)])
    representative = wtforms.StringField(lazy("Người đại diện"), [_at_most(120)])


class AccountForm(StepForm):
    """The account that receives the money."""

    bank_bin = wtforms.SelectField(lazy("Ngân hàng"), validate_choice=False)
    account_no = wtforms.StringField(lazy("Số tài khoản"))
    holder = wtforms.StringField(
        lazy("Tên chủ tài khoản"),
        [_needed(lazy("Điền tên chủ tài khoản như trên ứng dụng ngân hàng, ví dụ: NGUYEN THI MO.")), _at_most(120)],
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.bins = [bank.bin for bank in producers.banks() if bank.by_qr]
        shown = [(bank.bin, bank.short) for bank in producers.banks() if bank.by_qr]
        self.bank_bin.choices = [("", _("Chọn ngân hàng")), *shown]

    def validate_bank_bin(self, field: wtforms.SelectField) -> None:
        """Refuse a bank nobody can transfer to by QR."""
        if field.data not in self.bins:
            raise wtforms.ValidationError(_("Chọn ngân hàng có tài khoản nhận tiền."))

    def validate_account_no(self, field: wtforms.StringField) -> None:
        """Refuse what cannot be an account."""
        if account_number(field.data or "") is None:
            raise wtforms.ValidationError(_("Điền số tài khoản, 6 đến 19 chữ số, ví dụ: 0123456789."))

    def answers(self) -> dict[str, Any]:
        """As the draft keeps it."""
        return {
            "bank_bin": self.bank_bin.data,
            "account_no": account_number(self.account_no.data or ""),
            "holder": self.holder.data,
        }


class MakerPhotoForm(frame.Form):
    """A photo of the maker or the workshop."""

    chup = wtforms.FileField(lazy("Bấm vào đây để chụp"))
    anh = wtforms.FileField(lazy("Chọn ảnh có sẵn trong máy"))

    def content(self) -> bytes:
        """The bytes of whichever was chosen."""
        for field in (self.chup, self.anh):
            if field.data:
                return bytes(field.data.read())
        return b""


FORMS: dict[str, type[StepForm]] = {
    "loai": KindForm,
    "ten": NameForm,
    "noi-lam": PlaceForm,
    "lang": VillageForm,
    "dien-thoai": PhoneForm,
    "ke-chuyen": StoryForm,
    "dang-ky-kinh-doanh": RegistrationForm,
    "tai-khoan": AccountForm,
}
