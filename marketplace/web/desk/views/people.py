"""People: an account opened at the desk with a code to read aloud; for an admin also roles, areas, closing."""

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import actions, queries
from marketplace.accounts.rules import OfficialsAccount, mobile_number, one_line, show_code
from marketplace.kit import trail
from marketplace.kit.actor import Place
from marketplace.kit.errors import BadInput, NotYours, Refused
from marketplace.kit.i18n import _, lazy
from marketplace.kit.text import whole
from marketplace.law.rules import CONSENT_VERSION
from marketplace.places import queries as places
from marketplace.producers import queries as producers
from marketplace.web import frame
from marketplace.web.desk.door import bp
from marketplace.web.desk.forms.people import AreaForm, OpenAccountForm
from marketplace.web.desk.views import aloud

DONE = {
    "create_user": lazy("Tạo tài khoản"),
    "open_account": lazy("Mở tài khoản tại bàn"),
    "open_code": lazy("Mở mã đăng nhập tại bàn"),
    "set_password": lazy("Đặt mật khẩu"),
    "print_card": lazy("In thẻ đăng nhập"),
    "end_card": lazy("Hủy thẻ đăng nhập"),
    "use_card": lazy("Đăng nhập bằng thẻ"),
    "reset": lazy("Vào lại bằng mã trên máy mới, hoặc đặt mật khẩu mới không gõ mật khẩu cũ"),
    "grant_area": lazy("Giao khu vực"),
    "end_area": lazy("Thôi giao khu vực"),
    "make_admin": lazy("Giao quyền quản trị"),
    "end_admin": lazy("Thôi quyền quản trị"),
    "set_factor": lazy("Đặt mã xác thực"),
    "use_recovery": lazy("Vào bằng mã dự phòng"),
    "renew_recovery": lazy("Làm mã dự phòng mới"),
    "set_pin": lazy("Đặt mã PIN"),
    "reset_factor": lazy("Bỏ mã xác thực"),
    "disable": lazy("Đóng tài khoản"),
    "enable": lazy("Mở lại tài khoản"),
}

CHANGES = {
    "quan-tri": (actions.make_admin, lazy("Đã giao quyền quản trị.")),
    "thoi-quan-tri": (actions.end_admin, lazy("Đã thôi quyền quản trị.")),
    "bo-xac-thuc": (
        actions.reset_factor,
        lazy("Đã bỏ mã xác thực. Các máy đã đăng xuất; lần sau người ấy đặt mã mới."),
    ),
    "dong": (actions.disable_user, lazy("Đã đóng tài khoản. Các máy đã đăng xuất.")),
    "mo-lai": (actions.enable_user, lazy("Đã mở lại tài khoản.")),
}


def admin_only() -> None:
    """A coordinator finds no such page."""
    if not frame.actor().is_admin:
        abort(404)


@bp.get("/nguoi-dung")
def people() -> Response:
    """For a coordinator the way to open an account; for an admin also everybody who has one."""
    actor = frame.actor()
    if not actor.is_admin:
        return frame.page("desk/people/list.html", lines=[], is_admin=False)
    search, page = one_line(request.args.get("q", ""))[:80], request.args.get("trang", 1, type=int)
    page = page if 1 <= page < 10_000 else 1
    officials = "can-bo" in request.args
    lines, more = queries.users(search, page, officials)
    return frame.page(
        "desk/people/list.html", lines=lines, more=more, number=page, search=search, officials=officials, is_admin=True
    )


@bp.get("/nguoi-dung/mo")
def open_account() -> Response:
    """The form: who stands at the desk."""
    phone = request.args.get("so", "")
    return _open_page(OpenAccountForm(phone=phone[:20], name=request.args.get("ten", "")[:80]))


@bp.post("/nguoi-dung/mo")
def open_account_code() -> AnyResponse:
    """Open the account, or a way back into it, and go to the page on which the code stands."""
    form = OpenAccountForm.of_request()
    if not form.validate():
        return _open_page(form, status=422)
    phone, name = form["phone"].data, form["name"].data
    try:
        opened = actions.open_account_on_desk(
            frame.actor(), phone=phone, name=name, consent_version=CONSENT_VERSION, places=_sells_at(phone)
        )
    except NotYours:
        form["phone"].errors = [_("Người này bán hàng ở nơi khác. Cán bộ nơi đó mở mã giúp.")]
        return _open_page(form, status=422)
    except OfficialsAccount as refusal:
        form["phone"].errors = [str(refusal.message)]
        return _open_page(form, status=422)
    return aloud.carry(opened, frame.back_to("desk.code_aloud"))


