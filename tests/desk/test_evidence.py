"""Papers: opened by officials of the area only, as attachments that nothing on the way may store."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from marketplace.catalog.models import Document
from marketplace.kit import db
from tests.browser_client import Browser
from tests.desk.waiting import PDF, claimed, maker, submitted
from tests.market import MarketUnderTest

As = Callable[[str], Browser]


@pytest.fixture
def papers(market: MarketUnderTest) -> list[str]:
    """Addresses of a product's paper and of a claim's evidence, both Mơ's."""
    with market.unit():
        submitted(maker("Mơ"), 1)
        certificate_id = claimed()
    with market.unit():
        document_id = db.session.scalars(select(Document.id)).first()
    return [f"/dieu-phoi/tep/giay-to/{document_id}", f"/dieu-phoi/tep/chung-nhan/{certificate_id}"]


@pytest.mark.parametrize("name", ["Hạnh", "Quân", "Bình"])
def test_officials_of_the_area_open_papers(papers: list[str], as_: As, name: str) -> None:
    for address in papers:
        answer = as_(name).get(address)
        assert answer.status_code == 200
        assert answer.data == PDF
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["Thu", "Mơ", "Tín", "Lan"])
def test_nobody_else_opens_them(papers: list[str], as_: As, name: str) -> None:
    for address in papers:
        assert as_(name).get(address).status_code == 404


def test_a_stranger_is_asked_to_sign_in(papers: list[str], client: Browser) -> None:
    for address in papers:
        answer = client.get(address)
        assert answer.status_code == 303
        assert answer.location.startswith("/dang-nhap")


def test_a_paper_never_sent_is_not_there(papers: list[str], as_: As) -> None:
    assert as_("Hạnh").get(papers[1].replace("chung-nhan", "gia-han")).status_code == 404
