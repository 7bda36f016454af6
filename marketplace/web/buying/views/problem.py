"""Reporting a problem with a product, or with an order from its own page."""

from dataclasses import dataclass

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts.rules import show_phone
from marketplace.cases import actions
from marketplace.cases.rules import ANSWER_HOURS, KIND_LABELS, KINDS_OF, ProblemKind, Report, SubjectKind
from marketplace.catalog import queries as catalog
from marketplace.kit.actor import Actor
from marketplace.kit.errors import BadInput, NotFound, TooMany
from marketplace.kit.i18n import _
from marketplace.web import frame
from marketplace.web.buying.door import bp
from marketplace.web.buying.forms.lookup import ProblemForm
from marketplace.web.buying.views.moves import ask_who
from marketplace.web.buying.views.order import page_of


@dataclass(frozen=True)
class About:
    """What the problem is about; `back` leads to it. Nothing has the id 0: the market itself."""

    kind: SubjectKind
    id: int
    title: str
    back: str
    contact: str = ""
    group_id: int = 0


def _about() -> About | None:
    if key := request.values.get("hang"):
        product = catalog.by_key(key)
        if product is None or product.approved_at is None:
            raise NotFound
        return About(SubjectKind.PRODUCT, product.id, product.name, f"/san-pham/{product.slug}")
    if token := request.values.get("don"):
        return _order(token, request.values.get("ma", ""))
    if request.values.get("ve") == "cho":
        return About(SubjectKind.MARKET, 0, _("Về chợ, hoặc về dữ liệu cá nhân"), url_for("buying.problem"))
    return None


def _order(token: str, code: str) -> About:
    page = page_of(token)
    parcel = next((one for one in page.orders if one.code == code), None)
    if parcel is None:
        raise NotFound
    title = _("Đơn %(code)s, %(stall)s", code=parcel.code_shown, stall=parcel.producer_name)
    back = f"/don-hang/{token}"
    return About(SubjectKind.ORDER, parcel.order_id, title, back, show_phone(page.buyer.phone), page.group_id)


@bp.get("/bao-van-de")
def problem() -> AnyResponse:
    """What happened? Without a subject: where to begin."""
    if elsewhere := _ask_who():
        return elsewhere
    about = _about()
    if about is None:
        return frame.page("buying/problem/start.html", answers=ANSWER_HOURS)
    return _page(about, _form(about))


def _ask_who() -> AnyResponse | None:
    """Only an order's buyer speaks with its seller."""
    token = request.values.get("don")
    return ask_who(page_of(token).token) if token else None


@bp.post("/bao-van-de")
def report() -> AnyResponse:
    """Sent to the official of the place; about an order to its seller as well."""
    if elsewhere := _ask_who():
        return elsewhere
    about = _about()
    if about is None:
        raise NotFound
    form = _form(about)
    if not form.validate():
        return _page(about, form, 422)
    said = Report(ProblemKind(form.kind.data), form.text.data or "", form.contact.data or "")
    try:
        key = _send(about, said)
    except BadInput as refusal:
        form.refuse(refusal, "text")
        return _page(about, form, 422)
    except TooMany as refusal:
        form.refuse(BadInput(refusal.message, field="text"), "text")
        busy = _page(about, form, 429)
        busy.headers["Retry-After"] = str(refusal.wait)
        return busy
    if about.kind is SubjectKind.ORDER:
        frame.flash(_("Đã gửi cho người bán và cán bộ."))
        return frame.back_to("buying.talk", token=request.values["don"], key=key)
    return frame.back_to("buying.reported", ve=about.back)


def _send(about: About, said: Report) -> str:
    address = request.remote_addr or ""
    if about.kind is SubjectKind.PRODUCT:
        return actions.report_product(frame.actor(), about.id, said, address=address)
    if about.kind is SubjectKind.ORDER:
        return actions.report_order(Actor.buyer(about.group_id), about.id, said, address=address)
    return actions.report_market(frame.actor(), said, address=address)


@bp.get("/bao-van-de/da-gui")
def reported() -> Response:
    """It has arrived; `ve` leads back to what it was about."""
    return frame.page("buying/problem/sent.html", back=frame.local_path(request.args.get("ve"), ""))


def _form(about: About) -> ProblemForm:
    form = ProblemForm.of_request(contact=about.contact)
    form.kind.choices = [(one.value, str(KIND_LABELS[one])) for one in KINDS_OF[about.kind]]
    return form


def _page(about: About, form: ProblemForm, status: int = 200) -> Response:
    return frame.page(
        "buying/problem/problem.html", status=status, form=form, about=about, has_errors=status != 200, back=about.back
    )
