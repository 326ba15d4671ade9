"""/api/v1/polls/: making a poll, voting, taking it back, ending it."""

import pytest
from django.test import Client

from feedback.polls.models import Poll, PollBallot
from tests.community.builds.making import State, make_build
from tests.community.members.making import make_member, signed_in
from tests.feedback.polls.making import ids, make_poll, make_topic, vote

pytestmark = pytest.mark.django_db
JSON = "application/json"


def test_a_poll_from_making_to_its_result() -> None:
    author, voter = make_member(), make_member()
    topic, maker, client = make_topic(author), signed_in(author), signed_in(voter)
    sent = {"title": "Where to?", "options": ["A", "B"], "kind": "ranked", "method": "schulze"}
    made = maker.post(f"/api/v1/topics/{topic.pk}/polls/", sent, JSON).json()
    first, second = (option["id"] for option in made["options"])
    address = f"/api/v1/polls/{made['id']}/"
    for revision, options in ((1, [second, first]), (1, [second, first]), (2, [first])):
        told = client.put(f"{address}vote", {"options": options}, JSON).json()
        assert told == {"options": options, "revision": revision}
    assert client.get(address).json()["my_choices"] == [first]
    assert maker.post(f"{address}end").status_code == 200
    outcome = Client().get(address).json()["outcome"]
    assert (outcome["winners"], outcome["pairs"]) == ([first], [[0, 1], [0, 0]])
    assert outcome["sentence"].startswith("“A” wins by the Schulze method")
    late = client.delete(f"{address}vote")
    assert (late.status_code, late.json()["code"]) == (409, "poll_closed")


def test_refusals_say_which_field() -> None:
    author = make_member()
    client, topic = signed_in(author), make_topic(author)
    build = make_build(State.PUBLISHED)
    sent = {"title": "Where to?", "options": ["A", "B"]}
    for wrong, field in (
        ({"method": "schulze"}, "method"),
        ({"eligibility": "voted"}, "build"),
        ({"eligibility": "voted", "build": "none"}, "build"),
        ({"build": build.slug}, "build"),
    ):
        answer = client.post(f"/api/v1/topics/{topic.pk}/polls/", sent | wrong, JSON)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    poll = make_poll()
    answer = client.put(f"/api/v1/polls/{poll.pk}/vote", {"options": ids(poll, "MN")}, JSON)
    assert answer.json()["errors"]["options"] == ["Choose at most 1."]
    strange = signed_in(make_member()).post(f"/api/v1/topics/{topic.pk}/polls/", sent, JSON)
    assert strange.status_code == 403


def test_taking_back_and_withdrawing() -> None:
    poll = make_poll()
    member = vote(poll, "M")
    assert poll.made_by
    maker, address = signed_in(poll.made_by), f"/api/v1/polls/{poll.pk}/"
    assert maker.delete(address).json()["code"] == "has_votes"
    assert signed_in(member).delete(f"{address}vote").status_code == 204
    assert PollBallot.objects.get().revision == 2
    assert maker.delete(address).status_code == 204
    assert not Poll.objects.exists()
