"""The market is whole in English: nothing untranslated, nothing out of date, every page in one language, a way back on each."""

import gzip
import html
import json
import re
from collections.abc import Iterator
from io import BytesIO

from babel.messages.mofile import write_mo
from sqlalchemy import JSON, String, select

from marketplace.kit import db
from marketplace.places.rules.units import bare
from marketplace.producers import queries as producers
from tests import cast
from tests.browser_client import Browser
from tests.exhibition import visitor_of
from tests.house.catalogue import (
    PO,
    ROOT,
    VIETNAMESE,
    english,
    modules,
    templates,
    texts,
    unmarked_in_code,
    unmarked_in_template,
)
from tests.house.matrix import ROWS, Row
from tests.market import MarketUnderTest

SAME = {
    "kg": "the sign of a unit",
    "%(kg)s kg": "the sign of a unit",
    "Viettel Post": "a carrier's name",
    "Zalo": "a messenger's name",
    "%(words)s: %(why)s": "two translated parts and a colon",
}
"""Texts that are the same in both languages, and why."""
DECISION_NUMBERS = re.compile(r"\d+/(?:\d+/)?(?:QĐ-[A-Z]\w+|NĐ-CP|QĐ-VPĐP-OCOP|ĐKSP)\b")
"""Signs of decisions and decrees: a number is looked up as it is printed."""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
MARKUP = re.compile(r"</?[a-z][^>]*>")

READ_NOT_SAID = {
    "marketplace/accounts/rules/phones.py": "how telephones are typed",
    "marketplace/accounts/rules/public.py": "what must not be published",
    "marketplace/accounts/rules/sessions.py": "the name of a browser",
    "marketplace/app.py": "said to whoever starts the market",
    "marketplace/catalog/rules/goods.py": "units as they are typed and stored",
    "marketplace/catalog/rules/imported.py": "a unit as it is stored",
    "marketplace/catalog/rules/missing.py": "a unit as it is stored",
    "marketplace/catalog/rules/propose.py": "words by which goods are recognised",
    "marketplace/certificates/actions.py": "the number of a sample paper",
    "marketplace/certificates/rules.py": "numbers of decisions",
    "marketplace/kit/backups.py": "said on the command line",
    "marketplace/kit/carrying.py": "said on the command line",
    "marketplace/kit/money.py": "sums as they are typed and read aloud in Vietnamese",
    "marketplace/kit/text.py": "letters",
    "marketplace/law/rules/documents.py": "a sentence that the law prescribes word for word",
    "marketplace/law/rules/wording.py": "words that the law forbids",
    "marketplace/notices/senders.py": "said on the console of a demo",
    "marketplace/places/gazetteer.py": "names of places",
    "marketplace/places/rules/lines.py": "how places are typed",
    "marketplace/places/rules/typed.py": "how places are typed",
    "marketplace/places/rules/units.py": "names of places",
    "marketplace/practice/app.py": "the practice page is Vietnamese only",
    "marketplace/search/rules/telex.py": "letters",
    "marketplace/web/account/views/factor.py": "what an authenticator app calls the market",
    "marketplace/web/frame/language.py": "what a language calls itself",
    "marketplace/web/selling/products.py": "a unit as it is stored",
}
"""Modules with Vietnamese that no page says, and what it is."""


def _key(id_: str | tuple[str, ...]) -> str:
    return id_ if isinstance(id_, str) else id_[0]


def _translations() -> Iterator[tuple[str, str]]:
    for message in english():
        if message.id:
            said = [message.string] if isinstance(message.string, str) else list(message.string)
            yield from ((_key(message.id), each) for each in said)


def test_every_text_has_its_english_and_none_is_left_over() -> None:
    known = {_key(message.id) for message in english() if message.id}
    wanted = set(texts())
    assert sorted(wanted - known) == [], "run `make messages` and translate these"
    assert sorted(known - wanted) == [], "run `make messages`: nothing says these any more"
    assert [key for key, said in _translations() if not said.strip()] == []
    assert [_key(message.id) for message in english() if message.id and message.fuzzy] == []


def test_english_is_english_and_keeps_what_is_filled_in() -> None:
    faults = []
    for key, said in _translations():
        if said == key and key not in SAME:
            faults.append(f"not translated: {key}")
        if VIETNAMESE.search(DECISION_NUMBERS.sub("", said)):
            faults.append(f"Vietnamese letters: {said}")
        if set(PLACEHOLDER.findall(key)) != set(PLACEHOLDER.findall(said)):
            faults.append(f"other placeholders: {said}")
        if sorted(MARKUP.findall(key)) != sorted(MARKUP.findall(said)):
            faults.append(f"other markup: {said}")
        if key[:1].isspace() != said[:1].isspace():
            faults.append(f"space before: {said!r}")
    assert faults == []
    assert set(SAME) <= {key for key, _said in _translations()}


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = BytesIO()
    write_mo(compiled, english())
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run `make messages`"


