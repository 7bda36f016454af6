"""The desk opens accounts for people without e-mail; roles and areas count at once and leave a trail."""

import base64
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from marketplace.accounts import queries
from marketplace.accounts.actions import open_session
from marketplace.accounts.models import CoordinatorArea, User
from marketplace.accounts.rules import Device
from marketplace.kit import clock, db, trail
from marketplace.kit.actor import Actor, Place
from tests import cast
from tests.accounts.story import enter, give_password, is_in, sign_in, words
from tests.browser_client import Browser
from tests.market import MarketUnderTest

NA = {"phone": "0900.000.055", "name": "Lò Thị Na", "consent": "y"}
OPEN = "/dieu-phoi/nguoi-dung/mo"
ALOUD = "/dieu-phoi/nguoi-dung/ma"
ADMIN_PAGES = ("/dieu-phoi/nguoi-dung/1", "/dieu-phoi/don-vi-van-hanh")


def code_on(page: str) -> str:
    found = re.search(r"(?:đã mở|vào lại)\. (\d{3} \d{3}) ", page)
    assert found
    return found[1]


def open_for(client: Browser, **changes: str) -> str:
    answer = client.post(OPEN, data={**NA, **changes})
    assert answer.status_code == 303, words(answer)
    return code_on(words(client.get(ALOUD)))


def test_a_coordinator_opens_an_account_and_the_person_signs_in_with_the_code_read_aloud(
    market: MarketUnderTest, client: Browser
) -> None:
    code = open_for(market.signed_in("Hạnh"))
    assert enter(client, "0900 000 055", code).status_code == 303
    assert "Lò Thị Na" in words(client.get("/tai-khoan/"))
    assert (
        client.post("/tai-khoan/mat-khau", data={"password": "muối vừng chum", "again": "muối vừng chum"}).status_code
        == 303
    )
    assert sign_in(market.client(), "0900 000 055", "muối vừng chum").status_code == 303


def test_the_code_stands_on_one_page_and_works_once(market: MarketUnderTest, client: Browser) -> None:
    desk = market.signed_in("Hạnh")
    code = open_for(desk)
    assert code not in words(desk.get(OPEN))
    assert code not in words(desk.get("/dieu-phoi/nguoi-dung"))
    assert enter(client, NA["phone"], code).status_code == 303
    assert enter(market.client(), NA["phone"], code).status_code == 422
    assert "Không còn mã để đọc" in words(desk.get(ALOUD))


def test_loading_the_page_anew_shows_the_same_code_and_keeps_it_good(market: MarketUnderTest, client: Browser) -> None:
    desk = market.signed_in("Hạnh")
    code = open_for(desk)
    answer = desk.get(ALOUD)
    assert code_on(words(answer)) == code
    assert answer.headers["Cache-Control"] == "no-store"
    assert enter(client, NA["phone"], code).status_code == 303


