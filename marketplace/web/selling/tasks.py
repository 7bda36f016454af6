"""The rows of the maker's day: what waits, with its number, the most urgent first."""

from dataclasses import dataclass

from flask import url_for

from marketplace.catalog import queries, rules
from marketplace.kit.i18n import Text, _

FEW_LEFT = 5


@dataclass(frozen=True)
class Task:
    """One row; `kind` first is green, wait is gold."""

    number: int
    text: Text
    note: Text
    href: str
    kind: str = "plain"


def tasks(producer_id: int) -> list[Task]:
    """Orders and money first, then products."""
    return [*_products(producer_id)]


def _products(producer_id: int) -> list[Task]:
    found: list[Task] = []
    counts = queries.count_by_state(producer_id)
    if returned := counts.get(rules.ProductState.RETURNED, 0):
        found.append(
            Task(returned, _("Sản phẩm cần sửa"), _("Cán bộ có lời nhắn"), url_for("selling.products"), "wait")
        )
    few = queries.running_out(producer_id, FEW_LEFT)
    if few:
        first = few[0]
        note = (
            _("%(name)s đã hết", name=first.label)
            if first.left <= 0
            else _("%(name)s còn %(left)s %(unit)s", name=first.label, left=first.left, unit=first.unit)
        )
        href = url_for("selling.product", key=first.product_key) if len(few) == 1 else url_for("selling.products")
        found.append(Task(len(few), _("Sắp hết hàng"), note, href))
    if drafts := counts.get(rules.ProductState.DRAFT, 0):
        found.append(
            Task(drafts, _("Sản phẩm đang soạn"), _("Bấm để điền nốt rồi gửi duyệt"), url_for("selling.products"))
        )
    return found
