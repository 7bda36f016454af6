"""The rows of the maker's day: what waits, with its number, the most urgent first."""

from dataclasses import dataclass

from flask import url_for

from marketplace.cases import queries as cases
from marketplace.catalog import queries, rules
from marketplace.kit.i18n import Text, _, said
from marketplace.payments import queries as payments
from marketplace.producers.models import Producer
from marketplace.producers.queries import sharing
from marketplace.producers.rules import ProducerKind

FEW_LEFT = 5
ORDERS = "/ban-hang/don"
PROBLEMS = "/ban-hang/van-de"
COOP_MONEY = "/ban-hang/hop-tac-xa/tien"


@dataclass(frozen=True)
class Task:
    """One row; `kind` first is green, wait is gold."""

    number: int
    text: Text
    note: Text
    href: str
    kind: str = "plain"


def tasks(one: Producer) -> list[Task]:
    """Orders and money first, then products."""
    return [*_orders(one), *_products(one.id)]


def _orders(one: Producer) -> list[Task]:
    producer_id, waits = one.id, payments.today(one.id)
    for_others = one.kind is ProducerKind.COOPERATIVE and bool(waits.to_confirm or waits.to_refund)
    money = COOP_MONEY if for_others and sharing.members(one.id) else ""
    rows = (
        Task(waits.to_accept, _("Đơn mới"), _("Bấm để nhận đơn"), ORDERS, "first"),
        Task(waits.to_confirm, _("Tiền cần xem"), _("Xem ngân hàng đã có chưa"), money or ORDERS, "wait"),
        Task(waits.to_pack, _("Đơn cần gói"), _("Gói xong thì bấm Đã gói"), ORDERS),
        Task(waits.to_hand_over, _("Đơn cần gửi đi"), _("Giao cho vận chuyển"), ORDERS),
        Task(cases.unanswered_count(producer_id), _("Khách báo vấn đề"), _("Xem rồi trả lời sớm"), PROBLEMS, "wait"),
        Task(waits.to_refund, _("Tiền cần trả lại"), _("Chuyển lại cho người mua"), money or "/ban-hang/tien", "wait"),
    )
    return [row for row in rows if row.number]


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
            _("%(name)s đã hết", name=first.product_name)
            if first.left <= 0
            else _("%(name)s còn %(left)s %(unit)s", name=first.product_name, left=first.left, unit=said(first.unit))
        )
        href = url_for("selling.product", key=first.product_key) if len(few) == 1 else url_for("selling.products")
        found.append(Task(len(few), _("Sắp hết hàng"), note, href))
    if drafts := counts.get(rules.ProductState.DRAFT, 0):
        found.append(
            Task(drafts, _("Sản phẩm đang soạn"), _("Bấm để điền nốt rồi gửi duyệt"), url_for("selling.products"))
        )
    return found