def test_the_code_lies_neither_in_an_address_nor_readable_in_a_cookie(market: MarketUnderTest) -> None:
    desk = market.signed_in("Hạnh")
    answer = desk.post(OPEN, data=NA)
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("ma_doc=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert f"Path={ALOUD}" in cookie
    code = code_on(words(desk.get(ALOUD))).replace(" ", "")
    sealed = cookie.split("=", 1)[1].split(";")[0]
    opened = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    for carried in (answer.headers["Location"].encode(), cookie.encode(), opened):
        assert code.encode() not in carried


def test_nobody_else_reads_the_code(market: MarketUnderTest) -> None:
    desk = market.signed_in("Hạnh")
    open_for(desk)
    kept = desk.get_cookie("ma_doc", domain="127.0.0.1", path=ALOUD)
    assert kept is not None
    for name in ("Quân", "Bình"):
        other = market.signed_in(name)
        other.set_cookie("ma_doc", kept.value, domain="127.0.0.1", path=ALOUD)
        assert "Không còn mã để đọc" in words(other.get(ALOUD))
    desk.set_cookie("ma_doc", kept.value[:-2] + "AA", domain="127.0.0.1", path=ALOUD)
    assert "Không còn mã để đọc" in words(desk.get(ALOUD))


def test_the_page_forgets_the_code_when_its_time_is_over(market: MarketUnderTest) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        desk = market.signed_in("Hạnh")
        open_for(desk)
        traveller.shift(timedelta(minutes=9))
        assert code_on(words(desk.get(ALOUD)))
        traveller.shift(timedelta(minutes=1, seconds=1))
        assert "Không còn mã để đọc" in words(desk.get(ALOUD))


def test_the_code_read_aloud_lives_ten_minutes(market: MarketUnderTest, client: Browser) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        code = open_for(market.signed_in("Hạnh"))
        traveller.shift(timedelta(minutes=10))
        assert enter(client, NA["phone"], code).status_code == 422


def test_five_wrong_tries_use_it_up_for_that_browser(market: MarketUnderTest, client: Browser) -> None:
    code = open_for(market.signed_in("Hạnh"))
    wrong = "000 000" if code != "000 000" else "111 111"
    for _ in range(5):
        enter(client, NA["phone"], wrong)
    assert enter(client, NA["phone"], code).status_code == 422


def test_a_stranger_elsewhere_cannot_spoil_it(market: MarketUnderTest, client: Browser) -> None:
    code = open_for(market.signed_in("Hạnh"))
    stranger = market.client()
    for _ in range(12):
        stranger.post(
            "/dang-nhap/ma", data={"phone": NA["phone"], "code": "999998"}, environ_base={"REMOTE_ADDR": "10.6.6.6"}
        )
        sign_in(stranger, NA["phone"], "sai mật khẩu", environ_base={"REMOTE_ADDR": "10.6.6.6"})
    assert enter(client, NA["phone"], code).status_code == 303


def test_strangers_everywhere_together_have_twenty_tries(market: MarketUnderTest, client: Browser) -> None:
    code = open_for(market.signed_in("Hạnh"))
    for n in range(20):
        market.client().post(
            "/dang-nhap/ma", data={"phone": NA["phone"], "code": "999998"}, environ_base={"REMOTE_ADDR": f"10.6.{n}.6"}
        )
    assert enter(client, NA["phone"], code).status_code == 422


def test_a_new_code_replaces_the_one_before(market: MarketUnderTest, client: Browser) -> None:
    desk = market.signed_in("Hạnh")
    first, second = open_for(desk), open_for(desk)
    assert first == second or enter(client, NA["phone"], first).status_code == 422
    assert enter(client, NA["phone"], second).status_code == 303


def test_a_code_for_an_existing_account_leads_back_into_it(market: MarketUnderTest, client: Browser) -> None:
    code = open_for(market.signed_in("Hạnh"), phone="0900 000 001", name="Ai Đó")
    assert enter(client, "0900 000 001", code).status_code == 303
    assert "Nguyễn Thị Mơ" in words(client.get("/tai-khoan/"))


def test_a_coordinator_opens_no_code_for_a_stall_elsewhere(market: MarketUnderTest) -> None:
    for name in ("Hạnh", "Thu"):
        answer = market.signed_in(name).post(OPEN, data={**NA, "phone": "0900 000 002"})
        assert answer.status_code == 422
        assert "Cán bộ nơi đó" in words(answer)
    open_for(market.signed_in("Quân"), phone="0900 000 002")


def test_a_coordinator_opens_no_code_for_an_official(market: MarketUnderTest) -> None:
    for phone in ("0900 000 008", "0900 000 006", "0900 000 005"):
        answer = market.signed_in("Hạnh").post(OPEN, data={**NA, "phone": phone})
        assert answer.status_code == 422
        assert "của cán bộ" in words(answer)
    open_for(market.signed_in("Bình"), phone="0900 000 006")


@db.action
def _squat(phone: str) -> None:
    db.session.add(User(phone=phone, name="Kẻ Chiếm", email="ke@example.vn", created_at=clock.now()))


def test_whoever_took_a_number_by_e_mail_loses_it_to_its_owner_at_the_desk(
    market: MarketUnderTest, client: Browser
) -> None:
    with market.unit():
        _squat("+84900000055")
    with market.unit():
        squatter = queries.user_by_phone("+84900000055")
        assert squatter is not None
        token = open_session(Actor.system("test"), squatter.id, device=Device())
    thief = market.client()
    thief.set_cookie("phien", token, domain="127.0.0.1")
    assert is_in(thief)
    code = open_for(market.signed_in("Hạnh"))
    assert not is_in(thief)
    assert enter(client, NA["phone"], code).status_code == 303
    with market.unit():
        user = queries.user_by_phone("+84900000055")
        assert user is not None
        assert user.email is None


def test_the_consent_is_asked_at_the_desk_as_well(market: MarketUnderTest) -> None:
    answer = market.signed_in("Hạnh").post(OPEN, data={"phone": NA["phone"], "name": NA["name"]})
    assert answer.status_code == 422
    assert "Đọc cho người ấy nghe" in words(answer)


def test_what_the_desk_did_is_in_the_trail(market: MarketUnderTest) -> None:
    open_for(market.signed_in("Hạnh"))
    with market.unit():
        user = queries.user_by_phone("+84900000055")
        assert user is not None
        (row,) = trail.of("user", user.id)
        assert (row.verb, row.user_id) == ("open_account", cast.user_id("Hạnh"))


@pytest.mark.parametrize("path", ADMIN_PAGES)
def test_admin_pages_are_not_there_for_a_coordinator(market: MarketUnderTest, path: str) -> None:
    assert market.signed_in("Hạnh").get(path).status_code == 404
    assert market.signed_in("Mơ").get(path).status_code == 404
    assert market.signed_in("Bình").get(path).status_code == 200
    assert market.client().get(path).status_code == 303


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/dieu-phoi/nguoi-dung/3/khu-vuc", {"place": "01-09955", "office": "UBND"}),
        ("/dieu-phoi/nguoi-dung/5/thoi-khu-vuc", {"khu-vuc": "1"}),
        ("/dieu-phoi/nguoi-dung/3/quyen", {"viec": "quan-tri"}),
        ("/dieu-phoi/don-vi-van-hanh", {"name": "Kẻ lạ"}),
    ],
)
def test_only_an_admin_gives_and_takes(market: MarketUnderTest, path: str, data: dict[str, str]) -> None:
    for name in ("Hạnh", "Quân", "Mơ", "Lan"):
        assert market.signed_in(name).post(path, data=data).status_code == 404
    with market.unit():
        assert len(db.session.scalars(select(CoordinatorArea).where(CoordinatorArea.ended_at.is_(None))).all()) == 3
        assert queries.admins() == [cast.user_id("Bình")]


