"""A stall from its application to its pause, decided by the area that covers it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select

from marketplace.kit import db
from marketplace.kit.actor import Actor
from marketplace.kit.errors import AlreadyDecided, BadInput, NotAllowed, NotYours
from marketplace.producers import actions, queries
from marketplace.producers.models import Decision, Payee, Producer
from marketplace.producers.rules import MismatchNeedsReason, PayeeIsFixed, ProducerState, Reason, ReasonNeeded
from tests.desk.waiting import DUONG_HOA, HA_NOI, LAO_CAI, application, maker, official, signed_up

Unit = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def sen(unit: Unit) -> int:
    """Sen's application, waiting in xã Thạch Thất."""
    with unit():
        return actions.apply(signed_up("Sen"), application())


def state_of(producer_id: int) -> ProducerState:
    found = queries.producer(producer_id)
    assert found
    return found.state


def test_a_second_press_is_the_same_application(unit: Unit, sen: int) -> None:
    with unit():
        again = actions.apply(signed_up("Sen"), application())
    with unit():
        assert again == sen
        assert db.session.scalar(select(func.count()).select_from(Payee).where(Payee.producer_id == sen)) == 1
        assert queries.ids_for_user(signed_up("Sen").user_id or 0) == [sen]


def test_the_account_is_compared_with_the_applicant_the_stall_and_its_representative(unit: Unit) -> None:
    holders = {"BUI THI SEN": True, "SEN BUI THI": True, "CO SO BA SEN": True, "TRAN VAN HUNG": False}
    for number, (holder, known) in enumerate(holders.items()):
        with unit():
            wanted = application(name=f"Cơ sở bà Sen {number}" if holder != "CO SO BA SEN" else "Bà Sen", holder=holder)
            payee = queries.payee_of(actions.apply(signed_up("Sen"), wanted))
            assert payee
            assert payee.holder_matches is known, holder
            assert payee.holder == holder


def test_a_foreign_account_needs_the_approvers_reason(unit: Unit) -> None:
    with unit():
        sen = actions.apply(signed_up("Sen"), application(holder="TRAN VAN HUNG"))
    with pytest.raises(MismatchNeedsReason), unit():
        actions.approve(official("Hạnh"), sen)
    with unit():
        assert state_of(sen) is ProducerState.APPLIED
    with unit():
        actions.approve(official("Hạnh"), sen, mismatch_reason="Tài khoản của chồng, đã gặp")
    with unit():
        payee = queries.payee_of(sen)
        assert payee
        assert payee.mismatch_reason == "Tài khoản của chồng, đã gặp"
        assert payee.approved_at is not None


@pytest.mark.parametrize("name", ["Hạnh", "Quân", "Bình"])
def test_commune_province_and_admin_may_approve(unit: Unit, sen: int, name: str) -> None:
    with unit():
        actions.approve(official(name), sen)
    with unit():
        assert state_of(sen) is ProducerState.ACTIVE


@pytest.mark.parametrize("verb", ["approve", "send_back", "pause", "resume"])
@pytest.mark.parametrize("who", [official("Thu"), maker("Mơ"), signed_up("Sen"), Actor.stranger()])
def test_nobody_else_decides(unit: Unit, sen: int, verb: str, who: Actor) -> None:
    words = {} if verb == "approve" else {"reason": "Vì thế."}
    with pytest.raises((NotYours, NotAllowed)), unit():
        getattr(actions, verb)(who, sen, **words)
    with unit():
        assert state_of(sen) is ProducerState.APPLIED


def test_a_commune_decides_neither_for_its_neighbour_nor_for_a_place_without_commune(unit: Unit) -> None:
    with unit():
        near = actions.apply(signed_up("Sen"), application("Bà Sen A", DUONG_HOA))
        vague = actions.apply(signed_up("Sen"), application("Bà Sen B", HA_NOI))
    for producer_id in (near, vague):
        with pytest.raises(NotYours), unit():
            actions.approve(official("Hạnh"), producer_id)
        with unit():
            actions.approve(official("Quân"), producer_id)


