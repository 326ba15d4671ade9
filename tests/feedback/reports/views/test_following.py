"""From a theme, a feature or a comment to somebody who does something about it."""

from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from community.builds.models import Engineer, Product
from community.forum.domain.boards import ensure_boards
from community.forum.models import Board, Topic
from community.members.models import Member
from community.notices.models import Notice
from feedback.reports.domain.following import Source
from feedback.reports.models import FollowUp, Theme, VoteReport
from tests.community.builds.making import make_member
from tests.feedback.reports.domain.themes.making import CRASH, the_theme, themed_report


@pytest.fixture(scope="module")
def made_themed(made_product: Product) -> VoteReport:
    ensure_boards()
    return themed_report(made_product, *CRASH)


@pytest.fixture
def themed(made_themed: VoteReport, db: None) -> VoteReport:
    return deepcopy(made_themed)


@pytest.fixture
def engineer(db: None) -> Member:
    """The member who is 林浩, an engineer of every build made here."""
    return make_member()


def address(report: VoteReport, **source: Any) -> str:
    query = "&".join(f"{name}={value}" for name, value in source.items())
    return f"{reverse('reports:follow', args=[report.build.slug])}?{query}"


def send(reader: Client, where: str, kind: str, **given: Any) -> None:
    fields = {"key": uuid4(), "title": "Camera dies", "text": "Since Friday."} | given
    data = {"kind": kind} | {f"{kind}-{name}": value for name, value in fields.items()}
    for _ in range(2):  # sent twice, made once
        assert reader.post(where, data).status_code == 302


def sources(reader: Client, report: VoteReport) -> dict[str, dict[str, Any]]:
    """A theme, a feature and a comment of the report, as addresses name them."""
    row = reader.get(reverse("reports:ballots", args=[report.build.slug])).context["shown"][0].row
    return {
        "theme": {"theme": the_theme(report, "crash").pk},
        "feature": {"feature": report.build.features.order_by("pk")[0].pk},
        "comment": {"ballot": row.handle, "place": "let_down"},
    }


def test_anything_becomes_anything_once_and_the_report_shows_it(
    reader: Client, themed: VoteReport
) -> None:
    hao = Engineer.objects.get(name="林浩")
    for name, source in sources(reader, themed).items():
        for kind in FollowUp.Kind:
            title = f"{kind} of a {name}"
            to = {"engineer": hao.pk} if kind == "note" else {}
            send(reader, address(themed, **source), kind, title=title, **to)
            made = FollowUp.objects.get(title=title)
            became = {"proposal": made.proposal, "topic": made.topic, "note": made.engineer}
            assert [each for each in became if became[each]] == [kind], title
        shown = reader.get(address(themed, **source)).content.decode()
        assert not [kind for kind in FollowUp.Kind if f"{kind} of a {name}" not in shown]


def test_what_was_made_of_one_comment_stands_at_that_comment_alone(
    reader: Client, themed: VoteReport
) -> None:
    comment = sources(reader, themed)["comment"]
    send(reader, address(themed, **comment), "topic")
    rows = reader.get(reverse("reports:ballots", args=[themed.build.slug])).context["shown"]
    other = address(themed, ballot=rows[1].row.handle, place="let_down")
    assert "What became of it" in reader.get(address(themed, **comment)).content.decode()
    assert "What became of it" not in reader.get(other).content.decode()
    whole = reverse("reports:detail", args=[themed.build.slug])
    assert "What became of it" in reader.get(whole).content.decode()


def test_a_site_without_a_board_for_bugs_says_so(reader: Client, themed: VoteReport) -> None:
    Board.objects.filter(slug="bugs").update(slug="faults")
    where = address(themed, theme=the_theme(themed, "crash").pk)
    sent = {
        "kind": "topic",
        "topic-title": "Camera dies",
        "topic-key": uuid4(),
        "topic-text": "It does.",
    }
    assert "no board for bugs" in reader.post(where, sent).content.decode()
    assert not FollowUp.objects.exists()


def test_a_note_goes_to_the_engineers_inbox_and_is_seen_to_be_read(
    client: Client, manager: Member, themed: VoteReport, engineer: Member
) -> None:
    hao = Engineer.objects.get(name="林浩")
    Engineer.objects.filter(pk=hao.pk).update(member=engineer)
    client.force_login(manager)
    feature = themed.build.features.order_by("pk")[0]
    where = address(themed, feature=feature.pk)
    send(client, where, "note", engineer=hao.pk)
    assert "not read yet" in client.get(where).content.decode()
    assert Notice.objects.filter(member=engineer, kind="reports.note").count() == 1

    client.force_login(engineer)
    assert "Since Friday." in client.get(reverse("reports:inbox")).content.decode()
    client.force_login(manager)
    assert "not read yet" not in client.get(where).content.decode()


def test_a_comment_is_followed_up_and_its_words_are_not_published(
    reader: Client, themed: VoteReport
) -> None:
    ballots = reader.get(reverse("reports:ballots", args=[themed.build.slug]))
    row = ballots.context["shown"][0].row
    where = address(themed, ballot=row.handle, place="let_down")
    page = reader.get(where)
    assert row.comments["let_down"] in page.content.decode()
    assert all(not form.initial["text"] for _kind, _label, form in page.context["forms"])
    send(reader, where, "topic")
    assert FollowUp.objects.get().place == "let_down"
    assert reader.get(address(themed, ballot="0" * 64, place="let_down")).status_code == 404
    assert reader.get(address(themed, theme=0)).status_code == 404


def test_a_topic_says_something(reader: Client, themed: VoteReport) -> None:
    where = address(themed, theme=the_theme(themed, "crash").pk)
    empty = {"kind": "topic", "topic-key": uuid4(), "topic-title": "Camera dies", "topic-text": ""}
    assert reader.post(where, empty).status_code == 200
    assert not FollowUp.objects.exists()


def test_a_theme_is_followed_up_in_sight_of_what_people_said(
    reader: Client, themed: VoteReport
) -> None:
    page = reader.get(address(themed, theme=the_theme(themed, "crash").pk))
    assert set(page.context["said"]) <= set(CRASH)
    assert len(page.context["said"]) == 3


@pytest.mark.parametrize(
    ("faces", "device"),
    [
        ({"Mi 5": 5, "other": 2}, "Mi 5"),
        ({"Mi 5": 4}, ""),
        ({"Mi 5": 5, "Mi Note": 5}, ""),
        ({"other": 9}, ""),
        ({"unknown": 9}, ""),
        ({}, ""),
    ],
)
def test_a_bug_topic_has_the_device_that_five_and_most_voters_have(
    faces: dict[str, int], device: str
) -> None:
    theme = Theme(ballots=sum(faces.values()), faces={"family": faces})
    assert Source(report=VoteReport(), theme=theme).device == device


def test_the_manager_chooses_where_no_device_is_clear(reader: Client, themed: VoteReport) -> None:
    themed.build.product.devices.create(family="Mi 5")
    where = address(themed, theme=the_theme(themed, "crash").pk)
    send(reader, where, "topic", title="As it is", device="")
    send(reader, where, "topic", title="Chosen", device="Mi 5")
    assert [Topic.objects.get(title=title).device for title in ("As it is", "Chosen")] == [
        "",
        "Mi 5",
    ]