@bp.get("/nguoi-dung/ma")
def code_aloud() -> Response:
    """The code that this official has just opened on this machine: the same however often the page is loaded anew."""
    opened = aloud.carried()
    row = queries.code_read_aloud(opened.code_id, frame.actor().user_id or 0) if opened else None
    person = queries.people([opened.user_id]).get(opened.user_id) if opened else None
    if opened is None or row is None or person is None:
        return frame.page("desk/people/code_gone.html")
    return frame.page(
        "desk/people/code.html",
        person=person,
        code=show_code(opened.code),
        is_new=opened.is_new,
        until=row.expires_at,
    )


def _sells_at(phone: str) -> list[Place]:
    """Where the stalls lie that the account with this number sells for: their coordinators open its codes."""
    user = queries.user_by_phone(mobile_number(phone))
    return [one.place for one in producers.for_user(user.id)] if user else []


def _open_page(form: OpenAccountForm | frame.Form, status: int = 200) -> Response:
    return frame.page("desk/people/open.html", status=status, form=form, has_errors=status != 200)


@bp.get("/nguoi-dung/<int:user_id>")
def person(user_id: int) -> Response:
    """One account: what it may do, and what was done to it."""
    admin_only()
    return _person_page(user_id, AreaForm())


@bp.post("/nguoi-dung/<int:user_id>/khu-vuc")
def grant_area(user_id: int) -> AnyResponse:
    """Let the person decide for a place."""
    admin_only()
    form = AreaForm.of_request()
    if not form.validate():
        return _person_page(user_id, form, status=422)
    try:
        actions.grant_area(frame.actor(), user_id, form["place"].data, office=form["office"].data)
    except BadInput as refusal:
        form.refuse(refusal, "office")
        return _person_page(user_id, form, status=422)
    frame.flash(_("Đã giao khu vực. Có hiệu lực ngay."))
    return frame.back_to("desk.person", user_id=user_id)


@bp.post("/nguoi-dung/<int:user_id>/thoi-khu-vuc")
def end_area(user_id: int) -> AnyResponse:
    """Take a place away; the account and other places stay."""
    admin_only()
    actions.end_area(frame.actor(), whole(request.form.get("khu-vuc", "")) or 0)
    frame.flash(_("Đã thôi giao khu vực đó."))
    return frame.back_to("desk.person", user_id=user_id)


@bp.post("/nguoi-dung/<int:user_id>/quyen")
def change_role(user_id: int) -> AnyResponse:
    """Make or end an admin; close or reopen the account."""
    admin_only()
    change = CHANGES.get(request.form.get("viec", ""))
    if change is None:
        abort(404)
    verb, said = change
    try:
        verb(frame.actor(), user_id)
    except Refused as refusal:
        if refusal.status == 404:
            raise
        frame.flash(str(refusal.message), kind="bad")
        return frame.back_to("desk.person", user_id=user_id)
    frame.flash(str(said))
    return frame.back_to("desk.person", user_id=user_id)


def _person_page(user_id: int, form: AreaForm | frame.Form, status: int = 200) -> Response:
    line = queries.user_line(user_id)
    if line is None:
        abort(404)
    rows = trail.of("user", user_id)
    known = queries.people({row.user_id for row in rows if row.user_id})
    return frame.page(
        "desk/people/person.html",
        status=status,
        line=line,
        form=form,
        factor=queries.factor_of(user_id),
        is_self=user_id == frame.actor().user_id,
        areas=[(area, places.label(area.place)) for area in line.areas],
        stalls=producers.for_user(user_id),
        told=[
            (row.at, DONE.get(row.verb, row.verb), known[row.user_id].name if row.user_id in known else "")
            for row in reversed(rows)
        ],
        open_url=url_for("desk.open_account", so=line.phone, ten=line.name),
        has_errors=status != 200,
    )