def test_a_place_where_nobody_decides_waits_for_the_admin(unit: Unit) -> None:
    with unit():
        far = actions.apply(signed_up("Sen"), replace(application(), place=replace(LAO_CAI, province_code="96")))
    with unit():
        assert far in [one.id for one in queries.waiting(official("Bình"))]
        assert all(far not in [one.id for one in queries.waiting(official(n))] for n in ("Hạnh", "Quân", "Thu"))


def test_the_second_decision_is_refused_and_the_first_stands(unit: Unit, sen: int) -> None:
    with unit():
        actions.approve(official("Hạnh"), sen)
    with pytest.raises(AlreadyDecided), unit():
        actions.send_back(official("Quân"), sen, reason="Tên chưa rõ.")
    with unit():
        assert state_of(sen) is ProducerState.ACTIVE
        log = [row for row in queries.decision_log() if row.subject_id == sen]
        assert [(row.verb, row.office) for row in log] == [("approve", "UBND xã Thạch Thất")]


def test_the_public_log_names_an_office_and_a_reason_and_never_a_person(unit: Unit, sen: int) -> None:
    with unit():
        actions.send_back(
            official("Hạnh"), sen, reason="Ảnh mờ.", points=[Reason("photo", "Ảnh mờ.")], message="Chị Sen gọi em nhé"
        )
    with unit():
        row = queries.last_decision("producer", sen)
        assert row
        assert (row.office, row.reason) == ("UBND xã Thạch Thất", "Ảnh mờ.")
        words = " ".join(str(getattr(row, column.name)) for column in Decision.__table__.columns)
        assert "Hạnh" not in words
        assert "Sen" not in words
        assert "gọi em" not in words


def test_what_was_sent_back_is_corrected_and_waits_again(unit: Unit, sen: int) -> None:
    with unit():
        actions.send_back(official("Hạnh"), sen, reason="Tên chưa rõ.", points=[Reason("name", "Tên chưa rõ.")])
    with unit():
        returned = queries.producer(sen)
        assert returned
        assert (returned.state, [point["field"] for point in returned.returned_points]) == (
            ProducerState.RETURNED,
            ["name"],
        )
    with unit():
        actions.correct(_sen(sen), sen, application("Bánh bà Sen"))
    with unit():
        corrected = queries.producer(sen)
        assert corrected
        assert (corrected.state, corrected.name, corrected.returned_reason) == (
            ProducerState.APPLIED,
            "Bánh bà Sen",
            "",
        )


def _sen(producer_id: int) -> Actor:
    return replace(maker("Mơ"), user_id=signed_up("Sen").user_id, on_behalf_of=producer_id)


def test_nobody_corrects_anothers_application(unit: Unit, sen: int) -> None:
    with unit():
        actions.send_back(official("Hạnh"), sen, reason="Tên chưa rõ.")
    with pytest.raises(NotYours), unit():
        actions.correct(maker("Mơ"), sen, application())


