"""The address that was sent to everybody of a stall whose account is being changed: one button, no signing in.

Programs that look at addresses in letters only open them; nothing is stopped before somebody presses.
"""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.kit import clock
from marketplace.kit.actor import Actor
from marketplace.kit.i18n import _
from marketplace.producers import actions, queries
from marketplace.producers.queries import changes, sharing
from marketplace.producers.rules import CHANGE_LABELS, OPEN_CHANGE, ChangeEnded, may_report, tail
from marketplace.web import frame
from marketplace.web.account.door import bp


@bp.get("/dung-doi-tai-khoan/<key>/<mark>")
def stop_change(key: str, mark: str) -> Response:
    """What is about to change, and the button."""
    one = changes.by_stop_path(key, mark)
    maker, bank = queries.producer(one.producer_id), queries.bank(one.bank_bin)
    return frame.page(
        "account/stop_change.html",
        change=one,
        stall=maker.name if maker else "",
        is_open=one.state in OPEN_CHANGE,
        shared=sharing.membership(one.producer_id) is not None,
        may_report=may_report(one.state, one.ended_at, clock.now()) and not changes.is_frozen(one.producer_id),
        state_word=CHANGE_LABELS[one.state],
        bank=bank.short if bank else one.bank_bin,
        tail=tail,
    )


@bp.post("/dung-doi-tai-khoan/<key>/<mark>")
def stop_change_now(key: str, mark: str) -> AnyResponse:
    """Stop it, or freeze the account when it has taken effect. Pressed twice is once."""
    try:
        actions.stop_change_by_path(Actor.stranger(), key, mark)
    except ChangeEnded as refusal:
        frame.flash(str(refusal.message), kind="wait")
    else:
        frame.flash(_("Đã dừng và khóa tài khoản của gian hàng. Cán bộ sẽ gọi để hỏi."))
    return frame.back_to("account.stop_change", key=key, mark=mark)
