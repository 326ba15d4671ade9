"""The demo's conversations: many people, both languages, hardly anything said twice."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache

from community.text import names
from orangefriday.demo import calendar
from orangefriday.demo.boards import MORE_BOARDS
from orangefriday.demo.casting import STAFF
from orangefriday.demo.compose import PostDraft, TopicDraft, Weeks, compose
from orangefriday.demo.pools import pools
from orangefriday.demo.regulars import has_han, regulars
from orangefriday.demo.scenes import Say, Turns, scenes

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
FIRST_BOARDS = {"ideas", "bugs", "experience", "help", "chat"}


@cache
def talk(at: datetime = NOW) -> list[TopicDraft]:
    plan = calendar.weeks(at, 8)
    fridays = [
        datetime.combine(day, datetime.min.time(), calendar.SHANGHAI) + timedelta(hours=17)
        for day in (*plan.awarded, plan.open)
    ]
    versions = tuple(f"{day.year - 2020}.{day.month}.{day.day}" for day in fridays)
    awards = tuple(friday + timedelta(days=4, hours=17) for friday in fridays[:-1])
    return compose(Weeks(versions, tuple(fridays), awards), at=at)


def posts(drafts: list[TopicDraft]) -> list[PostDraft]:
    return [post for draft in drafts for post in draft.posts]


def test_it_is_as_large_as_a_community_of_eight_weeks() -> None:
    drafts = talk()
    assert len(drafts) >= 400
    assert len(posts(drafts)) >= 6000
    assert max(len(draft.posts) for draft in drafts) > 400
    members = {post.author for post in posts(drafts)} - {one.username for one in STAFF.values()}
    assert len(members) == len(regulars()) == 200


def test_hardly_anything_is_said_twice() -> None:
    said = Counter(post.body for post in posts(talk()))
    assert max(said.values()) <= 6
    assert sum(said.values()) - len(said) < 0.1 * sum(said.values())


def test_most_of_it_was_written_by_hand() -> None:
    steps = [step for scene in scenes() for step in scene.steps]
    lines = {line for step in steps if isinstance(step, Say) for line in step.versions}
    lines |= {line for step in steps if isinstance(step, Turns) for line in step.items}
    lines |= {line for pool in pools().values() for line in pool}
    chinese = sum(has_han(line) for line in lines)
    assert chinese >= 1500
    assert len(lines) - chinese >= 1500


def test_three_fifths_are_in_chinese() -> None:
    chinese = sum(has_han(post.body) for post in posts(talk()))
    assert 0.5 < chinese / len(posts(talk())) < 0.7


def test_every_board_has_its_conversations() -> None:
    boards = Counter(draft.scene.board for draft in talk())
    extra = {str(board["slug"]) for board in MORE_BOARDS}
    assert set(boards) == {"build", "award"} | FIRST_BOARDS | extra
    assert min(boards.values()) >= 5


def test_talk_goes_forward_and_never_beyond_now() -> None:
    for at in (NOW, NOW - timedelta(days=2)):
        for draft in talk(at):
            moments = [post.at for post in draft.posts]
            assert moments == sorted(moments), draft.title
            assert moments[-1] < at, draft.title


def test_the_week_has_its_rhythm() -> None:
    local = [post.at.astimezone(calendar.SHANGHAI) for post in posts(talk())]
    fridays = sum(moment.weekday() == 4 for moment in local)
    nights = sum(2 <= moment.hour < 6 for moment in local)
    assert fridays > len(local) / 7
    assert nights < len(local) / 12


def test_the_same_moment_gives_the_same_talk() -> None:
    again = talk.__wrapped__(NOW)
    assert [draft.posts for draft in again] == [draft.posts for draft in talk()]


def test_no_blank_is_left_open() -> None:
    assert not [post.body for post in posts(talk()) if "{" in post.body]


def test_members_have_names_that_could_be_taken() -> None:
    for regular in regulars():
        assert names.clean(regular.name) == regular.name
        assert names.clean(regular.username) == regular.username
