"""Columns: what belongs to one, when the next instalment is due, who sees it."""

from datetime import date, timedelta

import pytest
from django.test import Client

from community.forum.domain.posting import open_topic
from community.forum.models import Board, Column, Tag, Topic
from community.forum.queries.columns import instalments_of
from community.members.models import Member
from tests.community.members.making import AT, make_member, queries_for, signed_in

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 19)


def make_column(slug: str, *editors: Member, board: str = "chat") -> Column:
    tag = Tag.objects.create(name=slug, folded=slug)
    column = Column.objects.create(
        slug=slug, name=slug, name_zh=slug, schedule="Thursdays", schedule_zh="每周四",
        weekday=Column.Weekday.THURSDAY, begun_on=THURSDAY, tag=tag,
        board=Board.objects.get(slug=board),
    )  # fmt: skip
    column.editors.set(editors)
    return column


def write(column: Column, author: Member, *, days: int = 0, kind: str = "instalment") -> Topic:
    topic = open_topic(
        board=column.board, title=f"No. {days}", body="Words.", author=author, kind=kind,
        at=AT + timedelta(days=days),
    )  # fmt: skip
    topic.tags.add(column.tag)
    return topic


@pytest.fixture
def mei() -> Member:
    return make_member("mei")


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, THURSDAY),
        (THURSDAY, date(2026, 11, 26)),
        (date(2026, 11, 18), THURSDAY),
        (date(2026, 11, 20), date(2026, 11, 26)),
    ],
)
def test_the_next_one_is_due_on_the_weekday_after_the_last(last: date | None, due: date) -> None:
    column = Column(weekday=Column.Weekday.THURSDAY, begun_on=THURSDAY)
    assert column.due_on(last) == due


def test_only_instalments_by_editors_belong_to_it(mei: Member) -> None:
    column = make_column("glass", mei)
    ours = write(column, mei)
    write(column, make_member("somebody"))
    write(column, mei, kind="talk")
    assert list(instalments_of(column).topics) == [ours]


def test_the_archive_goes_on_where_a_page_ended(
    mei: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("community.forum.queries.columns.TOPICS_A_PAGE", 2)
    column = make_column("glass", mei)
    first, second, third = (write(column, mei, days=day) for day in range(3))
    page = instalments_of(column)
    assert list(page.topics) == [third, second]
    assert list(instalments_of(column, page.older).topics) == [first]


def test_editors_alone_are_told_that_one_is_overdue(client: Client, mei: Member) -> None:
    make_column("glass", mei)
    Column.objects.update(begun_on=THURSDAY - timedelta(days=3000))
    address = "/columns/glass/"
    assert "waited" not in client.get(address).text
    client.force_login(mei, backend="community.members.signed_in.Backend")
    assert "waited" in client.get(address).text


def test_a_column_on_a_board_for_staff_is_not_there_for_others(client: Client, mei: Member) -> None:
    make_column("inside", mei)
    Board.objects.filter(slug="chat").update(readers="staff")
    assert client.get("/columns/inside/").status_code == 404
    assert "inside" not in client.get("/columns/").text
    assert client.get("/api/v1/columns/inside/instalments/").status_code == 404


def test_columns_cost_the_same_however_many(mei: Member) -> None:
    client, asked = signed_in(mei), []
    pages = ["/columns/", "/columns/c0/", "/api/v1/columns/", "/api/v1/columns/c0/instalments/"]
    for n in range(3):
        write(make_column(f"c{n}", mei), mei)
        if n:
            write(Column.objects.get(slug="c0"), mei, days=n)
        asked.append([queries_for(client, page) for page in pages])
    assert asked[2] == asked[0]


def test_the_api_says_what_the_page_says(client: Client, mei: Member) -> None:
    column = make_column("glass", mei)
    topic = write(column, mei)
    (shown,) = client.get("/api/v1/columns/").json()
    assert (shown["editors"], shown["last"]["id"]) == (["mei"], topic.pk)
    page = client.get("/api/v1/columns/glass/instalments/").json()
    assert [row["id"] for row in page["results"]] == [topic.pk]
