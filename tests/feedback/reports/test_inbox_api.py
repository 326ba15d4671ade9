"""Follow-ups and the engineer's inbox for programs."""

from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from community.builds.models import Engineer, Product
from community.forum.domain.boards import ensure_boards
from community.forum.models import Post
from community.members.models import Member
from feedback.reports.domain.listing import Asked, page
from feedback.reports.models import FollowUp, VoteReport
from tests.community.builds.making import make_engineer
from tests.community.members.making import make_member, queries_for, signed_in
from tests.feedback.reports.domain.themes.making import CRASH, the_theme, themed_report

NOTES = "/api/v1/inbox/notes/"


@pytest.fixture(scope="module")
def made_themed(made_product: Product) -> VoteReport:
    ensure_boards()
    return themed_report(made_product, *CRASH)


@pytest.fixture
def themed(made_themed: VoteReport, db: None) -> VoteReport:
    return deepcopy(made_themed)


@pytest.fixture
def hao(themed: VoteReport) -> Engineer:
    engineer = make_engineer("林浩")
    Engineer.objects.filter(pk=engineer.pk).update(member=make_member("hao"))
    engineer.refresh_from_db()
    return engineer


@pytest.fixture
def desk(hao: Engineer) -> Client:
    assert hao.member
    return signed_in(hao.member)


def follow_ups(report: VoteReport) -> str:
    return f"/api/v1/builds/{report.build.slug}/report/follow-ups"


def send(client: Client, path: str, sent: dict[str, Any], key: object = None) -> tuple[int, Any]:
    headers = {"Idempotency-Key": str(key)} if key else {}
    answer = client.post(path, sent, content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


def note(reader: Client, report: VoteReport, hao: Engineer, title: str = "Crash") -> dict[str, Any]:
    sent = {"kind": "note", "theme": the_theme(report, "crash").pk, "title": title}
    status, made = send(reader, follow_ups(report), sent | {"text": "Look", "engineer": hao.slug})
    assert status == 201, made
    return dict(made)


def test_anything_becomes_anything_once(reader: Client, themed: VoteReport, hao: Engineer) -> None:
    rows, _after = page(themed, Asked(comment="any"), at=timezone.now())
    comment = {"ballot": rows[0].handle, "place": "let_down"}
    feature = themed.build.features.order_by("pk")[0].pk
    became = {"proposal": "open", "topic": "open", "note": "unread"}
    for source in ({"theme": the_theme(themed, "crash").pk}, {"feature": feature}, comment):
        for kind in FollowUp.Kind.values:
            sent = {"kind": kind, "title": "Camera dies", "text": "Since Friday."} | source
            sent |= {"engineer": hao.slug} if kind == "note" else {}
            key = uuid4()
            (first, made), (second, again) = (
                send(reader, follow_ups(themed), sent, key) for _ in range(2)
            )
            assert (first, second, again) == (201, 201, made), sent
            assert {**made, **source}.items() <= made.items()
            assert made["became"] == became[kind]
    assert FollowUp.objects.count() == 9


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"kind": "proposal", "theme": 0x7FFF_FFFF, "title": "x"}, 404),
        ({"kind": "proposal", "title": "x"}, 404),
        ({"kind": "topic", "title": "x"}, 400),
        ({"kind": "note", "title": "x"}, 400),
        ({"kind": "letter", "title": "x"}, 400),
    ],
)
def test_what_is_not_there_is_not_followed_up(
    reader: Client, themed: VoteReport, sent: dict[str, Any], status: int
) -> None:
    assert send(reader, follow_ups(themed), sent)[0] == status
    assert not FollowUp.objects.exists()


def test_the_list_goes_on_by_a_cursor_at_the_same_cost(
    reader: Client,
    desk: Client,
    themed: VoteReport,
    hao: Engineer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from feedback.reports.api.follow_ups import NewestFollowUps

    asked = []
    for n in range(3):
        note(reader, themed, hao, title=str(n))
        asked.append((queries_for(reader, follow_ups(themed)), queries_for(desk, NOTES)))
    assert asked[2] == asked[0]
    monkeypatch.setattr(NewestFollowUps, "page_size", 2)
    first = reader.get(follow_ups(themed)).json()
    second = reader.get(first["next"]).json()
    titles = [[made["title"] for made in part["results"]] for part in (first, second)]
    assert titles == [["2", "1"], ["0"]]


def test_notes_are_read_done_and_replied_to(
    reader: Client, desk: Client, themed: VoteReport, hao: Engineer
) -> None:
    made = note(reader, themed, hao)
    (shown,) = desk.get(NOTES).json()["results"]
    assert (shown["id"], shown["read_at"], shown["done_at"]) == (made["id"], None, None)
    own = f"{NOTES}{made['id']}/"
    patched = desk.patch(own, {"is_done": True}, content_type="application/json").json()
    assert patched["read_at"]
    assert patched["done_at"]
    assert [each["id"] for each in desk.get(NOTES + "?is_done=true").json()["results"]]
    key, before = uuid4(), Post.objects.count()
    answers = [send(desk, f"{own}replies/", {"body": "On Friday."}, key) for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0][0] == 201
    assert Post.objects.count() == before + 1
    assert Post.objects.get(pk=answers[0][1]["post"]).is_official
    (became,) = reader.get(follow_ups(themed)).json()["results"]
    assert became["became"] == "replied"


def test_an_inbox_is_its_engineers_alone(
    reader: Client, manager: Member, themed: VoteReport, hao: Engineer
) -> None:
    made = note(reader, themed, hao)
    colleague = make_member("zoe")
    make_engineer("Zoe", member=colleague)
    for other in (reader, signed_in(colleague)):
        answer = other.patch(f"{NOTES}{made['id']}/", {}, content_type="application/json")
        assert answer.status_code == 404
        assert send(other, f"{NOTES}{made['id']}/replies/", {"body": "x"})[0] == 404
    assert signed_in(colleague).get(NOTES).json()["results"] == []


def test_letters_tell_totals_of_five_and_no_more(desk: Client, themed: VoteReport) -> None:
    (letter,) = desk.get("/api/v1/inbox/builds/").json()["results"]
    assert letter["build"] == themed.build.slug
    # Nobody named a change: six comments stand at the cell alone.
    assert {entry["named"] for entry in letter["entries"]} == {None}
    assert not [entry for entry in letter["entries"] if entry["complaints"] or entry["themes"]]
