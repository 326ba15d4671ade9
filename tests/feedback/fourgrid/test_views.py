"""The ballot page without scripts: filling in, what is refused, what is kept."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.builds.models import Build, Feature
from community.members.models import Member
from feedback.fourgrid.domain import drafts
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.ballots import save_ballot
from feedback.fourgrid.models import Ballot
from feedback.proposals.models import Proposal

HOUR = timedelta(hours=1)
MakeMember = Callable[..., Member]
MakeBuild = Callable[..., Build]


def address(build: Build) -> str:
    return f"/builds/{build.slug}/ballot/"


@pytest.fixture
def client(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def form(features: list[int], wishes: list[int]) -> dict[str, Any]:
    return {
        "mood": "sad",
        "loved": [str(features[1]), str(features[0]), "", "", ""],
        "loved_comment": [" clever ", "", "", "", ""],
        "let_down_none": "1",
        "wishes": [str(wishes[0]), "", ""],
        "comment_mood": "唉",
    }


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_strangers_are_invited_and_get_no_cookie(build: Build) -> None:
    response = Client().get(address(build))
    assert "Sign in and fill in" in text_of(response)
    assert f"?next={address(build)}" in response.content.decode()
    assert not response.cookies


def test_strangers_hear_that_ballots_are_not_open(make_build: MakeBuild) -> None:
    response = Client().get(address(make_build(state=Build.State.RECALLED)))
    assert "Ballots of this build are not open" in text_of(response)


def test_a_build_that_is_not_out_is_not_there(client: Client, make_build: MakeBuild) -> None:
    build = make_build(state=Build.State.SCHEDULED, published_at=None)
    assert client.get(address(build)).status_code == 404


def test_the_form_saves_what_was_filled_in(
    client: Client, build: Build, form: dict[str, Any], features: list[int], wishes: list[int]
) -> None:
    response = client.post(address(build), form, follow=True)
    ballot = Ballot.objects.get()
    assert (ballot.mood, ballot.loved) == (Ballot.Mood.SAD, [features[1], features[0]])
    assert (ballot.let_down, ballot.wishes) == ([], [wishes[0]])
    assert ballot.comments == {"mood": "唉", f"feature:{features[1]}": "clever"}
    assert bytes(ballot.receipt).hex() in text_of(response)
    assert "Your report counts" in text_of(response)


def test_what_is_missing_is_said_and_nothing_is_lost(
    client: Client, build: Build, form: dict[str, Any], features: list[int]
) -> None:
    del form["let_down_none"]
    response = client.post(address(build), form | {"mood": "", "wishes": ["x", "", ""]})
    page = response.content.decode()
    assert response.status_code == 400
    assert "Cell 1 is not answered" in page
    assert "Cell 3 is not answered" in page
    assert "Cell 4 must be a list of numbers." in page
    assert f'<option value="{features[1]}" selected>' in page
    assert "唉" in page
    assert not Ballot.objects.exists()


def test_a_late_form_is_refused_and_kept(
    client: Client, build: Build, form: dict[str, Any]
) -> None:
    Build.objects.filter(pk=build.pk).update(ballots_close_at=timezone.now())
    response = client.post(address(build), form)
    assert f"Ballots of {build.version} closed at" in text_of(response)
    assert "唉" in response.content.decode()


def test_a_draft_is_offered_again(client: Client, build: Build, member: Member) -> None:
    drafts.keep(
        member_id=member.pk,
        build_id=build.pk,
        raw={"mood": "hopeful", "wishes": []},
        at=timezone.now(),
    )
    page = client.get(address(build)).content.decode()
    assert 'value="hopeful" checked' in page
    assert 'name="wishes_none" value="1" data-none checked' in page
    assert "2 of 4 cells" in page


def test_a_wish_that_closed_meanwhile_is_not_offered(
    client: Client, build: Build, member: Member, answers: Answers
) -> None:
    save_ballot(member_id=member.pk, build_id=build.pk, answers=answers)
    Proposal.objects.filter(pk=answers.wishes[0]).update(status=Proposal.Status.SHIPPED)
    assert "3 of 4 cells" in client.get(address(build)).content.decode()


def test_the_ballot_stays_readable_after_the_close(
    client: Client, build: Build, member: Member, answers: Answers
) -> None:
    receipt = save_ballot(member_id=member.pk, build_id=build.pk, answers=answers).receipt
    Build.objects.filter(pk=build.pk).update(ballots_close_at=timezone.now())
    page = client.get(address(build))
    assert receipt.hex() in text_of(page)
    assert "closed at" in text_of(page)
    assert '<form class="ballot"' not in page.content.decode()
    assert Feature.objects.get(pk=answers.loved[0]).title in text_of(page)


def test_who_must_verify_first_is_told_where(make_member: MakeMember, build: Build) -> None:
    client = Client()
    client.force_login(make_member(verified=False))
    page = client.get(address(build)).content.decode()
    assert "verify your e-mail address first" in page
    assert 'href="/accounts/email/"' in page
    assert '<form class="ballot"' in page


def test_who_is_suspended_gets_no_form(make_member: MakeMember, build: Build) -> None:
    client = Client()
    client.force_login(make_member(suspended_until=timezone.now() + HOUR))
    page = client.get(address(build)).content.decode()
    assert "suspended until" in page
    assert '<form class="ballot"' not in page


def test_changes_without_an_area_come_last_and_areas_together(
    client: Client, make_build: MakeBuild
) -> None:
    build = make_build(areas=("", "Camera", "Power", "Camera"))
    page = client.get(address(build)).content.decode()
    groups = re.findall(r'<optgroup label="([^"]*)">(.*?)</optgroup>', page)[:3]
    assert [(area, found.count("<option")) for area, found in groups] == [
        ("Camera", 2),
        ("Power", 1),
        ("Everything else", 1),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_for_one_feature_as_for_three(
    count: int,
    client: Client,
    make_build: MakeBuild,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    build = make_build(areas=("Camera",) * count)
    with django_assert_max_num_queries(14):
        client.get(address(build))