def test_an_area_counts_from_the_next_page_on_and_ends_nothing_else(market: MarketUnderTest) -> None:
    admin, lan = market.signed_in("Bình"), market.signed_in("Lan")
    assert lan.get("/dieu-phoi/nguoi-dung").status_code == 404
    lan_id = cast.user_id("Lan")
    for place in ("01-09955", "15"):
        answer = admin.post(
            f"/dieu-phoi/nguoi-dung/{lan_id}/khu-vuc", data={"place": place, "office": "UBND xã Thạch Thất"}
        )
        assert answer.status_code == 303, words(answer)
    assert lan.get("/dieu-phoi/nguoi-dung").status_code == 200
    with market.unit():
        assert queries.coordinators_for(Place("01", "09955")) == [lan_id, cast.user_id("Hạnh")]
        line = queries.user_line(lan_id)
        assert line is not None
        areas = {area.place: area.id for area in line.areas}
    admin.post(f"/dieu-phoi/nguoi-dung/{lan_id}/thoi-khu-vuc", data={"khu-vuc": areas[Place("01", "09955")]})
    assert lan.get("/dieu-phoi/nguoi-dung").status_code == 200
    admin.post(f"/dieu-phoi/nguoi-dung/{lan_id}/thoi-khu-vuc", data={"khu-vuc": areas[Place("15")]})
    assert lan.get("/dieu-phoi/nguoi-dung").status_code == 404
    assert is_in(lan)
    with market.unit():
        verbs = [row.verb for row in trail.of("user", lan_id)]
    assert verbs == ["grant_area", "grant_area", "end_area", "end_area"]


