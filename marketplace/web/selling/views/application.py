"""Applying for a stall: a few pages that save as they go, a review, and what became of it."""

from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from marketplace.accounts.rules import show_phone
from marketplace.catalog import rules as catalog_rules
from marketplace.kit.errors import BadInput
from marketplace.kit.i18n import _
from marketplace.kit.storage import private_store
from marketplace.places import queries as places
from marketplace.producers import actions, queries
from marketplace.producers.models import Producer
from marketplace.producers.rules import KIND_LABELS, Application, ProducerState, holder_matches, missing
from marketplace.producers.rules.draft import application_from
from marketplace.web import frame
from marketplace.web.selling.door import as_member, bp
from marketplace.web.selling.forms.application import FORMS, MakerPhotoForm
from marketplace.web.selling.steps import BY_SLUG, FIELD_NAMES, STEPS, after, before, number_of, step_of


def _user_id() -> int:
    person = frame.viewer()
    if person is None:
        abort(404)
    return person.user_id


def _answers() -> dict[str, Any]:
    draft = queries.draft_of(_user_id())
    return dict(draft.answers) if draft else {}


def _mine() -> Producer | None:
    """The application sent last."""
    sent = queries.for_user(_user_id())
    return sent[-1] if sent else None


@bp.get("/dang-ky-ban-hang/")
def application() -> Response:
    """What is needed; or, once sent, what became of it."""
    sent, draft = _mine(), queries.draft_of(_user_id())
    if sent is not None and draft is None:
        return _state(sent)
    first = next((one.field for one in _lacking(dict(draft.answers))), "") if draft else ""
    onward = (
        url_for("selling.application_review")
        if draft and not first
        else url_for(
            "selling.application_step", slug=step_of(first) if draft and draft.answers.get("kind") else STEPS[0].slug
        )
    )
    return frame.page("selling/application/start.html", onward=onward, begun=bool(draft and draft.answers))


def _state(sent: Producer) -> Response:
    payee = queries.payee_of(sent.id)
    return frame.page(
        "selling/application/state.html",
        stall=sent,
        payee=payee,
        bank=queries.bank(payee.bank_bin) if payee else None,
        place=places.full_line(sent.place, sent.village, sent.old_place),
        kind=KIND_LABELS[sent.kind],
        phone=show_phone(sent.phone),
        waiting=sent.state is ProducerState.APPLIED,
        returned=sent.state is ProducerState.RETURNED,
        paused=sent.state is ProducerState.PAUSED,
        points=sent.returned_points,
        names=FIELD_NAMES,
    )


@bp.post("/dang-ky-ban-hang/sua")
def application_correct() -> Response:
    """Begin to correct what was sent; straight to the very field."""
    sent = _mine()
    if sent is None or sent.state not in (ProducerState.RETURNED, ProducerState.APPLIED):
        abort(404)
    actions.correct_draft(as_member(sent.id), sent.id)
    field = request.form.get("field", "")
    if not field:
        return frame.back_to("selling.application_review")
    return redirect(url_for("selling.application_step", slug=step_of(field), ve="xem-lai"), 303)


@bp.route("/dang-ky-ban-hang/<slug>", methods=["GET", "POST"])
def application_step(slug: str) -> Response:
    """One question; saved when it is answered."""
    if slug == "anh":
        return _photo_step()
    if slug not in FORMS:
        abort(404)
    answers = _answers()
    kind = FORMS[slug]
    form = kind.of_request(**kind.stored(answers))
    if form.accepts():
        try:
            actions.keep_draft(frame.actor(), form.answers())
            return redirect(_onward(slug), 303)
        except BadInput as refusal:
            form.refuse(refusal, next(iter(form)).name)
    return _step_page(slug, form)


def _onward(slug: str) -> str:
    following = after(slug)
    if request.args.get("ve") == "xem-lai" or following is None:
        return url_for("selling.application_review")
    return url_for("selling.application_step", slug=following)


def _step_page(slug: str, form: frame.Form, **more: Any) -> Response:
    step, bad = BY_SLUG[slug], request.method == "POST"
    previous = before(slug)
    return frame.page(
        f"selling/application/{slug.replace('-', '_')}.html",
        status=422 if bad else 200,
        has_errors=bad,
        form=form,
        step=step,
        number=number_of(slug),
        total=len(STEPS),
        back=url_for("selling.application_step", slug=previous) if previous else url_for("selling.application"),
        onward=_onward(slug),
        **more,
    )


def _photo_step() -> Response:
    form = MakerPhotoForm.of_request()
    if request.method == "POST":
        content = form.content()
        if not content and _answers().get("photo_key"):
            return redirect(_onward("anh"), 303)
        try:
            picture = catalog_rules.inspect_picture(content)
            actions.keep_draft(frame.actor(), {"photo_key": private_store().put(content, picture.ext)})
            return redirect(_onward("anh"), 303)
        except BadInput as refusal:
            form.refuse(refusal, "chup")
    return _step_page("anh", form, has_photo=bool(_answers().get("photo_key")))


@bp.get("/dang-ky-ban-hang/xem-lai")
def application_review() -> Response:
    """Everything said, each with its way back, and the button."""
    return _review()


def _review(*, bad: bool = False) -> Response:
    answers = _answers()
    if not answers:
        return frame.back_to("selling.application")
    one = application_from(answers)
    bank = queries.bank(one.payee.bank_bin) if one.payee else None
    rows = [
        ("loai", _("Ai làm ra hàng"), str(KIND_LABELS[one.kind])),
        ("ten", _("Tên gian hàng"), one.name),
        ("noi-lam", _("Nơi làm"), places.full_line(one.place, "", one.old_place) if one.place.province_code else ""),
        ("lang", _("Làng, thôn"), ", ".join(part for part in (one.village, one.street) if part)),
        ("dien-thoai", _("Số điện thoại"), show_phone(one.phone) if one.phone else ""),
        ("ke-chuyen", _("Lời kể"), one.story),
        ("anh", _("Ảnh"), _("Đã có 1 ảnh") if answers.get("photo_key") else ""),
        ("dang-ky-kinh-doanh", _("Đăng ký kinh doanh"), one.registration_no),
        (
            "tai-khoan",
            _("Tài khoản nhận tiền"),
            f"{bank.short} {one.payee.account_no}, {one.payee.holder}" if bank and one.payee else "",
        ),
    ]
    lacking = [
        (item.message, url_for("selling.application_step", slug=step_of(item.field), ve="xem-lai"))
        for item in _lacking(answers)
    ]
    return frame.page(
        "selling/application/review.html", status=422 if bad else 200, has_errors=bad,
        rows=rows, lacking=lacking, steps=BY_SLUG, other_holder=_other_holder(one),
    )  # fmt: skip


def _other_holder(one: Application) -> str:
    """The account's holder, where it is nobody the application names: the official will ask why."""
    person = frame.viewer()
    names = [one.name, one.representative, person.name if person else ""]
    return one.payee.holder if one.payee and one.payee.holder and not holder_matches(one.payee.holder, names) else ""


def _lacking(answers: dict[str, Any]) -> list[Any]:
    return missing(application_from(answers), (bank.bin for bank in queries.banks()))


@bp.post("/dang-ky-ban-hang/xem-lai")
def application_send() -> Response:
    """Send it to the coordinator."""
    draft = queries.draft_of(_user_id())
    actor = as_member(draft.producer_id) if draft and draft.producer_id else frame.actor()
    try:
        actions.send_draft(actor)
    except BadInput:
        return _review(bad=True)
    return frame.back_to("selling.application")
