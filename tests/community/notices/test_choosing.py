"""The matrix of kinds and channels: what a member chose, what admins allow."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from community.members.models import Member
from community.notices import unsubscribing
from community.notices.domain import choosing
from community.notices.matrix import matrix_of
from community.notices.models import Channel, Choice, Delivery, KindRule, Notice, Rhythm
from community.notices.queries import rhythm_of, unread_count
from tests.community.builds.making import make_member
from tests.community.notices.making import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> Member:
    return make_member("mei")


def shown(member: Member) -> dict[str, str]:
    """Each kind with a letter for each channel: On, off, or not to be Changed (+ or -)."""
    letters = {(True, True): "O", (False, True): "o", (True, False): "+", (False, False): "-"}
    return {
        row.kind.name: "".join(letters[cell.is_on, cell.can_change] for cell in row.cells)
        for row in matrix_of(member)
    }


def routed(member: Member, kind: str) -> set[str]:
    """Where a new notice goes."""
    tell(member, kind=kind, source=f"/{kind}/")
    sent = set(Delivery.objects.filter(notice__kind=kind).values_list("channel", flat=True))
    return sent | ({"site"} if unread_count(member) else set())


def test_defaults_choices_and_ceilings(mei: Member, django_assert_num_queries: Any) -> None:
    before = {"test.reply": "OOO", "test.watched": "Ooo", "test.warning": "+oo"}
    assert shown(mei) == before
    choosing.choose(member=mei, wanted=[("test.watched", "email"), ("test.reply", "site")])
    assert shown(mei) == {"test.reply": "Ooo", "test.watched": "oOo", "test.warning": "+oo"}
    KindRule.objects.create(kind="test.watched", channel="email", is_allowed=False)
    KindRule.objects.create(kind="test.warning", channel="email", is_default=True)
    with django_assert_num_queries(2):
        after = shown(mei)
    assert (after["test.watched"], after["test.warning"]) == ("o-o", "+Oo")


@pytest.mark.parametrize("kind", ["test.reply", "test.watched", "test.warning"])
@pytest.mark.parametrize("wanted", [[], [("test.watched", "email"), ("test.reply", "email")]])
def test_notices_go_where_the_matrix_says(mei: Member, kind: str, wanted: Any) -> None:
    choosing.choose(member=mei, wanted=wanted)
    KindRule.objects.create(kind="test.watched", channel="push", is_default=True)
    cells = {
        cell.channel.value: cell.is_on
        for r in matrix_of(mei)
        for cell in r.cells
        if r.kind.name == kind
    }
    expected = {channel for channel, is_on in cells.items() if is_on} - {"push"}  # no browser
    assert routed(mei, kind) == expected


def test_switched_off_everywhere_there_is_no_notice(mei: Member) -> None:
    choosing.choose(member=mei, wanted=[])
    assert tell(mei) == 0
    assert not Notice.objects.exists()


def test_what_was_not_changed_follows_the_default(mei: Member) -> None:
    assert choosing.choose(member=mei, wanted=[("test.reply", c) for c in Channel.values]) == 1
    assert Choice.objects.get().kind == "test.watched"


def test_quiet_hours_have_two_ends(mei: Member) -> None:
    with pytest.raises(IntegrityError, match="rhythm_quiet_has_both_ends"):
        Rhythm.objects.create(member=mei, quiet_from="22:00")


def test_the_page_saves_matrix_and_rhythm(client: Client, mei: Member) -> None:
    client.force_login(mei, backend="community.members.signed_in.Backend")
    form = {"wanted": ["test.reply:push"], "digest": "daily", "digest_hour": "9"}
    assert client.post("/settings/notices/", form | {"quiet_from": "22:00"}).status_code == 200
    assert (
        client.post(
            "/settings/notices/",
            form | {"quiet_from": "22:00", "quiet_until": "07:00", "wants_mail": "on"},
        ).status_code
        == 302
    )
    rhythm = rhythm_of(mei)
    assert (str(rhythm.quiet_until), rhythm.digest, rhythm.digest_hour) == ("07:00:00", "daily", 9)
    assert rhythm.digest_at
    assert shown(mei)["test.reply"] == "ooO"
    assert "checked" in client.get("/settings/notices/").content.decode()


@pytest.mark.parametrize(("kind", "off"), [("test.reply", "OoO"), ("", "OOO")])
def test_one_click_switches_mail_off_and_a_look_does_not(
    client: Client, mei: Member, kind: str, off: str
) -> None:
    link = unsubscribing.link(mei, kind).removeprefix("http://127.0.0.1:8000")
    assert client.get(link).status_code == 200
    assert (shown(mei)["test.reply"], rhythm_of(mei).wants_mail) == ("OOO", True)
    client.handler.enforce_csrf_checks = True
    for _twice in range(2):
        answer = client.post(link, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert (shown(mei)["test.reply"], rhythm_of(mei).wants_mail) == (off, bool(kind))


def test_a_forged_link_is_not_there(client: Client, mei: Member) -> None:
    link = unsubscribing.link(mei).removeprefix("http://127.0.0.1:8000")
    assert client.post(link[:-2] + "/").status_code == 404
    assert rhythm_of(mei).wants_mail
