"""The staff log: nobody edits it, and acts are taken back once."""

import pytest
from django.db import DatabaseError, connection, transaction

from community.moderation.domain import undoing
from community.moderation.domain.log import record
from community.moderation.models import LogEntry
from community.moderation.queries import looks_at
from community.moderation.templatetags.moderation import thing
from tests.community.members.making import AT, make_member
from tests.community.moderation.making import make_case, make_moderator, make_post_of, settled

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE moderation_logentry SET by_name = 'x'",
        "DELETE FROM moderation_logentry",
        "TRUNCATE moderation_logentry",
    ],
)
def test_the_database_refuses_to_change_a_line(attempt: str) -> None:
    record(by=make_member(), act="hide_post", subject="post:1", at=AT)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attempt)
    assert LogEntry.objects.count() == 1


def test_members_see_who_looked_at_their_data_and_no_other_acts() -> None:
    member, staff = make_member(), make_member()
    record(by=staff, act="read_member", subject="member:x", about=[member.pk], at=AT)
    record(by=staff, act="add_note", subject="member:x", at=AT)
    assert [look.by for look in looks_at(member)] == [staff]
    assert not looks_at(staff)


def test_an_act_is_taken_back_once() -> None:
    case = settled(make_case(), "hidden")
    entry, by = LogEntry.objects.get(act="hide_post"), make_moderator()
    undoing.undo(entry=entry, by=by, at=AT)
    assert make_post_of(case).hidden_at is None
    with pytest.raises(undoing.CannotBeUndone):
        undoing.undo(entry=entry, by=by, at=AT)
    with pytest.raises(undoing.CannotBeUndone):
        undoing.undo(entry=LogEntry.objects.get(act="settle_case"), by=by, at=AT)


@pytest.mark.parametrize(
    ("subject", "said"),
    [("member:zoe", "member zoe"), ("post:12", "post 12"), ("build:7.0", "build 7.0")],
)
def test_the_log_says_in_words_what_an_act_was_done_to(subject: str, said: str) -> None:
    assert thing(LogEntry(subject=subject)) == said
