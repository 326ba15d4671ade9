"""Polls on topics and on pages of their own: voting without scripts, results by the poll's rule."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from community.forum.domain.moderation.merging import merge
from community.members.models import Member
from community.moderation.models import LogEntry
from feedback.polls.domain import closing
from feedback.polls.models import Choice, Poll
from tests.community.members.making import make_member, signed_in
from tests.feedback.polls.making import ids, make_poll, make_topic, vote

pytestmark = pytest.mark.django_db
# What no page, file or answer of the API may hold before results are shown.
NUMBERS = ("leads with", '"place"', "my vote", "place\r\n")


def answers(client: Client, poll: Poll) -> dict[str, HttpResponseBase]:
    """Everywhere a poll is told of."""
    return {
        address: client.get(address)
        for address in (
            poll.topic.get_absolute_url(),
            poll.get_absolute_url(),
            f"/polls/{poll.pk}/voters/",
            f"/api/v1/polls/{poll.pk}/",
            f"/api/v1/topics/{poll.topic_id}/polls/",
            *(
                f"{start}/polls/{poll.pk}/files/{name}"
                for start in ("", "/api/v1")
                for name in ("result.csv", "ballots.csv", "poll.json")
            ),
        )
    }


def text_of(answer: HttpResponseBase) -> str:
    if answer.status_code != 200:
        return ""
    if answer.streaming:
        return b"".join(answer.streaming_content).decode()
    return answer.content.decode()


@pytest.mark.parametrize("results", ["after_vote", "after_close"])
def test_poll_voters_shown_without_a_visibility_check(results: str) -> None:
    voter, maker = make_member(), make_member()
    poll = make_poll(by=maker, results=results, is_secret=False)
    vote(poll, "M", voter)
    admin = make_member(is_superuser=True)
    for client in (Client(), signed_in(make_member()), signed_in(maker), signed_in(admin)):
        for address, answer in answers(client, poll).items():
            told = text_of(answer)
            assert voter.username not in told, address
            assert str(voter) not in told, address
            assert not [word for word in NUMBERS if word in told], address
    own = answers(signed_in(voter), poll)
    assert own[f"/polls/{poll.pk}/voters/"].status_code == (200 if results == "after_vote" else 404)
    # And control: when it has closed, everybody is told.
    closing.end(poll_id=poll.pk)
    told = {address: text_of(answer) for address, answer in answers(Client(), poll).items()}
    assert [address for address, text in told.items() if not text] == []
    assert str(voter) in told[f"/polls/{poll.pk}/voters/"]


def test_a_secret_poll_never_names_its_voters() -> None:
    voter = make_member()
    poll = make_poll(kind="ranked", method="runoff")
    vote(poll, "MN", voter)
    vote(poll, "MN")
    closing.end(poll_id=poll.pk)
    told = {a: text_of(answer) for a, answer in answers(Client(), poll).items()}
    assert [a for a, text in told.items() if voter.username in text or str(voter) in text] == []
    assert (
        told[f"/polls/{poll.pk}/files/ballots.csv"].splitlines()[1] == "2,,Memphis,Nashville,,"[:20]
    )
    assert json.loads(told[f"/polls/{poll.pk}/files/poll.json"])["ballots"] == [
        {"ballots": 2, "voter": None, "choices": ["Memphis", "Nashville"]}
    ]


def test_a_ranking_is_sent_by_numbers_without_scripts() -> None:
    member, poll = make_member(), make_poll(kind="ranked", method="schulze")
    client = signed_in(member)
    first, second = ids(poll, "KM")
    sent = {f"rank-{pk}": "" for pk in ids(poll)} | {f"rank-{first}": "1", f"rank-{second}": "3"}
    answer = client.post(f"/polls/{poll.pk}/vote/", sent)
    assert answer.headers["Location"].endswith(f"#poll-{poll.pk}")
    assert list(Choice.objects.order_by("rank").values_list("option", flat=True)) == [first, second]
    twice = client.post(f"/polls/{poll.pk}/vote/", sent | {f"rank-{second}": "1"})
    assert twice.status_code == 422
    assert "Two options stand at the same place." in twice.content.decode()


def test_a_poll_is_put_into_a_topic_by_whoever_opened_it() -> None:
    author, other = make_member(), make_member()
    topic = make_topic(author)
    address = f"/forum/topics/{topic.pk}/polls/new/"
    closes_at = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    sent = {
        "title": "Where to?", "options": "A\n\nB\n", "way": "runoff", "closes_at": closes_at,
        "eligibility": "level", "level": "2", "results": "after_close", "takes_additions": "on",
    }  # fmt: skip
    assert signed_in(other).post(address, sent).status_code == 404
    client = signed_in(author)
    assert "Add a poll" in client.get(topic.get_absolute_url()).content.decode()
    assert client.post(address, sent | {"options": "A"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    poll = Poll.objects.get()
    assert (poll.kind, poll.method, poll.level) == ("ranked", "runoff", 2)
    assert client.post(f"/polls/{poll.pk}/manage/", {"text": "C"}).status_code == 302
    assert signed_in(other).post(f"/polls/{poll.pk}/end/").status_code == 404
    assert client.post(f"/polls/{poll.pk}/end/").status_code == 302
    assert Poll.objects.get().closed_at


def test_a_moderator_removes_a_poll_with_its_votes_and_the_log_keeps_what_was_asked() -> None:
    poll = make_poll()
    vote(poll, "M")
    assert signed_in(poll.made_by).post(f"/polls/{poll.pk}/withdraw/").status_code == 302
    assert Poll.objects.exists()
    signed_in(make_member(is_superuser=True)).post(f"/polls/{poll.pk}/withdraw/")
    assert not Poll.objects.exists()
    assert LogEntry.objects.get(act="remove_poll").detail["ballots"] == 1


def test_polls_go_along_with_a_merged_topic() -> None:
    poll, target = make_poll(), make_topic(make_member())
    merge(source=poll.topic, target=target, by=make_member(is_superuser=True), at=timezone.now())
    assert f'id="poll-{poll.pk}"' in Client().get(target.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", [None, make_member])
def test_three_polls_cost_as_many_queries_as_one_and_none_costs_nothing(
    who: Callable[[], Member] | None,
) -> None:
    member = who() if who else None
    author = make_member()
    none, one, three = (make_topic(author) for _ in range(3))
    for topic in (one, three, three, three):
        make_poll(topic, by=author)
    told = [len(_queries(f"/api/v1/topics/{t.pk}/polls/", member)) for t in (one, three)]
    assert told[0] == told[1]
    costs = [_queries(topic.get_absolute_url(), member) for topic in (none, one, three)]
    assert [sql for sql in costs[0] if "polls_" in sql] == []
    assert len(costs[1]) == len(costs[2]) <= len(costs[0]) + 7


def test_voters_cost_no_queries_each() -> None:
    poll = make_poll(is_secret=False)
    reader, pages = vote(poll, "M"), (f"/polls/{poll.pk}/voters/", poll.get_absolute_url())
    with_one = [len(_queries(page, reader)) for page in pages]
    for _more in range(2):
        vote(poll, "N")
    assert [len(_queries(page, reader)) for page in pages] == with_one


def _queries(address: str, member: Member | None) -> list[Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(member) if member else Client()
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return [query["sql"] for query in caught.captured_queries]
