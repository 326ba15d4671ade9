"""The gift wall: what hangs there, who takes it down, and who says thanks."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.builds.models import Engineer
from community.gifts import queries
from community.gifts.domain import giving
from community.gifts.domain.giving import give
from community.gifts.models import Gift
from community.members import personal
from community.members.models import Member
from community.moderation.domain import settling
from community.moderation.models import Case, WatchedWord
from community.notices.models import Notice
from tests.community.builds.making import make_engineer, make_product
from tests.community.gifts.making import make_gift, make_picture
from tests.community.media.making import picture
from tests.community.members.making import make_member, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def engineer() -> Engineer:
    engineer = make_engineer("林浩")
    engineer.member = make_member("linhao")
    engineer.save()
    return engineer


@pytest.fixture
def giver() -> Member:
    """Of a level whose first pictures need no approval."""
    member = make_member("fan")
    Member.objects.filter(pk=member.pk).update(level=5)
    return Member.objects.get(pk=member.pk)


def given(giver: Member, engineer: Engineer, **said: Any) -> Gift:
    return give(
        **{
            "member": giver,
            "picture": make_picture(giver),
            "words": "A scarf.",
            "engineer": engineer,
            "at": NOW,
        }
        | said
    )


def on_the_wall() -> list[str]:
    return [gift.words for gift in queries.wall()]


def test_a_first_gift_waits_and_is_told_of_when_it_is_approved(engineer: Engineer) -> None:
    gift = given(make_member(), engineer)
    assert on_the_wall() == []
    assert not Notice.objects.exists()
    case = Case.objects.get(kind="gift", subject=gift.pk)
    settling.settle(case=case, outcome="approved", by=make_member(is_superuser=True), at=NOW)
    assert on_the_wall() == ["A scarf."]
    assert Notice.objects.get(kind="gifts.given").member == engineer.member


def test_watched_words_are_judged(giver: Member, engineer: Engineer) -> None:
    WatchedWord.objects.create(pattern="lottery", action="block", added_at=NOW)
    with pytest.raises(giving.TextRefused):
        given(giver, engineer, words="Win the lottery!")


def test_a_day_has_its_measure(giver: Member, engineer: Engineer) -> None:
    for _ in range(giving.MOST_A_DAY):
        given(giver, engineer)
    with pytest.raises(giving.TooMany):
        given(giver, engineer)


def test_sent_twice_it_hangs_once(giver: Member, engineer: Engineer) -> None:
    key = uuid4()
    first = given(giver, engineer, submission_key=key)
    assert given(giver, engineer, submission_key=key) == first
    assert Gift.objects.count() == 1


def test_nobody_gives_to_oneself(engineer: Engineer) -> None:
    assert engineer.member
    with pytest.raises(giving.ToOneself):
        given(engineer.member, engineer)


def test_the_engineer_says_thanks_once(giver: Member, engineer: Engineer) -> None:
    gift = given(giver, engineer)
    assert giving.thank(gift=gift, words="Warm!", at=NOW)
    assert not giving.thank(gift=gift, words="Cold!", at=NOW)
    assert gift.thanks == "Warm!"
    assert Notice.objects.get(kind="gifts.thanked").member == giver


def test_what_was_for_a_hidden_engineer_or_is_out_of_sight_is_not_on_the_wall(
    giver: Member, engineer: Engineer
) -> None:
    make_gift(giver, engineer, words="hidden", hidden_at=NOW)
    make_gift(giver, engineer, words="withdrawn", withdrawn_at=NOW)
    make_gift(giver, None, words="for the team", product=make_product())
    make_gift(giver, engineer, words="for one")
    assert on_the_wall() == ["for one", "for the team"]
    Engineer.objects.filter(pk=engineer.pk).update(is_hidden=True)
    assert on_the_wall() == ["for the team"]


def test_pages_end_where_the_next_begins(giver: Member, engineer: Engineer) -> None:
    for n in range(queries.GIFTS_A_PAGE + 1):
        make_gift(giver, engineer, words=str(n))
    first = queries.page_of(queries.wall())
    assert [gift.words for gift in queries.page_of(queries.wall(), first.older).gifts] == ["0"]
    assert queries.page_of(queries.wall(), "9" * 30).gifts == first.gifts


@pytest.mark.parametrize("address", ["/gifts/", "/engineers/{slug}/", "/api/v1/gifts/"])
def test_gifts_cost_no_queries_each(
    address: str,
    giver: Member,
    engineer: Engineer,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = signed_in(make_member(is_superuser=True))
    where = address.format(slug=engineer.slug)
    make_gift(giver, engineer)
    person.get(where)
    with CaptureQueriesContext(connection) as one:
        person.get(where)
    for _ in range(2):
        make_gift(make_member(), engineer)
    with django_assert_num_queries(len(one)):
        person.get(where)


def test_a_photograph_is_sent_with_the_form(giver: Member, engineer: Engineer) -> None:
    sent = {
        "receiver": f"engineer:{engineer.slug}",
        "words": "A scarf.",
        "photograph": SimpleUploadedFile("scarf.png", picture(), content_type="image/png"),
    }
    answer = signed_in(giver).post("/gifts/give/", sent)
    gift = Gift.objects.get()
    assert answer.headers["Location"] == gift.get_absolute_url()
    assert gift.picture.is_used


def test_a_report_lets_an_admin_hide_it(giver: Member, engineer: Engineer) -> None:
    gift = make_gift(giver, engineer)
    reporter = signed_in(make_member())
    assert reporter.post(f"/report/gift/{gift.pk}/", {"reason": "spam"}).status_code == 302
    case, admin = Case.objects.get(), make_member(is_superuser=True)
    settling.settle(case=case, outcome="hidden", by=admin, at=NOW)
    assert reporter.get(gift.get_absolute_url()).status_code == 404
    assert signed_in(admin).get(gift.get_absolute_url()).status_code == 200


def test_a_program_gives_and_takes_down(giver: Member, engineer: Engineer) -> None:
    client, own = signed_in(giver), make_picture(giver)
    sent = {"picture": own.address(), "words": "A scarf.", "engineer": engineer.slug}
    made = client.post("/api/v1/gifts/", sent, content_type="application/json")
    assert (made.status_code, made.json()["engineer"]) == (201, engineer.slug)
    assert client.delete(f"/api/v1/gifts/{made.json()['id']}/").status_code == 204
    assert on_the_wall() == []


def test_a_program_gives_no_picture_of_somebody_else(giver: Member, engineer: Engineer) -> None:
    sent = {
        "picture": make_picture(make_member()).address(),
        "words": "A scarf.",
        "engineer": engineer.slug,
    }
    answer = signed_in(giver).post("/api/v1/gifts/", sent, content_type="application/json")
    assert answer.status_code == 400


def test_gifts_go_with_the_words_of_who_leaves(giver: Member, engineer: Engineer) -> None:
    make_gift(giver, engineer)
    thanked = make_gift(make_member(), engineer, thanks="Warm!", thanked_at=NOW - timedelta(1))
    assert engineer.member
    for member in (giver, engineer.member):
        for erase in personal.erasers():
            erase(member, False, NOW)
    assert [(gift.pk, gift.thanks) for gift in Gift.objects.all()] == [(thanked.pk, "")]


def test_a_report_of_ones_own_gift_is_no_page(giver: Member, engineer: Engineer) -> None:
    gift = make_gift(giver, engineer)
    assert signed_in(giver).get(f"/report/gift/{gift.pk}/").status_code == 404