def test_granting_the_same_area_twice_is_once(market: MarketUnderTest) -> None:
    admin = market.signed_in("Bình")
    for office in ("UBND xã", "UBND xã Thạch Thất"):
        admin.post("/dieu-phoi/nguoi-dung/3/khu-vuc", data={"place": "01-09955", "office": office})
    with market.unit():
        line = queries.user_line(3)
        assert line is not None
        assert [area.office for area in line.areas] == ["UBND xã Thạch Thất"]


def test_an_office_is_no_person(market: MarketUnderTest) -> None:
    admin = market.signed_in("Bình")
    address, data = "/dieu-phoi/nguoi-dung/3/khu-vuc", {"place": "01-09955", "office": "Phòng 0912345678"}
    answer = admin.post(address, data=data)
    assert answer.status_code == 422
    assert "chỉ ghi cơ quan" in words(answer)
    assert "Phòng 0912345678" in answer.get_data(as_text=True)
    with market.unit():
        line = queries.user_line(3)
        assert line is not None
        assert list(line.areas) == []


def test_the_last_admin_stays(market: MarketUnderTest) -> None:
    admin = market.signed_in("Bình")
    for verb in ("thoi-quan-tri", "dong"):
        admin.post("/dieu-phoi/nguoi-dung/8/quyen", data={"viec": verb})
    assert admin.get("/dieu-phoi/nguoi-dung/8").status_code == 200
    admin.post("/dieu-phoi/nguoi-dung/3/quyen", data={"viec": "quan-tri"})
    admin.post("/dieu-phoi/nguoi-dung/8/quyen", data={"viec": "thoi-quan-tri"})
    assert admin.get("/dieu-phoi/nguoi-dung/8").status_code == 404
    assert market.signed_in("Lan").get("/dieu-phoi/nguoi-dung/8").status_code == 200


def test_closing_an_account_signs_it_out(market: MarketUnderTest) -> None:
    admin, mo = market.signed_in("Bình"), market.signed_in("Mơ")
    give_password(market, "Mơ")
    admin.post("/dieu-phoi/nguoi-dung/1/quyen", data={"viec": "dong"})
    assert not is_in(mo)
    assert "Tài khoản đã đóng" in words(admin.get("/dieu-phoi/nguoi-dung/1"))
    admin.post("/dieu-phoi/nguoi-dung/1/quyen", data={"viec": "mo-lai"})
    assert sign_in(market.client(), "0900 000 001", "nồi đồng cối đá").status_code == 303


def test_people_are_found_by_number_or_name(market: MarketUnderTest) -> None:
    admin = market.signed_in("Bình")
    assert "Nguyễn Thị Mơ" in words(admin.get("/dieu-phoi/nguoi-dung?q=0900.000.001"))
    page = words(admin.get("/dieu-phoi/nguoi-dung?q=Hạnh"))
    assert "Phạm Thị Hạnh" in page
    assert "Nguyễn Thị Mơ" not in page
    page = words(admin.get("/dieu-phoi/nguoi-dung?can-bo=1"))
    assert "Phạm Thị Hạnh" in page
    assert "Nguyễn Thị Mơ" not in page
    assert "Không có ai" in words(admin.get("/dieu-phoi/nguoi-dung?q=%25"))
    assert admin.get("/dieu-phoi/nguoi-dung?trang=99999999999").status_code == 200


def test_a_coordinator_sees_no_list_of_people(market: MarketUnderTest) -> None:
    page = words(market.signed_in("Hạnh").get("/dieu-phoi/nguoi-dung?q=Mơ"))
    assert "Nguyễn Thị Mơ" not in page
    assert "Mở tài khoản" in page


def test_coordinators_are_told_in_order_commune_province_admin(market: MarketUnderTest) -> None:
    with market.unit():
        assert queries.coordinators_for(Place("01", "09955")) == [cast.user_id("Hạnh")]
        assert queries.coordinators_for(Place("01", "09856")) == [cast.user_id("Quân")]
        assert queries.coordinators_for(Place("01")) == [cast.user_id("Quân")]
        assert queries.coordinators_for(Place("79", "26740")) == [cast.user_id("Bình")]
        assert queries.office_of(cast.user_id("Quân"), Place("01", "09856")) == "Văn phòng OCOP Hà Nội"
        assert queries.office_of(cast.user_id("Hạnh"), Place("01", "09955")) == "UBND xã Thạch Thất"
        assert queries.office_of(cast.user_id("Hạnh"), Place("01", "09856")) == ""
        assert queries.office_of(cast.user_id("Bình"), Place("01", "09955")) == ""


