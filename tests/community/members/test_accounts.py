"""Joining and renaming: names are kept, derived and never shared."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pgtrigger
import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import IntegrityError

from community.members.domain.accounts import (
    TIME_TO_VERIFY,
    DisplayNameTaken,
    LoginNameTaken,
    change_profile,
    create_member,
    derive_signatures,
    forget_unverified,
    rename,
)
from community.members.models import Member
from community.members.models.members import signed
from community.text.markdown import RULES
from community.text.names import NameRefused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def join(username: str = "ada", display_name: str = "小明", **fields: object) -> Member:
    return create_member(username=username, display_name=display_name, at=AT, **fields)


def test_what_is_derived_from_names_is_kept() -> None:
    member = Member.objects.get(pk=join("Ada.L", "小 明", password="correct horse").pk)
    assert member.username == "ada.l"
    assert (member.display_name, member.name_skeleton) == ("小 明", "小明")
    assert member.name_sort_key.startswith("xiao3")
    assert member.date_joined == AT
    assert member.check_password("correct horse")


def test_without_a_password_nobody_signs_in_with_one() -> None:
    assert not join().has_usable_password()


def test_a_login_name_is_taken_once_whatever_its_case() -> None:
    join("ada")
    with pytest.raises(LoginNameTaken):
        join("ADA", "小红")


@pytest.mark.parametrize("look_alike", ["小明", "小 明", "小·明"])
def test_a_display_name_is_taken_with_all_that_looks_like_it(look_alike: str) -> None:
    join("ada", "小明")
    with pytest.raises(DisplayNameTaken):
        join("bob", look_alike)


@pytest.mark.parametrize(("username", "display_name"), [("admin", "小明"), ("ada", "官方客服")])
def test_reserved_names_are_for_the_site(username: str, display_name: str) -> None:
    with pytest.raises(NameRefused):
        join(username, display_name)
    assert join(username, display_name, may_use_reserved_names=True).pk


def test_a_known_address_is_verified_from_the_start() -> None:
    join("ada", email="ada@example.org", is_verified=True)
    join("bob", "小红", email="bob@example.org")
    assert [member.username for member in Member.objects.verified()] == ["ada"]


def test_rename() -> None:
    member, other = join("ada", "小明"), join("bob", "小红")
    rename(member=member, display_name="小蓝")
    assert Member.objects.get(pk=member.pk).name_skeleton == "小蓝"
    with pytest.raises(DisplayNameTaken):
        rename(member=other, display_name="小 蓝")
    assert Member.objects.get(pk=other.pk).display_name == "小红"


def test_another_broken_rule_is_not_called_a_taken_name() -> None:
    with pytest.raises(IntegrityError):
        Member.objects.filter(pk=join().pk).update(level=6)


def test_members_sort_by_pinyin() -> None:
    for number, name in enumerate(["王五", "Bob", "阿里"]):
        join(f"m{number}", name)
    assert [str(member) for member in Member.objects.by_pinyin()] == ["阿里", "Bob", "王五"]


def test_createsuperuser_keeps_the_derived_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "correct horse")
    call_command(
        "createsuperuser",
        "--noinput",
        "--username=Root",
        "--email=root@example.org",
        "--display_name=小明",
        verbosity=0,
    )
    member = Member.objects.get()
    assert (member.username, member.name_skeleton) == ("root", "小明")
    assert member.is_staff
    assert member.is_superuser
    assert Member.objects.verified().get() == member


def test_names_of_who_never_verified_are_free_after_a_day() -> None:
    late = AT + TIME_TO_VERIFY + timedelta(seconds=1)
    waiting, known, visitor = join("ada", "小明"), join("bob", "小红"), join("eve", "小蓝")
    for member in (waiting, known, visitor):
        EmailAddress.objects.create(user=member, email=f"{member.username}@example.org")
    EmailAddress.objects.create(user=known, email="bob@example.com", verified=True)
    Member.objects.filter(pk=visitor.pk).update(last_login=AT)
    assert forget_unverified(at=AT + TIME_TO_VERIFY) == 0
    assert forget_unverified(at=late) == 1
    assert set(Member.objects.all()) == {known, visitor}


def test_members_without_any_address_are_left_alone() -> None:
    join()
    assert forget_unverified(at=AT + timedelta(days=9)) == 0


def test_signatures_are_rendered_when_they_are_written() -> None:
    member = join()
    change_profile(member=member, display_name="小明", region="", about="", signature="*hi*")
    member.refresh_from_db()
    assert (member.signature_html, member.signature_rules) == ("<p><em>hi</em></p>\n", RULES)


@pytest.mark.parametrize("is_defended", [True, False])
def test_other_words_forget_the_html_of_those_before(*, is_defended: bool) -> None:
    member = join()
    member.signature = "a"
    assert derive_signatures([member]) == 1
    with ExitStack() as defence:
        if not is_defended:
            defence.enter_context(pgtrigger.ignore("members.Member:member_signature_forgets"))
        Member.objects.update(signature="b")
    member.refresh_from_db()
    shown = signed(member.signature, member.signature_html, member.signature_rules)
    assert shown == ("<p>b</p>\n" if is_defended else "<p>a</p>\n")
