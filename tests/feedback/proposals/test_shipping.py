"""A wish ships with its build, and everybody who asked is told, once, whatever happens."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from community.builds.domain import week as weeks
from community.builds.models import Build
from community.forum.domain.posting import reply
from community.forum.domain.watching import watch
from community.forum.models import Watch
from community.forum.tasks import tell_all_untold
from community.notices.models import Notice
from feedback.proposals.domain import answer_proposal, merge, shipping, telling
from feedback.proposals.models import Proposal, ShippedNews
from tests.community.builds.making import DAY, DRAFTED, PUBLISH
from tests.community.members.making import make_member, signed_in
from tests.feedback.proposals.making import IN_FIRST, Rounds, make_rounds, put

pytestmark = pytest.mark.django_db
Status = Proposal.Status
SOON = PUBLISH + timedelta(minutes=1)


def plan(week: Rounds, wish: Proposal) -> None:
    """Accepted, with the change that will be it."""
    answer_proposal(
        proposal=wish,
        status=Status.IN_DEVELOPMENT,
        accepted_for=week.first,
        built_as=week.first.features.order_by("pk").first(),
        at=IN_FIRST,
    )


def told() -> list[str]:
    shipped = Notice.objects.filter(kind=shipping.NOTICE)
    return sorted(shipped.values_list("member__username", flat=True))


def test_everybody_who_wrote_voted_or_followed_is_told_once() -> None:
    week = make_rounds()
    author, voter, elsewhere, follower, talker, muted, stranger = (
        make_member(f"one-{name}") for name in "abcdefg"
    )
    wish, same = week.wish(author=author), week.wish("录音", author=stranger)
    assert wish.topic
    put(voter, wish, week.first, 1)
    put(elsewhere, same, week.first, 1)
    merge(proposal=same, into=wish, by=None, at=IN_FIRST)
    watch(member=follower, what=wish.topic, level=Watch.Level.WATCHING, at=IN_FIRST)
    watch(member=muted, what=wish.topic, level=Watch.Level.MUTED, at=IN_FIRST)
    reply(topic=wish.topic, author=talker, body="+1", submission_key=None, at=IN_FIRST)
    tell_all_untold(IN_FIRST)
    plan(week, wish)
    weeks.publish(build_id=week.first.pk, at=PUBLISH)
    assert shipping.ship_due(at=SOON) == [wish.pk]
    for _again in range(2):
        shipping.tell_shipped(at=SOON)
    assert told() == [f"one-{name}" for name in "abcdeg"]
    assert str(Notice.objects.filter(kind=shipping.NOTICE)[0]).startswith("You asked, ")


def test_a_run_that_was_killed_is_taken_up_and_nobody_hears_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    week = make_rounds()
    wish = week.wish()
    for n in range(4):
        put(make_member(f"v{n}"), wish, week.first, 1)
    plan(week, wish)
    weeks.publish(build_id=week.first.pk, at=PUBLISH)
    shipping.ship_due(at=SOON)
    tell, calls = telling.tell, []

    def dies(**said: Any) -> int:
        calls.append(said)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return tell(**said)

    monkeypatch.setattr(telling, "tell", dies)
    with pytest.raises(KeyboardInterrupt):
        shipping.tell_shipped(at=SOON, most=2)
    assert told() == ["v0", "v1"]
    assert shipping.tell_shipped(at=SOON, most=2).members == 2
    assert told() == ["v0", "v1", "v2", "v3"]
    assert list(Notice.objects.values_list("count", flat=True)) == [1] * 4
    assert ShippedNews.objects.get().told == 4


@pytest.mark.parametrize("why", ["not out", "recalled", "long ago"])
def test_nobody_is_told_too_early_too_late_or_of_what_was_taken_back(why: str) -> None:
    week = make_rounds()
    wish, at = week.wish(author=make_member()), SOON
    plan(week, wish)
    if why != "not out":
        weeks.publish(build_id=week.first.pk, at=PUBLISH)
    if why == "recalled":
        weeks.recall(build_id=week.first.pk, reason="x", at=SOON)
    if why == "long ago":
        feature = week.first.features.order_by("pk").first()
        Proposal.objects.update(status=Status.SHIPPED, built_as=None, shipped_as=feature)
        at = PUBLISH + 15 * DAY
    shipping.ship_due(at=at)
    shipping.tell_shipped(at=at)
    assert told() == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_shows_the_way_from_asked_to_rated(client: Client, language: str) -> None:
    manager = make_member()
    week = make_rounds(manager)
    wish = week.wish(author=make_member(display_name="小明"))
    plan(week, wish)
    weeks.publish(build_id=week.first.pk, at=PUBLISH)
    shipping.ship_due(at=SOON)
    client.cookies["django_language"] = language
    page = client.get(wish.get_absolute_url()).content.decode()
    build = Build.objects.get(pk=week.first.pk)
    for shown in ("小明", "林浩", "Mei", f"/builds/{build.slug}/#feature-", build.version):
        assert shown in page
    assert "小明" in client.get(f"/builds/{build.slug}/").content.decode()
    assert signed_in(manager).get("/plan/").status_code == 200


def test_a_wish_planned_for_a_build_stands_in_the_plan(client: Client) -> None:
    week = make_rounds()
    wish = week.wish()
    answer_proposal(proposal=wish, status=Status.ACCEPTED, accepted_for=week.first, at=DRAFTED)
    assert str(wish) in client.get("/plan/").content.decode()
