"""The page behind a sign-in card. Looking at it uses nothing up: previews of messages fetch pages too; only its button does."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import actions
from marketplace.accounts.queries import token_digest
from marketplace.accounts.queries.cards import card_owner
from marketplace.accounts.rules import Entered, mask_phone
from marketplace.kit.i18n import _
from marketplace.web import frame
from marketplace.web.account.door import bp, device, go_in, token


@bp.get("/vao/<card>")
def card(card: str) -> Response:
    """One button, and the number it signs in."""
    return _page(card)


@bp.post("/vao/<card>")
def use_card(card: str) -> AnyResponse:
    """Sign in on this telephone; the card is used up."""
    answer = actions.use_card(frame.actor(), card, device=device(), old_token=token())
    if isinstance(answer, Entered):
        frame.flash(_("Đã đăng nhập. Máy này giữ 180 ngày, thẻ không dùng lại được nữa."))
        return go_in(answer)
    return _page(card)


def _page(card: str) -> Response:
    phone = card_owner(token_digest(card))
    if phone is None:
        return frame.page("account/card_gone.html", status=404)
    return frame.page("account/card.html", card=card, masked=mask_phone(phone))
