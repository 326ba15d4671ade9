"""Who is told of a post: the right ones, once, whatever crashes in between."""

from typing import Any

import pytest

from community.forum.domain import bookmarks, posting, telling, watching
from community.forum.models import Board, Post, Tag, Topic, Watch
from community.forum.queries.watching import level_of
from community.forum.tasks import remind, remind_all_due, tell_all_untold
from community.members.models import Member, Relation
from community.notices.models import Heard, Notice
from tests.community.builds.making import make_member
from tests.community.notices.making import HOUR, NOW

pytestmark = pytest.mark.django_db
MUTED, NORMAL, TRACKING, WATCHING = Watch.Level


@pytest.fixture
def mei() -> Member:
    return make_member("mei")


@pytest.fixture
def topic(mei: Member) -> Topic:
    board = Board.objects.get(slug="bugs")
    opened = posting.open_topic(board=board, title="It hangs", body="Often.", author=mei, at=NOW)
    tell_all_untold(NOW)
    return opened


def reply(topic: Topic, by: Member, body: str = "Here too.", **fields: Any) -> Post:
    return posting.reply(
        topic=topic, author=by, body=body, submission_key=None, at=NOW + HOUR, **fields
    )


def told() -> dict[str, str]:
    """Each member's name with the kind they were told."""
    return {n.member.username: n.kind for n in Notice.objects.select_related("member")}


def watch(member: Member, what: Any, level: Watch.Level) -> None:
    watching.watch(member=member, what=what, level=level, at=NOW)


def test_an_answer_is_told_to_whom_it_answers_and_nobody_else(topic: Topic, mei: Member) -> None:
    hao, lan = make_member("hao"), make_member("lan")
    first = reply(topic, hao)
    reply(topic, lan, answers=first)
    tell_all_untold(NOW)
    assert told() == {"mei": "forum.reply", "hao": "forum.reply"}
    assert not Notice.objects.filter(member=lan).exists()
    notice = Notice.objects.get(member=hao)
    assert (str(notice), notice.url) == (
        "lan answered you in “It hangs”",
        topic.posts.get(number=3).get_absolute_url(),
    )


def test_the_most_personal_kind_wins(topic: Topic, mei: Member) -> None:
    watch(mei, topic, WATCHING)
    reply(topic, make_member("hao"), body="@mei look")
    tell_all_untold(NOW)
    assert told() == {"mei": "forum.mention"}


@pytest.mark.parametrize(
    ("board", "tag", "own", "is_told"),
    [
        (WATCHING, None, None, True),
        (WATCHING, None, NORMAL, False),
        (WATCHING, MUTED, None, False),
        (MUTED, WATCHING, None, True),
        (MUTED, MUTED, WATCHING, True),
        (TRACKING, None, None, False),
        (None, None, None, False),
    ],
)
def test_what_is_nearest_says_how_closely_one_watches(
    topic: Topic, board: Any, tag: Any, own: Any, is_told: bool
) -> None:
    lan, camera = make_member("lan"), Tag.objects.create(name="相机", folded="相机")
    topic.tags.add(camera)
    for what, level in ((topic.board, board), (camera, tag), (topic, own)):
        if level is not None:
            watch(lan, what, level)
    reply(topic, make_member("hao"))
    tell_all_untold(NOW)
    assert ("lan" in told()) is is_told
    chosen = [level for level in (own, tag, board) if level is not None]
    assert level_of(lan, topic) == (chosen[0] if chosen else NORMAL)


def test_muted_silences_everything(topic: Topic, mei: Member) -> None:
    watch(mei, topic, MUTED)
    reply(topic, make_member(), body="@mei please")
    assert tell_all_untold(NOW) == 0


def test_who_ignores_the_writer_is_told_nothing(topic: Topic, mei: Member) -> None:
    hao = make_member()
    Relation.objects.create(member=mei, other=hao, kind=Relation.Kind.IGNORES, since_at=NOW)
    reply(topic, hao, body="@mei")
    assert tell_all_untold(NOW) == 0