def test_the_operators_details_are_hidden_until_filled(market: MarketUnderTest, client: Browser) -> None:
    for path in ("/quy-che", "/", "/dang-nhap"):
        assert "Mã số thuế" not in words(client.get(path))
    admin = market.signed_in("Bình")
    details = {
        "name": "Hợp tác xã Chợ Quê",
        "tax_code": "0101234567",
        "phone": "024 3825 1234",
        "email": "cho@example.vn",
    }
    assert admin.post("/dieu-phoi/don-vi-van-hanh", data=details).status_code == 303
    page = words(client.get("/quy-che"))
    assert "Hợp tác xã Chợ Quê" in page
    assert "024 3825 1234" in page
    assert "Người đại diện" not in page
    for path in ("/", "/dang-nhap"):
        foot = words(client.get(path))
        assert "Hợp tác xã Chợ Quê · Mã số thuế 0101234567" in foot
        assert "Gọi 024 3825 1234" in foot
    assert 'value="024 3825 1234"' in admin.get("/dieu-phoi/don-vi-van-hanh").get_data(as_text=True)


def test_details_that_cannot_be_read_are_asked_again(market: MarketUnderTest) -> None:
    answer = market.signed_in("Bình").post(
        "/dieu-phoi/don-vi-van-hanh", data={"name": "Chợ", "phone": "12", "email": "x", "badge_url": "http://x.vn"}
    )
    assert answer.status_code == 422
    assert 'value="Chợ"' in answer.get_data(as_text=True)
    for sentence in ("Chưa đọc được số điện thoại", "Chưa đọc được thư điện tử", "https://"):
        assert sentence in words(answer)


def test_the_table_of_law_is_open_to_every_official(market: MarketUnderTest) -> None:
    for name in ("Hạnh", "Bình"):
        page = words(market.signed_in(name).get("/dieu-phoi/luat"))
        assert "26/2026" in page
        assert "Rà soát lần cuối" in page
    with time_machine.travel("2027-12-01T00:00:00+07:00"):
        assert "hết hiệu lực" in words(market.signed_in("Bình").get("/dieu-phoi/luat"))


def test_only_true_looking_numbers_and_the_states_own_page_are_stored(market: MarketUnderTest) -> None:
    admin, address = market.signed_in("Bình"), "/dieu-phoi/don-vi-van-hanh"
    for field, wrong in (
        ("tax_code", "abc"),
        ("tax_code", "12345"),
        ("badge_url", "https://evil.com/x"),
        ("badge_url", "https://online.gov.vn.evil.com/x"),
        ("badge_url", "https://online.gov.vn/x\r\nX: y"),
    ):
        answer = admin.post(address, data={"name": "Chợ", field: wrong})
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.get_data(as_text=True)
    good = {"name": "Chợ", "tax_code": "0101 234 567-001", "badge_url": "https://online.gov.vn/Home/WebDetails/12345"}
    assert admin.post(address, data=good).status_code == 303
    with market.unit():
        stored = queries.operator()
        assert stored is not None
        assert (stored.tax_code, stored.badge_url) == ("0101234567-001", good["badge_url"])


def test_help_is_found_before_the_operator_is_known(market: MarketUnderTest, client: Browser) -> None:
    home = client.get("/").get_data(as_text=True)
    assert 'href="/gioi-thieu#nho-giup"' in home
    assert "Ra ủy ban xã, hỏi cán bộ phụ trách OCOP" in home
    page = client.get("/gioi-thieu").get_data(as_text=True)
    assert page.index('id="nho-giup"') < page.index("Mua hàng trong bốn bước")
    for way in ("ra ủy ban xã", "Gọi người bán", "/tra-cuu-don", "/bao-van-de"):
        assert way in page
    market.signed_in("Bình").post("/dieu-phoi/don-vi-van-hanh", data={"phone": "024 3825 1234"})
    assert "Ra ủy ban xã, hỏi cán bộ" not in client.get("/").get_data(as_text=True)
    assert "tel:+842438251234" in client.get("/gioi-thieu").get_data(as_text=True)
