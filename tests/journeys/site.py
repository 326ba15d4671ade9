"""A small whole site: one product in every state, and one person of each role."""

import base64
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.test import override_settings
from django.utils import timezone

from awards.popcorn.domain import award
from community.builds.models import Build, Engineer, Product
from community.conversations.domain import talking
from community.conversations.models import Message
from community.forum.domain import posting
from community.forum.domain.boards import ensure_boards
from community.forum.models import Board, Column, Post, Topic
from community.gifts.models import Gift
from community.members.models import ApiToken, DataDownload, Device, Member
from community.moderation.domain import cases, sanctions
from community.moderation.models import Case, Sanction
from feedback.fourgrid.domain import tally
from feedback.polls.models import Poll
from feedback.proposals.models import Proposal
from feedback.reports.domain import store
from tests.community.builds.making import (
    AWARD,
    CLOSE,
    DAY,
    FRIDAY,
    PUBLISH,
    State,
    make_build,
    make_engineer,
    make_member,
    make_product,
)
from tests.community.forum.test_columns import make_column
from tests.community.gifts.making import make_gift
from tests.feedback.polls.making import make_poll

KEY = base64.b64encode(bytes(32)).decode()
ROLES = ("anonymous", "member", "engineer", "moderator", "stranger", "manager", "admin")


@dataclass
class Site:
    """What the addresses of a site are filled with."""

    people: dict[str, Member | None]
    product: Product
    awarded: Build
    closed: Build
    published: Build
    draft: Build
    engineer: Engineer
    topic: Topic
    post: Post
    column: Column
    poll: Poll
    proposal: Proposal
    device: Device
    token: ApiToken
    case: Case
    sanction: Sanction
    message: Message
    download: DataDownload
    gift: Gift


def make_site() -> Site:
    """One product with an awarded, a closed, a published and a draft build; a person each role.

    The stranger manages another product.
    """
    people: dict[str, Member | None] = {
        role: _person(role) for role in ROLES if role != "anonymous"
    }
    people["anonymous"] = None
    manager, stranger = people["manager"], people["stranger"]
    assert manager
    assert stranger
    product = make_product("phone", managers=(manager,))
    make_product("watch", managers=(stranger,))
    awarded = make_build(State.CLOSED, product, version="1", release_on=FRIDAY - 14 * DAY)
    with override_settings(AWARD_SIGNING_KEY=KEY):
        _award(awarded)
    closed = make_build(State.CLOSED, product, version="2", release_on=FRIDAY - 7 * DAY)
    published = make_build(State.PUBLISHED, product, version="3")
    draft = make_build(State.DRAFT, product, version="4")
    ensure_boards()
    board = Board.objects.get(slug="bugs")
    assert people["moderator"]
    board.moderators.add(people["moderator"])
    topic = posting.open_topic(
        board=board,
        title="It hangs",
        body="Often.",
        author=manager,
        kind=Topic.Kind.TALK,
        at=PUBLISH,
    )
    engineer = make_engineer("林浩")
    Engineer.objects.filter(pk=engineer.pk).update(member=people["engineer"])
    member, engineer_person = people["member"], people["engineer"]
    assert member
    assert engineer_person
    talk = talking.begin(author=member, others=[engineer_person], body="Between us.", at=PUBLISH)
    return Site(
        message=talk.messages.get(),
        download=DataDownload.objects.create(
            member=member,
            asked_at=PUBLISH,
            made_at=PUBLISH,
            expires_at=timezone.now() + DAY,
            file_name="downloads/x.zip",
        ),
        gift=make_gift(member, engineer),
        people=people,
        product=product,
        awarded=awarded,
        closed=closed,
        published=published,
        draft=draft,
        engineer=engineer,
        topic=topic,
        post=topic.posts.get(number=1),
        column=make_column("glass", board="bugs"),
        poll=make_poll(published.topic, by=manager),
        proposal=Proposal.objects.create(product=product, title="Silence", created_at=PUBLISH),
        device=Device.objects.create(
            member=manager, family="One", public_key=bytes(32), added_at=PUBLISH
        ),
        token=ApiToken.objects.create(
            member=manager,
            name="CI",
            digest=bytes(32),
            scopes=["read"],
            created_at=PUBLISH,
            expires_at=AWARD,
        ),
        case=_case(topic, people),
        sanction=_warning(people),
    )


def _case(topic: Topic, people: dict[str, Member | None]) -> Case:
    """The member has reported the manager's post."""
    member, post = people["member"], topic.posts.get(number=1)
    assert member
    return cases.report(
        kind="post", subject=post.pk, reporter=member, reason="abuse", at=PUBLISH
    ).case


def _warning(people: dict[str, Member | None]) -> Sanction:
    """The admin has warned the member."""
    member, admin = people["member"], people["admin"]
    assert member
    assert admin
    return sanctions.give(member=member, step="warning", reason="Mind it.", by=admin, at=PUBLISH)


def _person(role: str) -> Member:
    member = make_member(
        f"{role}-person", email=f"{role}@example.org", is_superuser=role == "admin"
    )
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def _award(build: Build) -> None:
    later = build.tally_at or CLOSE
    tally.count(build_id=build.pk, at=later)
    store(build_id=build.pk, at=later)
    award.compute(build_id=build.pk, at=later)
    award.announce(build_id=build.pk, at=build.award_at or AWARD)
    build.refresh_from_db()