def test_who_may_not_read_the_board_is_told_nothing(topic: Topic) -> None:
    Board.objects.update(readers=Board.Readers.STAFF)
    moderator, staff = make_member("moderator"), make_member("staff", is_staff=True)
    topic.board.moderators.add(moderator)
    for member in (moderator, staff, make_member("lan")):
        watch(member, topic.board, WATCHING)
    reply(topic, make_member())
    tell_all_untold(NOW)
    assert set(told()) == {"moderator", "staff"}


@pytest.mark.parametrize("state", ["held_at", "hidden_at"])
def test_a_post_out_of_sight_is_told_once_it_is_seen(topic: Topic, state: str) -> None:
    post = reply(topic, make_member())
    Post.objects.filter(pk=post.pk).update(**{state: NOW})
    assert tell_all_untold(NOW) == 0
    Post.objects.filter(pk=post.pk).update(**{state: None})
    assert tell_all_untold(NOW) == 1


def test_followers_hear_of_new_topics_alone(topic: Topic, mei: Member) -> None:
    lan = make_member("lan")
    Relation.objects.create(member=lan, other=mei, kind=Relation.Kind.FOLLOWS, since_at=NOW)
    reply(topic, mei)
    posting.open_topic(board=topic.board, title="Louder", body="It is.", author=mei, at=NOW)
    tell_all_untold(NOW)
    assert told() == {"lan": "forum.followed"}


def test_who_writes_tracks_unless_they_chose(topic: Topic, mei: Member) -> None:
    assert level_of(mei, topic) == TRACKING
    watch(mei, topic, MUTED)
    reply(topic, mei)
    tell_all_untold(NOW)
    assert level_of(mei, topic) == MUTED


class Killed(Exception):
    pass


def test_killed_between_telling_and_noting_it_tells_once(
    topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, tell_each = reply(topic, make_member()), telling.tell_each

    def tell_and_die(*args: Any, **kwargs: Any) -> int:
        tell_each(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(telling, "tell_each", tell_and_die)
    with pytest.raises(Killed):
        telling.tell_about_post(post_id=post.pk, at=NOW)
    assert not Notice.objects.exists()
    monkeypatch.undo()
    assert tell_all_untold(NOW) == 1


@pytest.mark.parametrize(("remembers", "count"), [(True, 1), (False, 2)])
def test_told_twice_it_counts_once(topic: Topic, remembers: bool, count: int) -> None:
    """The control forgets who has heard of what, and counts twice."""
    reply(topic, make_member())
    tell_all_untold(NOW)
    if not remembers:
        Heard.objects.all().delete()
    Post.objects.update(is_told=False)
    tell_all_untold(NOW)
    assert Notice.objects.get(member=topic.author_id).count == count


@pytest.mark.parametrize("watchers", [1, 3])
def test_any_number_of_watchers_costs_the_same(
    topic: Topic, watchers: int, django_assert_num_queries: Any
) -> None:
    for _n in range(watchers):
        watch(make_member(), topic, WATCHING)
    post = reply(topic, make_member())
    with django_assert_num_queries(10):
        telling.tell_about_post(post_id=post.pk, at=NOW)


def test_a_reminder_comes_once_when_its_hour_has_come(topic: Topic, mei: Member) -> None:
    post = topic.posts.get()
    for _twice in range(2):
        bookmark = bookmarks.keep(
            member=mei, post=post, note="Try again", remind_at=NOW + HOUR, at=NOW
        )
    assert remind_all_due(NOW) == 0
    assert [remind_all_due(NOW + HOUR), remind_all_due(NOW + HOUR)] == [1, 0]
    assert not bookmarks.remind(bookmark_id=bookmark.pk, at=NOW + HOUR)
    notice = Notice.objects.get()
    assert (notice.kind, notice.excerpt) == ("forum.reminder", "Try again")
    remind()
