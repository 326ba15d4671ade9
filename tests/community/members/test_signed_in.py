"""The short look-ups of session and member follow Django's rules."""

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from community.members.models import Member
from community.members.signed_in import Backend, SessionStore
from tests.community.builds.making import make_member

pytestmark = pytest.mark.django_db


def test_a_member_is_the_one_the_orm_gives() -> None:
    member = Member.objects.get(pk=make_member("fan").pk)
    found = Backend().get_user(member.pk)
    assert found == member
    fields = [field.attname for field in Member._meta.concrete_fields]
    assert [getattr(found, name) for name in fields] == [getattr(member, name) for name in fields]
    assert (found._state.adding, found._state.db) == (False, "default")


def test_nobody_is_found_for_a_closed_account_or_an_unknown_one() -> None:
    member = make_member("fan")
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert Backend().get_user(member.pk) is None
    assert Backend().get_user(0) is None


def test_a_session_is_the_one_django_gives() -> None:
    kept = SessionStore()
    kept["n"] = [1, "二"]
    kept.save()
    assert dict(SessionStore(kept.session_key).items()) == {"n": [1, "二"]}
    assert dict(db.SessionStore(kept.session_key).items()) == {"n": [1, "二"]}


@pytest.mark.parametrize("key", ["a" * 32, "with\0nul-and-more", "\ud800 half a letter"])
def test_an_unknown_key_is_an_empty_session(key: str) -> None:
    session = SessionStore(key)
    assert session.is_empty() or not dict(session.items())
    assert session.session_key is None


def test_a_session_that_is_over_is_empty() -> None:
    session = SessionStore()
    session["n"] = 1
    session.save()
    Session.objects.update(expire_date=timezone.now())
    assert dict(SessionStore(session.session_key).items()) == {}
