"""The question for a place: nothing typed is lost, nothing is decided silently, no script is needed."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import InputRequired

from marketplace.kit.actor import Place
from marketplace.web.frame.places import AsksPlace, PlaceField
from tests.browser_client import Browser
from tests.market import MarketUnderTest

HONG_VAN = "01-10210"


class Question(AsksPlace):
    """Where to deliver."""

    name = StringField("Tên", [InputRequired("Cần tên")])
    place = PlaceField("Xã, phường")


class Area(AsksPlace):
    """A province is enough, or nothing at all."""

    place = PlaceField("Nơi làm", required=False, allow_province=True)


def ask(form: type[Any] = Question, **sent: str) -> Any:
    """The form with this posted to it; `_` in names stands for `-`."""
    filled = form(MultiDict({name.replace("_", "-"): value for name, value in sent.items()}))
    filled.good = filled.validate()
    return filled


def test_a_name_that_means_one_place_is_taken() -> None:
    form = ask(name="Lan", place_text="thach that, xã, ha noi".replace(", xã", ""), place_for="")
    assert not form.good  # today's commune, or one of the seven in the old district
    form = ask(name="Lan", place_text="dai dong, thach that")
    assert form.good
    assert form.place.data == Place("01", "09955")
    assert form.place.old_name == "xã Đại Đồng, huyện Thạch Thất"


def test_a_split_commune_is_asked_about_and_the_text_stays() -> None:
    form = ask(name="Lan", place_text="duyen thai")
    assert not form.good
    assert form.place.text == "duyen thai"
    assert [tile.choice.label for tile in form.place.tiles] == [
        "xã Ngọc Hồi, Hà Nội",
        "xã Nam Phù, Hà Nội",
        "xã Hồng Vân, Hà Nội",
    ]
    assert form.place.errors == ["Xã Duyên Thái cũ nay thuộc 3 nơi. Xin chọn một nơi ở dưới."]
    assert form.name.data == "Lan"


def test_the_tapped_part_is_taken_with_the_old_name_beside_it() -> None:
    form = ask(name="Lan", place_text="duyen thai", place_for="duyen thai", place=HONG_VAN)
    assert form.good
    assert form.place.data == Place("01", "10210")
    assert form.place.old_name == "xã Duyên Thái, huyện Thường Tín"


def test_a_name_typed_anew_wins_over_a_tile_tapped_before() -> None:
    form = ask(name="Lan", place_text="Xã Đại Đồng, Thạch Thất", place_for="duyen thai", place=HONG_VAN)
    assert form.good
    assert form.place.data == Place("01", "09955")


def test_the_code_alone_is_enough() -> None:
    assert ask(name="Lan", place=HONG_VAN).place.data == Place("01", "10210")


@pytest.mark.parametrize("code", ["01-99999", "08-10210", "x", "01-10210'--"])
def test_a_code_that_is_no_place_is_never_taken(code: str) -> None:
    form = ask(name="Lan", place=code)
    assert not form.good
    assert form.place.data is None


def test_pressing_find_shows_the_place_and_keeps_quiet_about_the_rest() -> None:
    form = ask(name="", place_text="dai dong thach that", place_find="1")
    assert not form.good
    assert form.place.errors == ["Đã tìm thấy: xã Thạch Thất, Hà Nội. Đúng rồi thì xin bấm tiếp."]
    assert not form.name.errors


def test_find_pressed_for_a_place_already_chosen_goes_on() -> None:
    label = "xã Hồng Vân, Hà Nội"
    assert ask(name="Lan", place_text=label, place_for=label, place=HONG_VAN, place_find="1").good


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Xin gõ tên xã, phường"),
        ("Hà Nội", "Đây là tên tỉnh"),
        ("xyzzy", "Chưa tìm thấy"),
        ("tan tien", "Xin chọn một"),
        ("Thách Thán", "Có phải nơi dưới đây không?"),
    ],
)
def test_each_trouble_says_what_to_do(text: str, words: str) -> None:
    form = ask(name="Lan", place_text=text)
    assert not form.good
    assert words in form.place.errors[0]
    assert form.place.text == text


def test_a_province_is_enough_where_the_question_says_so() -> None:
    assert ask(Area, place_text="tỉnh Bến Tre").place.data == Place("86")
    assert ask(Area, place="86").place.data == Place("86")
    empty = ask(Area, place_text="")
    assert empty.good
    assert empty.place.data is None
    assert not ask(name="Lan", place="86").good


def test_a_stored_place_fills_the_question() -> None:
    form = Question(place=Place("01", "10210"))
    assert form.place.text == "xã Hồng Vân, Hà Nội"
    assert form.place.chosen.value == HONG_VAN


def _drawn(market: MarketUnderTest, form: Any) -> BeautifulSoup:
    source = '{% from "parts/place_picker.html" import place_picker %}{{ place_picker(form.place) }}'
    with market.app.test_request_context():
        return BeautifulSoup(render_template_string(source, form=form), "html.parser")


def _sent(soup: BeautifulSoup) -> dict[str, str]:
    """What the browser would send back, with no tile tapped."""
    return {
        str(box["name"]): str(box.get("value", ""))
        for box in soup.find_all("input")
        if box.get("type") != "radio" or box.has_attr("checked")
    }


def test_the_question_drawn_can_be_answered_by_tapping(market: MarketUnderTest) -> None:
    soup = _drawn(market, ask(name="Lan", place_text="duyên thái"))
    sent = MultiDict({**_sent(soup), "name": "Lan", "place": str(soup.find_all("input", type="radio")[2]["value"])})
    again = Question(sent)
    assert again.validate()
    assert again.place.data == Place("01", "10210")


def test_a_stored_place_survives_being_sent_back_untouched(market: MarketUnderTest) -> None:
    again = Question(MultiDict({**_sent(_drawn(market, Question(place=Place("01", "10210")))), "name": "Lan"}))
    assert again.validate()
    assert again.place.data == Place("01", "10210")


def test_the_page_tells_what_became_of_a_name(client: Browser) -> None:
    page = client.get("/chon-noi?q=duyen+thai").get_data(as_text=True)
    assert 'href="/noi-lam/xa-hong-van-10210"' in page
    assert "Xã Duyên Thái cũ, huyện Thường Tín, Hà Nội" in page
    assert "Chưa tìm thấy" in client.get("/chon-noi?q=xyzzy").get_data(as_text=True)
    assert client.get("/chon-noi").status_code == 200


def test_a_script_that_helps_with_typing_gets_the_same(client: Browser) -> None:
    answer = client.get("/chon-noi?q=duyen+thai&xa=1", headers={"Accept": "application/json"})
    assert [item["text"] for item in answer.get_json()["items"]][2] == "xã Hồng Vân, Hà Nội"
    nothing = client.get("/chon-noi?q=ha+noi&xa=1", headers={"Accept": "application/json"})
    assert nothing.get_json() == {"items": []}
