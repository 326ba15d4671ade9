"""Wishes written down: a proposal and its topic, made and changed together."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from community.builds.models import Product
from community.forum.domain.drafts import forget_draft
from community.forum.domain.editing import edit_post
from community.forum.domain.posting import open_topic
from community.forum.domain.tagging import BadTag, clean_tags
from community.forum.models import Board, Topic
from community.members.models import Member
from feedback.proposals.domain.answering import note_change
from feedback.proposals.models import Proposal

GIVEN_TOPICS_AT_ONCE = 100
# Where a wish is kept while it is being written.
DRAFT = "wish:new"


def board_of_wishes() -> Board | None:
    """Where new features are talked about: the first board of that stage."""
    boards = Board.objects.filter(stage=Board.Stage.IDEAS)
    return boards.order_by("position", "pk").first()


@transaction.atomic
def create_proposal(
    *,
    product: Product,
    title: str,
    at: datetime,
    body: str = "",
    area: str = "",
    device: str = "",
    author: Member | None = None,
    submission_key: UUID | None = None,
) -> Proposal:
    """A new wish with its topic, open to votes and for everybody to name in cell 4.

    The same submission key of the same author is one wish, however often it is sent. Raises
    PostingTooFast or TextRefused, as opening a topic does.
    """
    topic = _topic_for(
        title=title, body=body, area=area, device=device, author=author, at=at, key=submission_key
    )
    if topic and (sent_before := Proposal.objects.filter(topic=topic).first()):
        return sent_before
    proposal = Proposal.objects.create(
        product=product,
        topic=topic,
        title=topic.title if topic else title,
        body="" if topic else body,
        area=area,
        device=device,
        author=author,
        created_at=at,
    )
    note_change(proposal, by=author, at=at)
    forget_draft(member=author, place=DRAFT)
    return proposal


@transaction.atomic
def edit_proposal(
    *,
    proposal: Proposal,
    title: str,
    body: str,
    area: str,
    at: datetime,
    device: str = "",
    by: Member | None = None,
) -> Proposal:
    """Say the same wish better; its status stays. Raises TextRefused."""
    proposal.title, proposal.area, proposal.device = title, area, device
    if proposal.topic is None:
        proposal.body = body
    else:
        Topic.objects.filter(pk=proposal.topic.pk).update(title=title, device=device)
        first = proposal.topic.posts.select_related("topic__board", "author").get(number=1)
        edit_post(post=first, body=body or title, by=by, at=at)
    proposal.save(update_fields=["title", "body", "area", "device"])
    return proposal


def give_topics(*, at: datetime) -> int:
    """Let wishes from before there were topics be talked about too; the site opens those."""
    waiting = Proposal.objects.without_a_topic().order_by("pk")[:GIVEN_TOPICS_AT_ONCE]
    return sum(_give_topic(pk, at) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _give_topic(pk: int, at: datetime) -> bool:
    lone = Proposal.objects.without_a_topic().select_for_update(skip_locked=True)
    proposal = lone.filter(pk=pk).first()
    if proposal is None:
        return False
    proposal.topic = _topic_for(
        title=proposal.title,
        body=proposal.body,
        area=proposal.area,
        device=proposal.device,
        author=None,
        at=at,
    )
    proposal.body = "" if proposal.topic else proposal.body
    proposal.save(update_fields=["topic", "body"])
    return proposal.topic is not None


def _topic_for(
    *,
    title: str,
    body: str,
    area: str,
    device: str,
    author: Member | None,
    at: datetime,
    key: UUID | None = None,
) -> Topic | None:
    """Its topic on the board of wishes; None where a site has no such board."""
    board = board_of_wishes()
    if board is None:
        return None
    return open_topic(
        board=board,
        title=title,
        body=body.strip() or title,
        author=author,
        at=at,
        device=device,
        tags=_tags(area),
        submission_key=key,
    )


def _tags(area: str) -> list[str]:
    """The area as a tag, where it can be one."""
    try:
        return clean_tags([area]) if area else []
    except BadTag:
        return []
