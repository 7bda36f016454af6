"""An application while it is being written: answers as text, one page at a time, until they make a whole one."""

from collections.abc import Mapping
from typing import Any

from marketplace.kit.actor import Place
from marketplace.producers.rules.application import Application
from marketplace.producers.rules.kinds import ProducerKind
from marketplace.producers.rules.payee import PayeeDraft, PayeeKind

ANSWERS = (
    "kind", "name", "province_code", "commune_code", "old_place", "village", "village_id", "street", "phone", "zalo",
    "registration_no", "tax_code", "representative", "story", "photo_key", "bank_bin", "account_no", "holder",
)  # fmt: skip
"""What may be kept, by column; anything else is dropped."""

_TYPED = ("name", "phone", "village", "old_place", "street", "story", "registration_no", "tax_code", "representative")


def application_from(answers: Mapping[str, Any]) -> Application:
    """The application these answers make; what is not answered yet is empty, so that `missing` finds it."""
    kind = ProducerKind(answers.get("kind") or ProducerKind.HOUSEHOLD)
    return Application(
        kind=kind,
        place=Place(answers.get("province_code") or "", answers.get("commune_code") or None),
        payee=_payee(answers, kind),
        village_id=answers.get("village_id"),
        zalo=bool(answers.get("zalo")),
        **{field: str(answers.get(field) or "") for field in _TYPED},
    )


def _payee(answers: Mapping[str, Any], kind: ProducerKind) -> PayeeDraft | None:
    if not any(answers.get(field) for field in ("bank_bin", "account_no", "holder")):
        return None
    together = kind in (ProducerKind.COOPERATIVE, ProducerKind.COOPERATIVE_GROUP)
    return PayeeDraft(
        kind=PayeeKind.COOPERATIVE if together else PayeeKind.PRODUCER,
        bank_bin=str(answers.get("bank_bin") or ""),
        account_no=str(answers.get("account_no") or ""),
        holder=str(answers.get("holder") or ""),
    )
