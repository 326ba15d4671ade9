"""What a few letters may stand for."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from community.forum.domain import posting
from community.forum.models import Board, Tag
from community.members.domain import accounts
from community.members.models import Member
from tests.community.builds.making import make_member

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def suggested(client: Client, **asked: object) -> list[str]:
    answer = client.get("/api/v1/suggestions/", asked)
    return [suggestion["name"] for suggestion in answer.json()]


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make_member("reader"), backend="community.members.signed_in.Backend")
    return client


@pytest.mark.parametrize("typed", ["xm", "xiaomi", "小", "XIAO", "@小米"])
def test_a_member_is_found_by_pinyin_and_initials(reader: Client, typed: str) -> None:
    make_member("小米")
    make_member("大米")
    assert suggested(reader, q=typed, kinds="member") == ["小米"]


def test_those_in_the_topic_come_first(reader: Client) -> None:
    make_member("小安")
    author = make_member("小张")
    board = Board.objects.get(slug="chat")
    topic = posting.open_topic(board=board, title="主题", body="正文", author=author, at=AT)
    assert suggested(reader, q="x") == ["小安", "小张"]
    assert suggested(reader, q="x", topic=topic.pk) == ["小张", "小安"]


def test_tags_are_suggested_too(reader: Client) -> None:
    Tag.objects.create(name="相机", folded="相机", spelled="xiangji xj")
    assert suggested(reader, q="xj", kinds="tag") == ["相机"]
    assert suggested(reader, q="xj", kinds="member") == []


def test_names_of_before_are_derived() -> None:
    member = make_member("小米")
    Member.objects.update(name_keys=None)
    assert accounts.derive_name_keys(Member.objects.filter(name_keys=None)) == 1
    member.refresh_from_db()
    assert "'xm'" in member.name_keys
