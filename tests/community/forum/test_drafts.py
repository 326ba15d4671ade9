"""Drafts: saved in two places, none is lost without a word."""

from datetime import timedelta

import pytest

from community.forum.domain.drafts import DraftChanged, save_draft
from community.forum.domain.posting import open_topic, reply
from community.forum.models import Board, Draft
from community.media.domain.pictures import remove_unused
from community.members.models import Member
from tests.community.media.making import kept_picture
from tests.community.members.making import AT, make_member
from tests.racing import at_once


def save(member: Member, seen: int, body: str, place: str = "new:chat") -> Draft:
    return save_draft(member=member, place=place, seen=seen, body=body, at=AT)


@pytest.mark.django_db
def test_a_draft_saved_elsewhere_is_not_written_over() -> None:
    member = make_member()
    first = save(member, 0, "one")
    assert save(member, first.version, "two").version == 2
    with pytest.raises(DraftChanged) as changed:
        save(member, first.version, "three")
    assert changed.value.theirs.body == "two"
    assert save(member, first.version, "two").version == 2  # sent again, its answer was lost


@pytest.mark.django_db
def test_pictures_of_a_draft_stay() -> None:
    member = make_member()
    picture = kept_picture(member)
    save(member, 0, picture.markdown)
    assert remove_unused(at=AT + timedelta(days=2)) == 0


@pytest.mark.django_db
def test_a_draft_is_gone_with_what_it_was_written_for() -> None:
    member, board = make_member(), Board.objects.get(slug="chat")
    save(member, 0, "x")
    topic = open_topic(board=board, title="标题", body="x", author=member, at=AT)
    save(member, 0, "x", f"reply:{topic.pk}")
    other = save(member, 0, "x", "reply:99")
    reply(topic=topic, author=member, body="x", submission_key=None, at=AT)
    assert Draft.objects.get() == other


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_at_once_one_is_told() -> None:
    member = make_member()
    seen = save(member, 0, "both").version
    tabs = [lambda body=body: save(member, seen, body) for body in ("a", "b")]
    answers = at_once(*tabs, refusals=(DraftChanged,))
    (kept,) = [answer for answer in answers if isinstance(answer, Draft)]
    (told,) = [answer for answer in answers if isinstance(answer, DraftChanged)]
    assert told.theirs.body == kept.body