def test_an_approved_account_stays_as_it_is(unit: Unit, sen: int) -> None:
    with unit():
        actions.approve(official("Hạnh"), sen)
    with pytest.raises((AlreadyDecided, PayeeIsFixed)), unit():
        actions.correct(_sen(sen), sen, application(holder="TRAN VAN HUNG"))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "Chè lam OCOP 4 sao"}, "name"),
        ({"story": "Bánh này chữa khỏi bệnh dạ dày."}, "story"),
        ({"name": ""}, "name"),
        ({"payee": None}, "bank"),
    ],
)
def test_forbidden_words_and_gaps_are_refused_at_their_field(
    unit: Unit, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(BadInput) as refused, unit():
        actions.apply(signed_up("Sen"), replace(application(), **changed))  # type: ignore[arg-type] # values of a table
    assert refused.value.field == field


def test_sending_back_and_pausing_need_a_reason(unit: Unit, sen: int) -> None:
    with pytest.raises(ReasonNeeded), unit():
        actions.send_back(official("Hạnh"), sen, reason="  ")
    with unit():
        actions.approve(official("Hạnh"), sen)
    with pytest.raises(ReasonNeeded), unit():
        actions.pause(official("Hạnh"), sen, reason="")


def test_a_stall_without_an_account_is_not_approved(unit: Unit, sen: int) -> None:
    with unit():
        _lose_account(Actor.system("test"), sen)
    with pytest.raises(BadInput), unit():
        actions.approve(official("Hạnh"), sen)


@db.action
def _lose_account(actor: Actor, producer_id: int) -> None:
    db.session.execute(delete(Payee).where(Payee.producer_id == producer_id))


def test_a_paused_stall_opens_again_by_its_office(unit: Unit, sen: int) -> None:
    with unit():
        actions.approve(official("Hạnh"), sen)
    with unit():
        actions.pause(official("Quân"), sen, reason="Giấy an toàn thực phẩm hết hạn.")
    with unit():
        assert state_of(sen) is ProducerState.PAUSED
        actions.resume(official("Hạnh"), sen, reason="Đã có giấy mới.")
    with unit():
        assert state_of(sen) is ProducerState.ACTIVE


def test_a_sample_stall_is_opened_once(unit: Unit) -> None:
    with unit():
        first = actions.found(Actor.operator(), replace(application("Cơ sở mẫu Bát Tràng"), payee=None), sample_key="k")
    with unit():
        again = actions.found(Actor.operator(), replace(application("Cơ sở mẫu Bát Tràng"), payee=None), sample_key="k")
        found = db.session.get(Producer, first)
        assert first == again
        assert found
        assert found.is_sample
        assert found.state is ProducerState.ACTIVE


def test_only_the_operator_or_an_admin_opens_stalls_at_once(unit: Unit) -> None:
    for who in (official("Quân"), maker("Mơ"), Actor.stranger()):
        with pytest.raises(NotAllowed), unit():
            actions.found(who, application())


def test_only_the_operator_or_an_admin_makes_somebody_a_member(unit: Unit, sen: int) -> None:
    for who in (official("Quân"), maker("Mơ"), signed_up("Sen")):
        with pytest.raises(NotAllowed), unit():
            actions.join(who, sen, 3)
    with unit():
        actions.join(official("Bình"), sen, 3)
    with unit():
        assert sorted(queries.members(sen)) == [3, 9]


def test_only_her_own_people_write_the_stall_and_send_its_photo(unit: Unit, sen: int) -> None:
    for who in (maker("Tín"), signed_up("Lan"), official("Thu")):
        with pytest.raises(NotYours), unit():
            actions.write_stall(who, 1, story="Khác.", zalo=False)
        with pytest.raises(NotYours), unit():
            actions.set_photo(who, 1, "a" * 64 + ".jpg")
        with pytest.raises((NotYours, NotAllowed)), unit():
            actions.photo_done(who, 1, "a" * 64 + ".jpg", public_key="b" * 64 + ".webp")
    with unit():
        actions.write_stall(maker("Mơ"), 1, story="Làm từ 1975.", zalo=False)
        actions.set_photo(_sen(sen), sen, "a" * 64 + ".jpg")
    with unit():
        stall = queries.producer(1)
        assert stall
        assert (stall.story, stall.zalo) == ("Làm từ 1975.", False)


def test_nobody_known_sends_a_photo_of_a_sample_stall(unit: Unit) -> None:
    with unit():
        sample = actions.found(Actor.operator(), replace(application("Cơ sở mẫu"), payee=None), sample_key="k")
    with pytest.raises(NotYours), unit():
        actions.set_photo(Actor.stranger(), sample, "a" * 64 + ".jpg")


def test_of_two_photos_the_newer_one_stays(unit: Unit) -> None:
    old, new = "a" * 64 + ".jpg", "b" * 64 + ".jpg"
    with unit():
        actions.set_photo(maker("Mơ"), 1, old)
        actions.set_photo(maker("Mơ"), 1, new)
    with unit():
        actions.photo_done(Actor.system("test"), 1, new, public_key="c" * 64 + ".webp")
        actions.photo_done(Actor.system("test"), 1, old, public_key=None, reason="Ảnh hỏng")
    with unit():
        stall = queries.producer(1)
        assert stall
        assert (stall.photo_key, stall.photo_reason) == ("c" * 64 + ".webp", "")


def test_every_bank_that_takes_vietqr_can_be_chosen() -> None:
    assert len({bank.bin for bank in queries.banks()}) == len(queries.banks()) > 60
    assert queries.banks()[0].by_qr
    assert not queries.banks()[-1].by_qr
    found = queries.bank("970406")
    assert found
    assert found.short == "Vikki Bank"
