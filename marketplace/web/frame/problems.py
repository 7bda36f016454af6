"""A problem as buyer, producer and desk see it: the same conversation, the same limits, the same form to speak in."""

from collections.abc import Sequence
from dataclasses import dataclass

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from marketplace.cases import queries
from marketplace.cases.models import Problem, ProblemMessage
from marketplace.cases.rules import (
    KIND_LABELS,
    OUTCOME_LABELS,
    STATE_LABELS,
    TEXT_LENGTH,
    Late,
    Outcome,
    Side,
    SubjectKind,
    answer_by,
    resolve_by,
)
from marketplace.kit import clock
from marketplace.kit.i18n import Text, _, lazy
from marketplace.web.frame.forms import Form
from marketplace.web.frame.words import due, moment

BY = {Side.BUYER: lazy("người mua"), Side.PRODUCER: lazy("người bán"), Side.DESK: lazy("cán bộ")}


@dataclass(frozen=True)
class Talk:
    """One problem with what was said about it. `limits`: pairs of words, dates and whether they were kept."""

    problem: Problem
    kind: Text
    state_word: Text
    late: bool
    limits: Sequence[tuple[str, str]]
    messages: Sequence[ProblemMessage]
    end: str
    is_order: bool


def talk(problem: Problem) -> Talk:
    """The problem, ready to print."""
    return Talk(
        problem=problem,
        kind=KIND_LABELS[problem.kind],
        state_word=STATE_LABELS[problem.state],
        late=problem.timing.late(clock.now()) is not Late.NOT,
        limits=_limits(problem),
        messages=queries.messages(problem.id),
        end=_end(problem),
        is_order=problem.subject is SubjectKind.ORDER,
    )


def _limits(problem: Problem) -> list[tuple[str, str]]:
    answer, resolve = answer_by(problem.kind, problem.opened_at), resolve_by(problem.opened_at)
    answered = moment(problem.answered_at) if problem.answered_at else _("trước %(time)s", time=due(answer))
    resolved = moment(problem.closed_at) if problem.closed_at else _("trước %(time)s", time=due(resolve))
    return [
        (_("Báo lúc"), moment(problem.opened_at)),
        (_("Đã trả lời lúc") if problem.answered_at else _("Hẹn trả lời"), answered),
        (_("Giải quyết xong lúc") if problem.closed_at else _("Hẹn giải quyết"), resolved),
    ]


def _end(problem: Problem) -> str:
    """How it ended and who said so; empty while it goes on."""
    if problem.closed_at is None or problem.closed_by is None:
        return ""
    how = OUTCOME_LABELS[problem.outcome] if problem.outcome else _("Đã xong")
    said = _("%(how)s, %(who)s ghi.", how=how, who=BY[problem.closed_by])
    return said + " " + _("Người mua báo đã ổn.") if problem.fine_at else said


class TalkForm(Form):
    """What is said, the verb of the button pressed, and, where it ends, how."""

    verb = StringField()
    answer = TextAreaField(
        lazy("Trả lời"), [Length(max=TEXT_LENGTH, message=lazy("Viết ngắn lại, không quá 2.000 chữ."))]
    )
    outcome = SelectField(lazy("Đã giải quyết bằng cách nào?"), default="")

    def process(self, *args: object, **kwargs: object) -> None:
        """The ways to end it, the first one empty."""
        self.outcome.choices = [("", str(lazy("Chọn một cách")))] + [
            (one.value, str(label)) for one, label in OUTCOME_LABELS.items()
        ]
        super().process(*args, **kwargs)

    @property
    def ended(self) -> Outcome | None:
        """The way that was chosen."""
        return Outcome(self.outcome.data) if self.outcome.data else None
