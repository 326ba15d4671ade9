"""What is said about the demo's wishes: a topic each, with replies."""

from collections.abc import Iterator
from datetime import datetime

from community.forum.domain.counting import recount
from community.forum.models import Post, Topic
from community.members.models import Member
from feedback.proposals.domain.writing import board_of_wishes
from feedback.proposals.models import Proposal
from orangefriday.demo.wishes import ANSWERED, REPLIES
from orangefriday.demo.wishing.lives import DAY, HOUR, Life, decided_at


def open_topics(lives: list[Life], manager: Member) -> None:
    board = board_of_wishes()
    if board is None:
        return
    for life in lives:
        proposal = life.proposal
        proposal.topic = Topic(
            board=board,
            title=proposal.title,
            author=proposal.author,
            created_at=proposal.created_at,
            last_post_at=proposal.created_at,
            device=proposal.device,
        )
        proposal.body = ""
    Topic.objects.bulk_create(life.proposal.topic for life in lives if life.proposal.topic)
    posts = [post for n, life in enumerate(lives) for post in _posts(n, life, lives, manager)]
    Post.objects.bulk_create(sorted(posts, key=lambda post: post.created_at))
    Proposal.objects.bulk_update((life.proposal for life in lives), ["topic", "body"])
    recount([life.proposal.topic_id for life in lives if life.proposal.topic_id])


def _posts(n: int, life: Life, lives: list[Life], manager: Member) -> Iterator[Post]:
    """What the author wrote, what some answered, and a word of the manager where one is due."""
    asked_at = life.proposal.created_at
    yield _post(life, 1, life.proposal.author, life.body or life.proposal.title, asked_at)
    others = [lives[(n + 7 * m) % len(lives)].proposal.author for m in range(1, n % 4 + 1)]
    for number, author in enumerate(others, start=2):
        said = REPLIES[(n + number) % len(REPLIES)]
        yield _post(life, number, author, said, asked_at + number * 9 * HOUR)
    if life.proposal.status in Proposal.NEEDS_REASON and life.build:
        answered_at = max(decided_at(life.build), asked_at + DAY * 2) + HOUR
        said = ANSWERED[n % 2]
        yield _post(life, len(others) + 2, manager, said, answered_at, is_official=True)


def _post(
    life: Life, number: int, author: Member | None, body: str, at: datetime, *,
    is_official: bool = False,
) -> Post:  # fmt: skip
    post = Post(
        topic=life.proposal.topic,
        number=number,
        author=author,
        is_by_site=author is None,
        is_official=is_official,
        created_at=at,
    )
    post.take_body(body)
    return post
