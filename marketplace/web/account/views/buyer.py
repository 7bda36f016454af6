"""The account of somebody who buys: orders kept in it, and addresses. Never needed to buy."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts.rules import Viewer, person_name, phone_number, show_phone
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import _
from marketplace.orders import queries
from marketplace.orders.actions import account
from marketplace.orders.models import BuyerAddress
from marketplace.orders.rules.addresses import MOST_ADDRESSES, Address, TooManyAddresses
from marketplace.payments.queries.several import groups_in_short
from marketplace.places import queries as places
from marketplace.web import frame
from marketplace.web.account.forms.address import SavedAddressForm
from marketplace.web.account.views.me import bp


def _me() -> Viewer:
    person = frame.viewer()
    if person is None:
        raise NotFound
    return person


@bp.get("/don")
def orders() -> Response:
    """Orders placed while signed in, and those put here from their own pages."""
    return frame.page("account/orders.html", pages=groups_in_short(queries.tokens_of_user(_me().user_id)))


@bp.post("/don")
def forget_orders() -> AnyResponse:
    """The account forgets what was bought and where it went; the orders themselves stay with their sellers."""
    account.leave_orders(frame.actor(), _me().user_id)
    frame.flash(_("Tài khoản không còn giữ đơn và nơi nhận nào. Các đơn vẫn còn nguyên."))
    return frame.back_to("account.me.orders")


@bp.get("/noi-nhan")
def addresses() -> Response:
    """Who receives, and where."""
    found = queries.addresses(_me().user_id)
    return frame.page(
        "account/addresses.html",
        rows=[(one, places.label(one.place)) for one in found],
        full=len(found) >= MOST_ADDRESSES,
    )


@bp.get("/noi-nhan/moi")
def new_address() -> Response:
    """At first what the account itself says."""
    person = _me()
    return _page(SavedAddressForm(data={"name": person.name, "phone": show_phone(person.phone)}))


@bp.post("/noi-nhan/moi")
def save_address() -> AnyResponse:
    """Write it down."""
    return _save(None)


@bp.get("/noi-nhan/<int:address_id>")
def address(address_id: int) -> Response:
    """One of them, to correct."""
    one = _address(address_id)
    stored = {"name": one.name, "phone": show_phone(one.phone), "place": one.place, "street": one.street}
    return _page(SavedAddressForm(data=stored), one)


@bp.post("/noi-nhan/<int:address_id>")
def correct_address(address_id: int) -> AnyResponse:
    """Write it down anew."""
    return _save(_address(address_id))


def _address(address_id: int) -> BuyerAddress:
    one = queries.address_of_user(_me().user_id, address_id)
    if one is None:
        raise NotFound
    return one


def _save(one: BuyerAddress | None) -> AnyResponse:
    form = SavedAddressForm.of_request()
    if not form.validate() or form.place.data is None:
        return _page(form, one, 200 if form.place.asked else 422)
    said = Address(
        person_name(form.name.data or ""),
        phone_number(form.phone.data or ""),
        form.place.data,
        (form.street.data or "").strip(),
    )
    try:
        account.save_address(frame.actor(), said, one.id if one else None)
    except TooManyAddresses as refusal:
        frame.flash(str(refusal.message), kind="bad")
    else:
        frame.flash(_("Đã lưu nơi nhận."))
    return frame.back_to("account.me.addresses")


@bp.post("/noi-nhan/<int:address_id>/xoa")
def delete_address(address_id: int) -> AnyResponse:
    """Out of the book; a button has it back."""
    account.delete_address(frame.actor(), address_id)
    frame.flash(_("Đã xóa nơi nhận."), undo=f"/tai-khoan/noi-nhan/{address_id}/lay-lai")
    return frame.back_to("account.me.addresses")


@bp.post("/noi-nhan/<int:address_id>/lay-lai")
def restore_address(address_id: int) -> AnyResponse:
    """ "Lấy lại"."""
    account.restore_address(frame.actor(), address_id)
    frame.flash(_("Đã lấy lại nơi nhận."))
    return frame.back_to("account.me.addresses")


def _page(form: SavedAddressForm, one: BuyerAddress | None = None, status: int = 200) -> Response:
    return frame.page("account/address.html", status=status, form=form, one=one, has_errors=status != 200)
