"""A member takes a copy of everything along, and leaves: nothing names them, no total changes."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse

from awards.popcorn.domain import award
from awards.popcorn.models import Award
from community.builds.models import Build
from community.conversations.domain import talking
from community.forum.domain import posting
from community.forum.models import Board, Post, Topic
from community.honours.domain.experience import grant
from community.honours.models import Balance
from community.members import personal
from community.members.domain import downloads, erasure, keeping_less
from community.members.domain.devices import add_device, new_key_pair
from community.members.domain.relations import relate
from community.members.models import DataDownload, Device, Erasure, Member, Relation
from feedback.fourgrid.domain import tally
from feedback.fourgrid.models import Ballot, Tally
from tests.community.builds.making import make_product
from tests.community.members.making import AT, PASSWORD, make_member, signed_in
from tests.feedback.reports.making import make_report
from tests.journeys.site import KEY

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
NAME = "leaving_one"


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    settings.AWARD_SIGNING_KEY = KEY
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def leaver() -> Member:
    """Somebody who did a bit of everything."""
    member, other = make_member(NAME, display_name="要走的人", password=PASSWORD), make_member()
    Member.objects.filter(pk=member.pk).update(region="深圳", about="about-me", signature="sig")
    add_device(member=member, family="Mi", public_key=new_key_pair()[0], at=AT, label="my-phone")
    board = Board.objects.get(slug="chat")
    topic = posting.open_topic(board=board, title="MyTitle", body="MyWords", author=member, at=AT)
    posting.reply(topic=topic, author=other, body=f"@{NAME} yes", submission_key=None, at=AT)
    talking.begin(author=member, others=[other], body="MySecret", at=AT)
    relate(member=other, other=member, kind=Relation.Kind.BLOCKS, at=AT)
    grant(rule="bug", member_id=member.pk, source=f"topic:{topic.pk}", at=AT)
    AccessAttempt.objects.create(
        username=NAME, ip_address="203.0.113.77", user_agent="", failures_since_start=1
    )
    member.refresh_from_db()
    return member


def archive_of(member: Member) -> dict[str, list[dict[str, Any]]]:
    asked = downloads.ask(member=member, at=AT)
    assert downloads.make_waiting(at=AT) == 1
    asked.refresh_from_db()
    with default_storage.open(asked.file_name) as file:
        archive = ZipFile(BytesIO(file.read()))
    return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def leave(member: Member, *, keeps_words: bool = True) -> None:
    erasure.ask(member=member, keeps_words=keeps_words, at=AT)
    assert erasure.erase_due(at=AT + WEEK) == 1


def everywhere(words: str) -> list[str]:
    """Tables of the whole database in which the words stand."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE %s', [f"%{words}%"]
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


# --- a copy -----------------------------------------------------------------------------------
def test_a_copy_holds_what_is_the_members_and_nothing_of_others(leaver: Member) -> None:
    archive = archive_of(leaver)
    assert archive["members.member.json"][0]["region"] == "深圳"
    assert [row["body"] for row in archive["forum.post.json"]] == ["MyWords"]
    assert archive["honours.entry.json"][0]["amount"] == 10
    assert archive["axes.accessattempt.json"][0]["ip_address"] == "203.0.113.77"
    assert "members.relation.json" not in archive  # who blocks one is not told
    assert "password" not in archive["members.member.json"][0]
    assert "public_key" not in archive["members.device.json"][0]


def test_a_ballot_is_in_the_copy() -> None:
    make_report(make_product(), ballots=3)
    ballot = Ballot.objects.order_by("pk")[0]
    kept = archive_of(ballot.member)["fourgrid.ballot.json"]
    assert [(row["id"], row["mood"], row["loved"]) for row in kept] == [
        (ballot.pk, ballot.mood, ballot.loved)
    ]


def test_files_come_along(leaver: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal, "_files", [lambda _member: [("pictures/a.webp", b"RIFF")]])
    downloads.ask(member=leaver, at=AT)
    downloads.make_waiting(at=AT)
    with default_storage.open(DataDownload.objects.get().file_name) as file:
        assert ZipFile(BytesIO(file.read())).read("files/pictures/a.webp") == b"RIFF"


def test_one_copy_at_a_time_three_a_day_for_a_week(leaver: Member) -> None:
    for _number in range(3):
        assert downloads.ask(member=leaver, at=AT) == downloads.ask(member=leaver, at=AT)
        downloads.make_waiting(at=AT)
    with pytest.raises(downloads.TooOften):
        downloads.ask(member=leaver, at=AT)
    names = list(DataDownload.objects.values_list("file_name", flat=True))
    assert [downloads.remove_expired(at=AT + days) for days in (WEEK / 2, WEEK)] == [0, 3]
    assert not any(default_storage.exists(name) for name in names)


