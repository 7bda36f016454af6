"""The questions under a decision: ready reasons, a word to the producer, and why a foreign account is accepted."""

from collections.abc import Sequence

from wtforms import HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from marketplace.kit.i18n import lazy, written
from marketplace.kit.text import whole
from marketplace.producers.rules import Reason
from marketplace.web.frame import Form

TOO_LONG = lazy("Viết ngắn lại, không quá 600 chữ.")
OTHERWISE = lazy("Lý do khác, đã nhắn riêng cho người bán.")


class DecisionForm(Form):
    """Ready reasons (public), a message (for the producer alone), the verb of the button pressed, and the sending it is about."""

    verb = StringField()
    seen = HiddenField()
    reasons = SelectMultipleField(lazy("Lý do trả lại"), name="reasons[]", id="reasons")
    message = TextAreaField(lazy("Lời nhắn cho người bán"), validators=[Length(max=600, message=TOO_LONG)])
    mismatch_reason = TextAreaField(
        lazy("Vì sao vẫn nhận tài khoản này"), validators=[Length(max=600, message=TOO_LONG)]
    )
    pause_reason = TextAreaField(lazy("Lý do"), validators=[Length(max=600, message=TOO_LONG)])
    ready: Sequence[Reason] = ()

    def offer(self, ready: Sequence[Reason]) -> None:
        """Show these reasons."""
        self.ready = ready
        self.reasons.choices = [(written(reason.text), reason.text) for reason in ready]

    @property
    def chosen(self) -> list[Reason]:
        """The ready reasons ticked, in their order."""
        ticked = self.reasons.data or []
        return [reason for reason in self.ready if written(reason.text) in ticked]

    @property
    def sending(self) -> int | None:
        """Which sending the page showed; None when the page did not say."""
        return whole(str(self.seen.data or ""))

    @property
    def words(self) -> str:
        """What only the producer reads."""
        return str(self.message.data or "").strip()

    @property
    def why_paused(self) -> str:
        """Why something leaves the shelf, or comes back: everyone reads it."""
        return str(self.pause_reason.data or "").strip()

    @property
    def public_reason(self) -> str:
        """What everyone reads; a message alone stays private and is only mentioned."""
        if self.chosen:
            return " ".join(written(reason.text) for reason in self.chosen)
        return written(OTHERWISE) if self.words else ""

    @property
    def spoken_in(self) -> str:
        """The field in which the reason for the verb pressed is written."""
        return "pause_reason" if self.verb.data in ("pause", "resume") else "message"

    @property
    def leads_to(self) -> str:
        """The field the producer is taken to: that of the first reason."""
        return next((reason.field for reason in self.chosen), "")
