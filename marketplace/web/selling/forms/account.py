"""Another account to receive the money."""

from marketplace.producers.rules import PayeeDraft, PayeeKind, ProducerKind
from marketplace.web.selling.forms.application import AccountForm

TOGETHER = (ProducerKind.COOPERATIVE, ProducerKind.COOPERATIVE_GROUP)


class NewAccountForm(AccountForm):
    """Bank, number and holder, asked as for the first account."""

    def draft(self, kind: ProducerKind) -> PayeeDraft:
        """What was typed."""
        return PayeeDraft(
            kind=PayeeKind.COOPERATIVE if kind in TOGETHER else PayeeKind.PRODUCER,
            bank_bin=str(self.bank_bin.data or ""),
            account_no=str(self.account_no.data or ""),
            holder=str(self.holder.data or ""),
        )