def test_a_copy_is_for_its_member_who_shows_that_it_is_them(leaver: Member) -> None:
    now = downloads.ask(member=leaver, at=AT)
    downloads.make_waiting(at=AT)
    DataDownload.objects.update(expires_at="2100-01-01T00:00Z")
    address = reverse("members:download_file", args=[now.pk])
    admin = make_member(is_staff=True, is_superuser=True)
    assert signed_in(admin).get(address).status_code == 404
    assert "login" in Client().get(address).headers["Location"]
    client = signed_in(leaver)
    assert "reauthenticate" in client.get(address).headers["Location"]
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)[:2]) == (200, b"PK")


# --- leaving ----------------------------------------------------------------------------------
@pytest.mark.parametrize("keeps_words", [True, False])
def test_nothing_names_who_has_left(leaver: Member, keeps_words: bool) -> None:
    signed_in(leaver).get("/")
    archive_of(leaver)
    leave(leaver, keeps_words=keeps_words)
    traces = (NAME, "要走的人", "my-phone", "about-me", "203.0.113.77", "深圳")
    found = {trace: everywhere(trace) for trace in traces}
    # What others wrote is theirs: the reply still says "@…", in words.
    said = {"forum_post"}
    assert {trace for trace, tables in found.items() if set(tables) - said} == set(), found
    assert bool(everywhere("MyWords")) is keeps_words
    assert bool(everywhere("MySecret")) is keeps_words
    assert bool(everywhere("MyTitle")) is keeps_words
    assert Post.objects.filter(author=None, is_by_site=False).count() == 1
    assert not EmailAddress.objects.filter(user=leaver).exists()
    assert not UserSession.objects.filter(user=leaver).exists()
    leaver.refresh_from_db()
    assert not leaver.is_active
    assert not leaver.has_usable_password()
    journal = Erasure.objects.get()
    assert (journal.member, journal.done_at, journal.keeps_words) == (None, AT + WEEK, keeps_words)
    assert not default_storage.listdir("downloads")[1]
    assert Balance.objects.get().experience == 10
    assert Topic.objects.count() == 1


def test_a_week_to_undo(leaver: Member) -> None:
    erasure.ask(member=leaver, keeps_words=True, at=AT)
    assert erasure.erase_due(at=AT + WEEK - timedelta(seconds=1)) == 0
    assert [erasure.undo(member=leaver), erasure.undo(member=leaver)] == [True, False]
    assert erasure.erase_due(at=AT + WEEK) == 0


def test_who_asks_shows_that_it_is_them(leaver: Member) -> None:
    client, address = signed_in(leaver), reverse("members:ask_erasure")
    answer = client.post(address, {"words": "keep"})
    assert "reauthenticate" in answer.headers["Location"]
    assert not Erasure.objects.exists()


def test_totals_and_published_awards_do_not_change() -> None:
    build = make_report(make_product(), ballots=40, fingerprints=True).build
    assert build.tally_at
    assert build.award_at
    award.compute(build_id=build.pk, at=build.tally_at)
    award.announce(build_id=build.pk, at=build.award_at)
    before = numbers(build)
    for ballot in Ballot.objects.order_by("pk")[:3]:
        add_device(member=ballot.member, family="x", public_key=new_key_pair()[0], at=AT)
        erasure.ask(member=ballot.member, keeps_words=False, at=AT)
    assert erasure.erase_due(at=AT + WEEK) == 3
    assert numbers(build) == before
    assert Device.objects.filter(label="").count() >= 3


def numbers(build: Build) -> list[Any]:
    """What was counted, counted again, and published; and the ballots as the award reads them."""
    rows = sorted(Ballot.objects.with_verification().values_list("pk", "mood", "is_verified"))
    return [
        list(Tally.objects.values()),
        list(Award.objects.values_list("digest", "ballots_root", "receipts_root", "result")),
        tally.recount(build.pk),
        rows,
    ]


# --- kept for a while -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("address", "short"),
    [("203.0.113.77", "203.0.113.0"), ("2001:db8:1:2::3", "2001:db8:1::")],
)
def test_addresses_are_shortened_after_90_days(address: str, short: str) -> None:
    member = make_member()
    old, new = (
        UserSession.objects.create(user=member, ip=address, session_key=key, user_agent="")
        for key in "ab"
    )
    UserSession.objects.filter(pk=old.pk).update(last_seen_at=AT - timedelta(days=91))
    UserSession.objects.filter(pk=new.pk).update(last_seen_at=AT)
    assert [keeping_less.shorten_addresses(at=AT) for _again in "12"] == [1, 0]
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.ip, new.ip) == (short, address)
