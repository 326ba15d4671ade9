"""From a theme, a feature or a comment to somebody who does something about it; the inbox."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from community.builds.models import Engineer, Product
from community.forum.domain.boards import ensure_boards
from community.forum.models import Topic
from community.members.models import Member
from community.notices.models import Notice
from feedback.proposals.models import Proposal
from feedback.reports.models import FollowUp, VoteReport
from tests.community.builds.making import make_member
from tests.feedback.reports.domain.themes.making import CRASH, the_theme, themed_report
from tests.feedback.reports.making import FROZEN, close, open_build, put, store, vote


@pytest.fixture
def themed(product: Product) -> VoteReport:
    ensure_boards()
    return themed_report(product, *CRASH)


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


@pytest.mark.parametrize(("kind", "model"), [("proposal", Proposal), ("topic", Topic)])
def test_one_step_from_a_theme(
    reader: Client, themed: VoteReport, kind: str, model: type[Proposal | Topic]
) -> None:
    before = model.objects.filter(title="Camera dies").count()
    where = address(themed, theme=the_theme(themed, "crash").pk)
    send(reader, where, kind)

    assert model.objects.filter(title="Camera dies").count() == before + 1
    made = FollowUp.objects.get()
    assert getattr(made, kind).title == "Camera dies"
    for page in (where, reverse("reports:detail", args=[themed.build.slug])):
        shown = reader.get(page).content.decode()
        assert getattr(made, kind).get_absolute_url() in shown


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


def test_the_inbox_tells_totals_and_words_and_nobody(
    client: Client, product: Product, engineer: Member
) -> None:
    build = open_build(product)
    first, second = build.features.order_by("pk")[:2]
    said = {f"feature:{first.pk}": "Lovely"}
    put(vote(build, loved=[first.pk], comments=said, family="Mi 5") for _ in range(5))
    alone = {f"feature:{first.pk}": "Only me", f"feature:{second.pk}": "Me again"}
    put([vote(build, let_down=[first.pk, second.pk], comments=alone)])
    close(build)
    store(build_id=build.pk, at=FROZEN)
    Engineer.objects.filter(name="林浩").update(member=engineer)
    client.force_login(engineer)
    shown = client.get(reverse("reports:inbox"))
    entries = {entry.feature: entry for entry in shown.context["letters"][0].entries}

    assert entries[first.pk].praise == ["Lovely"] * 5
    # Of a handful nothing: one complaint would be one voter's.
    assert (entries[first.pk].complaints, entries[second.pk].row) == ([], None)
    html = shown.content.decode()
    assert "Only me" not in html
    assert "Me again" not in html
    assert "Mi 5" not in html


def test_the_inbox_is_its_engineers_alone(reader: Client) -> None:
    assert reader.get(reverse("reports:inbox")).status_code == 404
