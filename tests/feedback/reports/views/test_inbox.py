"""An engineer's inbox: totals, words and notes, nobody's name, and an official reply."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from community.builds.models import Engineer, Feature, Product
from community.forum.domain.boards import ensure_boards
from community.forum.models import Post
from community.members.models import Member
from feedback.reports.api.inbox import LatestFirst
from feedback.reports.domain import inbox
from feedback.reports.models import FollowUp, InboxReply, VoteReport
from tests.community.builds.making import MINUTE, make_engineer
from tests.community.members.making import make_member, queries_for, signed_in
from tests.feedback.reports.making import FROZEN, close, open_build, put, store, vote

INBOX = "/inbox/"


@pytest.fixture
def engineer(db: None) -> Member:
    """The member who is 林浩, an engineer of every build made here."""
    member = make_member("hao")
    make_engineer("林浩", member=member)
    return member


@pytest.fixture
def desk(engineer: Member) -> Client:
    return signed_in(engineer)


@pytest.fixture
def told(product: Product, engineer: Member) -> VoteReport:
    """Five voters praise the first change; one is let down by it, and alone names the second."""
    ensure_boards()
    build = open_build(product)
    first, second = build.features.order_by("pk")[:2]
    said = {f"feature:{first.pk}": "Lovely"}
    put(vote(build, loved=[first.pk], comments=said, family="Mi 5") for _ in range(5))
    alone = {f"feature:{first.pk}": "Only me", f"feature:{second.pk}": "Me again"}
    put([vote(build, let_down=[first.pk, second.pk], comments=alone)])
    close(build)
    return store(build_id=build.pk, at=FROZEN)


def change(report: VoteReport) -> Feature:
    first = report.build.features.select_related("build__topic").order_by("pk").first()
    assert first
    return first


def note_to(report: VoteReport, name: str = "林浩", **fields: Any) -> FollowUp:
    return FollowUp.objects.create(
        report=report,
        kind=FollowUp.Kind.NOTE,
        engineer=Engineer.objects.get(name=name),
        title="Charging",
        text="Many ask for a switch.",
        made_at=FROZEN,
        submission_key=uuid4(),
        **fields,
    )


def reply_address(report: VoteReport, side: str = "loved") -> str:
    return reverse("reports:reply_to_voters", args=[change(report).pk, side])


def test_it_tells_totals_and_words_and_nobody(desk: Client, told: VoteReport) -> None:
    page = desk.get(INBOX)
    entries = {entry.feature: entry for entry in page.context["letters"][0].entries}
    first, second = told.build.features.order_by("pk")[:2]
    assert entries[first.pk].praise == ["Lovely"] * 5
    # Of a handful nothing: one complaint would be one voter's.
    assert (entries[first.pk].complaints, entries[second.pk].row) == ([], None)
    html = page.content.decode()
    assert not [word for word in ("Only me", "Me again", "Mi 5") if word in html]


def test_while_the_window_is_open_it_tells_nothing(
    desk: Client, product: Product, engineer: Member
) -> None:
    build = open_build(product)
    first = build.features.order_by("pk")[0]
    put(vote(build, loved=[first.pk], comments={"loved": "Lovely"}) for _ in range(6))
    assert desk.get(INBOX).context["letters"] == []
    assert desk.get("/api/v1/inbox/builds/").json()["results"] == []
    for address in ("/inbox/features/{}/loved/reply/", "/api/v1/inbox/features/{}/loved/replies/"):
        assert desk.post(address.format(first.pk), {"body": "x"}).status_code == 404


def test_the_menu_counts_what_is_new_until_the_inbox_is_opened(
    desk: Client, told: VoteReport
) -> None:
    note_to(told)
    assert "2 new" in desk.get("/notices/").content.decode()
    desk.get(INBOX)
    after = desk.get("/notices/").content.decode()
    assert "Engineer's inbox" in after
    assert "2 new" not in after


def test_others_have_no_inbox_and_no_way_to_it(reader: Client, told: VoteReport) -> None:
    note = note_to(told)
    assert "Engineer's inbox" not in reader.get("/notices/").content.decode()
    for address in (INBOX, f"/inbox/notes/{note.pk}/reply/", reply_address(told)):
        assert reader.get(address).status_code == 404
    assert reader.post(f"/inbox/notes/{note.pk}/done/").status_code == 404
    colleague = make_member("zoe")
    make_engineer("梅", member=colleague)
    assert signed_in(colleague).get(f"/inbox/notes/{note.pk}/reply/").status_code == 404
    assert signed_in(colleague).get(reply_address(told)).status_code == 404


def test_a_reply_to_voters_is_an_official_post_once(desk: Client, told: VoteReport) -> None:
    sent = {"body": "A switch comes on Friday.", "key": uuid4()}
    before = Post.objects.count()
    for _again in range(2):
        assert desk.post(reply_address(told), sent).status_code == 302
    assert Post.objects.count() == before + 1
    post = InboxReply.objects.get().post
    assert (post.is_official, post.topic) == (True, change(told).build.topic)
    # It says of which change it speaks, in a topic that speaks of all; and quotes no voter.
    assert post.body == f"[[/features/{change(told).pk}/]]\n\nA switch comes on Friday."
    assert f'href="/features/{change(told).pk}/"' in post.html
    assert post.get_absolute_url() in desk.get(INBOX).content.decode()


def test_a_reply_to_a_note_makes_it_done_and_the_manager_sees_it(
    desk: Client, manager: Member, told: VoteReport
) -> None:
    note = note_to(told, feature=change(told))
    desk.post(f"/inbox/notes/{note.pk}/reply/", {"body": "On Friday.", "key": uuid4()})
    assert desk.get(INBOX).context["notes"] == []
    assert desk.get(INBOX + "?done").context["notes"] == [note]
    report = signed_in(manager).get(reverse("reports:detail", args=[told.build.slug]))
    assert InboxReply.objects.get().post.get_absolute_url() in report.content.decode()


def test_a_note_is_done_and_taken_up_again(desk: Client, told: VoteReport) -> None:
    note = note_to(told)
    for done, shown in (("1", []), ("0", [note])):
        desk.post(f"/inbox/notes/{note.pk}/done/", {"done": done})
        assert desk.get(INBOX).context["notes"] == shown


def test_what_may_not_be_posted_is_said_at_the_form(desk: Client, told: VoteReport) -> None:
    topic = change(told).build.topic
    assert topic
    topic.slow_mode_s = 3600
    topic.save(update_fields=["slow_mode_s"])
    first, second = ({"body": "Soon.", "key": uuid4()} for _ in range(2))
    desk.post(reply_address(told), first)
    assert "Slow mode" in desk.post(reply_address(told), second).content.decode()


def test_it_costs_the_same_however_many_builds_and_notes(desk: Client, product: Product) -> None:
    ensure_boards()
    asked = []
    for week in range(3):
        build = open_build(product, weeks=week, version=f"7.{week}")
        put(vote(build, loved=[f.pk for f in build.features.all()[:5]]) for _ in range(5))
        close(build)
        report = store(build_id=build.pk, at=FROZEN)
        for _ in range(week + 1):
            note_to(report)
        asked.append([queries_for(desk, page) for page in (INBOX, reverse("api_inbox"))])
    assert asked[2] == asked[0]


def test_page_and_api_tell_of_the_same_builds(
    desk: Client, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page by page, in the same order; also where an earlier build was counted later."""
    monkeypatch.setattr(inbox, "BUILDS_SHOWN", 1)
    monkeypatch.setattr(LatestFirst, "page_size", 1)
    builds = [open_build(product, weeks=n) for n in range(2)]
    for build, at in zip(builds, (FROZEN, FROZEN - MINUTE), strict=True):
        VoteReport.objects.create(
            build=build, computed_at=at, is_final=True, ballots=0, content={"features": []}
        )
    on_pages, told = [], []
    address, endpoint = INBOX, "/api/v1/inbox/builds/"
    while address:
        page = desk.get(address).context
        on_pages += [letter.build.slug for letter in page["letters"]]
        address = page["older_builds"] and f"{INBOX}?builds_before={page['older_builds']}"
    while endpoint:
        answer = desk.get(endpoint).json()
        told += [letter["build"] for letter in answer["results"]]
        endpoint = answer["next"]
    assert on_pages == told == [build.slug for build in builds]