def test_no_page_says_a_text_that_is_not_in_the_catalogue() -> None:
    code = [path for path in modules() if not {"cli", "data"} & set(path.relative_to(ROOT / "marketplace").parts)]
    found = {str(path.relative_to(ROOT)): list(unmarked_in_code(path)) for path in code}
    assert [fault for name, faults in found.items() if name not in READ_NOT_SAID for fault in faults] == []
    assert [name for name in READ_NOT_SAID if not found[name]] == []
    assert [fault for path in templates() for fault in unmarked_in_template(path)] == []


PLACES = ROOT / "marketplace/places/data/units.json.gz"
GETS = [row for row in ROWS if row.method == "GET" and not row.rule.startswith("/api/")]
KIND_OF_PLACE = re.compile(r"\b(?:xã|phường|thị trấn|huyện|quận|thị xã|Thôn)\b")
NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
OF_ITS_OWN = re.compile(r"<script\b.*?</script>|<(\w+)[^>]*\slang=\"vi\"[^>]*>.*?</\1>", re.DOTALL)
SPOKEN_ATTRIBUTE = re.compile(r'\b(?:aria-label|alt|placeholder|title|content|data-label)="([^"]*)"')
TO_VIETNAMESE = re.compile(r'<a [^>]*hreflang="vi" href="([^"]*)"')
LEAVING = re.compile(r'<a [^>]*href="(/(?!en/|static/|anh/)[^"]*)"')


def _written_by_people(market: MarketUnderTest) -> list[str]:
    """Everything that stands in a row: names, stories, notes, messages."""
    with market.unit():
        tables = db.sqla.metadata.sorted_tables
        columns = [column for table in tables for column in table.columns if isinstance(column.type, String | JSON)]
        rows = {text for column in columns for cell in db.session.scalars(select(column)) for text in _strings(cell)}
        banks = {bank.name for bank in producers.banks()}
    return sorted({_plain(text) for text in rows | banks if VIETNAMESE.search(text)}, key=len, reverse=True)


def _strings(cell: object) -> Iterator[str]:
    if isinstance(cell, str):
        yield cell
    elif isinstance(cell, list | dict):
        for part in cell.values() if isinstance(cell, dict) else cell:
            yield from _strings(part)


def _names() -> set[str]:
    """Names of places and of the cast, which nobody translates."""
    places = set(_strings(json.loads(gzip.decompress(PLACES.read_bytes()))))
    return {*places, *map(bare, places), *cast.PEOPLE, "TP. Hồ Chí Minh"}


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _texts_of(page: str) -> set[str]:
    """What a page says, aloud or in writing; what names its language itself is in that language."""
    spoken = OF_ITS_OWN.sub("", page)
    return {_plain(text) for text in (*re.findall(r">([^<]+)<", spoken), *SPOKEN_ATTRIBUTE.findall(spoken))}


def _left_in_vietnamese(page: str, people: list[str], names: set[str], fine: set[str]) -> list[str]:
    left = []
    for text in _texts_of(page) - fine:
        rest = text
        for name in people if VIETNAMESE.search(text) else ():
            rest = rest.replace(name, "")
        rest = NAME.sub(lambda run: _without(names, run[0].split()), KIND_OF_PLACE.sub("", rest))
        if VIETNAMESE.search(DECISION_NUMBERS.sub("", rest)):
            left.append(text)
        else:
            fine.add(text)
    return left


def _without(names: set[str], words: list[str]) -> str:
    """The words that are in no name, the longest name first."""
    for length in range(min(len(words), 5), 0, -1):
        for start in range(len(words) - length + 1):
            if " ".join(words[start : start + length]) in names:
                return f"{_without(names, words[:start])} {_without(names, words[start + length :])}"
    return " ".join(words)


def _opened(market: MarketUnderTest, row: Row) -> Browser:
    who = visitor_of(row)
    client = market.signed_in(who) if who else market.client()
    client.inspects = False  # its shape is that of the Vietnamese page, which is inspected
    return client


def test_every_page_is_in_english_under_en_and_leads_to_itself_in_vietnamese(
    market: MarketUnderTest, staged: dict[str, str]
) -> None:
    people, names, fine, faults = _written_by_people(market), _names(), set[str](), []
    for row in GETS:
        path = row.path.format(**staged)
        answer = _opened(market, row).get(f"/en{path}")
        if answer.mimetype != "text/html" or answer.status_code in (301, 302, 303, 308):
            continue
        page = answer.get_data(as_text=True)
        faults += [f"{path}: {text}" for text in _left_in_vietnamese(page, people, names, fine)]
        if '<html lang="en">' not in page:
            faults.append(f"{path}: not in English")
        if {html.unescape(way) for way in TO_VIETNAMESE.findall(page)} != {path}:
            faults.append(f"{path}: leads to {TO_VIETNAMESE.findall(page)}")
        faults += [f"{path}: leaves English for {way}" for way in LEAVING.findall(TO_VIETNAMESE.sub("", page))]
    assert faults == []
