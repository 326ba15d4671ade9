"""A wish asked, accepted, built, shipped and rated, as each reader may see it when."""

import re

import pytest
from django.test import Client

from community.builds.domain import week as weeks
from community.builds.models import Build
from community.members.models import Member
from feedback.proposals.domain import answer_proposal, shipping
from feedback.proposals.models import Proposal
from tests.community.builds.making import PUBLISH
from tests.community.members.making import make_member, signed_in
from tests.feedback.proposals.making import IN_FIRST, Rounds, make_rounds
from tests.feedback.reports.making import close, put, vote

pytestmark = pytest.mark.django_db
Status = Proposal.Status


def done(client: Client, wish: Proposal) -> list[str]:
    """The steps of its journey that are behind it, as the page shows them."""
    page = client.get(wish.get_absolute_url()).content.decode()
    return re.findall(r'<li class="is-done"><strong>(\w+)</strong>', page)


def shipped(week: Rounds, wish: Proposal) -> Build:
    built_as = week.first.features.order_by("pk").first()
    plan = {"accepted_for": week.first, "built_as": built_as, "at": IN_FIRST}
    answer_proposal(proposal=wish, status=Status.IN_DEVELOPMENT, **plan)
    weeks.publish(build_id=week.first.pk, at=PUBLISH)
    assert shipping.ship_due(at=PUBLISH) == [wish.pk]
    return Build.objects.get(pk=week.first.pk)


def test_each_step_shows_when_it_is_true(client: Client) -> None:
    week = make_rounds()
    wish = week.wish(author=make_member(display_name="小明"))
    assert done(client, wish) == ["Asked"]
    answer_proposal(proposal=wish, status=Status.ACCEPTED, accepted_for=week.first, at=IN_FIRST)
    assert done(client, wish) == ["Asked", "Accepted"]
    build = shipped(week, wish)
    assert done(client, wish) == ["Asked", "Accepted", "Built", "Shipped"]
    change = build.features.order_by("pk")[0].pk
    put([vote(build, loved=[change]) for _ in range(5)] + [vote(build, let_down=[change])])
    # While ballots are open, nobody who has not voted is told how it goes.
    assert "Rated" not in done(client, wish)
    close(build)
    assert done(client, wish)[-1] == "Rated"
    page = client.get(wish.get_absolute_url()).content.decode()
    assert "5 loved it" in page
    assert "1 were let down" in page


@pytest.mark.parametrize(("rule", "is_told"), [("after_voting", True), ("after_close", False)])
def test_who_has_voted_sees_it_rated_as_far_as_the_build_allows(rule: str, is_told: bool) -> None:
    week = make_rounds()
    Build.objects.filter(pk=week.first.pk).update(result_rule=rule)
    wish = week.wish()
    build = shipped(week, wish)
    change = build.features.order_by("pk")[0].pk
    ballots = put(vote(build, loved=[change]) for _ in range(20))
    voter: Member = ballots[0].member
    assert ("Rated" in done(signed_in(voter), wish)) is is_told
    assert "Rated" not in done(signed_in(make_member()), wish)
