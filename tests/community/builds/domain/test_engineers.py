"""Engineers: found, merged, hidden, thanked, claimed."""

import pytest

from community.builds.domain import claims, engineers
from community.builds.domain.engineers import NotCredited, find_or_create
from community.builds.domain.refusals import Invalid, Taken
from community.builds.models import Engineer, EngineerClaim, EngineerName
from tests.community.builds.making import (
    DRAFTED,
    PUBLISH,
    make_build,
    make_engineer,
    make_member,
)

pytestmark = pytest.mark.django_db


def test_one_spelling_is_one_engineer():
    first = find_or_create(name="Ｌｉｎ  Hao", at=DRAFTED)
    assert find_or_create(name=" lin hao ", at=DRAFTED) == first
    assert (first.name, first.slug) == ("Ｌｉｎ Hao", "lin-hao")


def test_a_han_name_sorts_by_pinyin():
    engineer = find_or_create(name="林浩", at=DRAFTED)
    assert engineer.slug == "林浩"
    assert engineer.name_sort_key.startswith("lin2 hao4")
    assert str(engineer) == "林浩"


def test_a_new_spelling_is_remembered():
    engineer = find_or_create(handle="@linhao", at=DRAFTED)
    assert engineer.name == "linhao"
    assert find_or_create(name="林浩", handle="linhao", at=DRAFTED) == engineer
    assert find_or_create(name="林浩", at=DRAFTED) == engineer
    assert str(EngineerName.objects.get(kind="person")) == "林浩"


def test_the_handle_wins_over_the_name():
    by_name, by_handle = make_engineer("Matt"), find_or_create(handle="matt", at=DRAFTED)
    assert by_name != by_handle
    assert find_or_create(name="Matt", handle="matt", at=DRAFTED) == by_handle


def test_names_that_look_alike_in_an_address_are_apart():
    assert make_engineer("Lin Hao").slug == "lin-hao"
    assert make_engineer("Lin-Hao").slug == "lin-hao-2"
    assert make_engineer("!!!").slug == "engineer"


def test_a_name_longer_than_any_is_cut():
    assert make_engineer("A" * 90).name == "A" * 80


def test_nobody_is_not_an_engineer():
    with pytest.raises(Invalid, match="a name or a handle"):
        find_or_create(name=" ", handle="@", at=DRAFTED)


def test_a_merge_is_read_one_step_and_can_be_undone():
    mei, plum, may = make_engineer("Mei"), make_engineer("梅"), make_engineer("May")
    assert engineers.merge(engineer=may, into=plum)
    assert engineers.merge(engineer=plum, into=mei)
    assert not engineers.merge(engineer=plum, into=mei)
    assert set(mei.merged_from.all()) == {plum, may}
    assert engineers.unmerge(engineer=plum)
    assert not engineers.unmerge(engineer=plum)
    assert set(mei.merged_from.all()) == {may}


def test_a_merge_takes_the_member_along():
    member = make_member()
    plum, mei = make_engineer("梅", member=member), make_engineer("Mei")
    engineers.merge(engineer=plum, into=mei)
    mei.refresh_from_db()
    assert mei.member == member


def test_merges_that_make_no_sense_are_refused():
    mei, plum = make_engineer("Mei"), make_engineer("梅")
    with pytest.raises(Invalid, match="into themselves"):
        engineers.merge(engineer=mei, into=mei)
    engineers.merge(engineer=plum, into=mei)
    with pytest.raises(Invalid, match="take that back first"):
        engineers.merge(engineer=mei, into=plum)
    zoe, raj = (make_engineer(name, member=make_member()) for name in ("Zoe", "Raj"))
    with pytest.raises(Taken, match="Both belong to members"):
        engineers.merge(engineer=zoe, into=raj)


def test_opting_out_keeps_the_engineer():
    mei = make_engineer("Mei")
    assert engineers.hide(engineer=mei)
    assert not engineers.hide(engineer=mei)
    assert not Engineer.objects.shown().exists()
    assert engineers.show(engineer=mei)
    assert not engineers.show(engineer=mei)


def test_a_name_can_be_put_right():
    mei = make_engineer("mei")
    engineers.rename(engineer=mei, name=" 梅  Mei ")
    mei.refresh_from_db()
    assert mei.name == "梅 Mei"
    assert mei.name_sort_key.startswith("mei2")
    with pytest.raises(Invalid):
        engineers.rename(engineer=mei, name=" ")


def test_thanks_are_given_once_a_build():
    build, member, mei = make_build(), make_member(), make_engineer("Mei")
    given = {"engineer": mei, "member": member, "build": build}
    assert engineers.thank(**given, at=PUBLISH)
    assert not engineers.thank(**given, at=PUBLISH)
    assert str(mei.thanks.get()) == f"{member} → Mei"
    assert engineers.take_back_thanks(**given)
    assert not engineers.take_back_thanks(**given)


def test_thanks_go_to_those_who_worked_on_the_build():
    build, member = make_build(), make_member()
    with pytest.raises(NotCredited, match="did not work on"):
        engineers.thank(engineer=make_engineer("Zoe"), member=member, build=build, at=PUBLISH)
    mei = make_engineer("Mei", member=member)
    with pytest.raises(Invalid, match="yourself"):
        engineers.thank(engineer=mei, member=member, build=build, at=PUBLISH)
    plum = make_engineer("梅")
    engineers.merge(engineer=mei, into=plum)
    assert engineers.thank(engineer=plum, member=make_member(), build=build, at=PUBLISH)


def ask(engineer, member):
    return claims.claim(engineer=engineer, member=member, evidence=" I sign as ln. ", at=DRAFTED)


def accept(claim, is_accepted=True):
    return claims.decide(claim_id=claim.pk, is_accepted=is_accepted, by=make_member(), at=PUBLISH)


def test_a_claim_is_decided_once():
    mei, member = make_engineer("Mei"), make_member()
    claim = ask(mei, member)
    assert ask(mei, member) == claim
    rival = ask(mei, make_member())
    assert accept(claim)
    assert not accept(claim, False)
    mei.refresh_from_db()
    rival.refresh_from_db()
    assert (mei.member, rival.state) == (member, EngineerClaim.State.REFUSED)
    assert (claim.evidence, str(claim)) == ("I sign as ln.", f"{member} → Mei")


def test_a_refused_claim_changes_nothing():
    mei = make_engineer("Mei")
    assert accept(ask(mei, make_member()), False)
    mei.refresh_from_db()
    assert mei.member is None


def test_one_member_is_one_engineer():
    member = make_member()
    first, second = ask(make_engineer("Mei"), member), ask(make_engineer("梅"), member)
    accept(first)
    with pytest.raises(Taken, match="another engineer already"):
        accept(second)
    with pytest.raises(Taken, match="You are an engineer here"):
        ask(make_engineer("Zoe"), member)
    with pytest.raises(Taken, match="Mei is a member already"):
        ask(make_engineer("Mei"), make_member())
    Engineer.objects.filter(name="Mei").update(member=None)
    Engineer.objects.filter(name="梅").update(member=make_member())
    with pytest.raises(Taken, match="梅 is a member already"):
        accept(second)


def test_a_claim_that_is_gone_is_said_to_be():
    with pytest.raises(Invalid, match="does not exist"):
        claims.decide(claim_id=0, is_accepted=True, by=make_member(), at=PUBLISH)


def test_an_account_can_let_go():
    mei = make_engineer("Mei", member=make_member())
    assert claims.let_go(engineer=mei)
    assert not claims.let_go(engineer=mei)
