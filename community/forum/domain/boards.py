"""The boards every site begins with: one for each kind of talk."""

from dataclasses import dataclass

from django.db import transaction

from community.forum.domain.first_templates import FIRST_TEMPLATES
from community.forum.models import Board, Kind, PostTemplate


@dataclass(frozen=True)
class First:
    """A board as every site begins with it; its slug is its stage."""

    slug: str
    name: str
    name_zh: str
    description: str
    description_zh: str
    kinds: tuple[str, ...]


# In the order they are listed.
FIRST_BOARDS = (
    First(
        "ideas",
        "Talking about new features",
        "新功能讨论",
        "What should come next, and how it should work.",
        "下一步该做什么，又该怎么做。",
        (Kind.TALK, Kind.QUESTION),
    ),
    First(
        "bugs",
        "Bug reports",
        "BUG反馈",
        "What broke, on which device, in which build.",
        "哪里坏了，什么机型，哪个版本。",
        (Kind.BUG, Kind.TALK),
    ),
    First(
        "releases",
        "Releases",
        "产品发布",
        "Every Friday's build, and who made it.",
        "每周五的新版本，以及做出它的人。",
        (Kind.TALK,),
    ),
    First(
        "experience",
        "Experience",
        "体验",
        "How it feels to live with a build for a week.",
        "用了一周，感觉怎么样。",
        (Kind.EXPERIENCE, Kind.TALK),
    ),
    First(
        "help",
        "Help",
        "求助",
        "Ask, and somebody who knows will answer.",
        "有问题就问，总有人知道。",
        (Kind.QUESTION, Kind.TALK),
    ),
    First("chat", "Chat", "闲聊", "Everything else.", "其他想聊的。", (Kind.TALK,)),
)


def ensure_boards() -> None:
    """Create the first boards that are missing; what was changed since stays as it is."""
    there = set(Board.objects.values_list("slug", flat=True))
    missing = [
        _board(first, position)
        for position, first in enumerate(FIRST_BOARDS, start=1)
        if first.slug not in there
    ]
    if missing:
        with transaction.atomic():
            Board.objects.bulk_create(missing, ignore_conflicts=True)
            _add_templates({board.slug for board in missing})


def _board(first: First, position: int) -> Board:
    return Board(
        slug=first.slug,
        stage=first.slug,
        name=first.name,
        name_zh=first.name_zh,
        description=first.description,
        description_zh=first.description_zh,
        position=position,
        kinds=list(first.kinds),
    )


def _add_templates(slugs: set[str]) -> None:
    """The templates of new boards; those of others belong to who looks after them."""
    boards = {board.slug: board for board in Board.objects.filter(slug__in=slugs)}
    new = [
        PostTemplate(board=boards[slug], kind=kind, text=text, text_zh=text_zh)
        for (slug, kind), (text, text_zh) in FIRST_TEMPLATES.items()
        if slug in boards
    ]
    PostTemplate.objects.bulk_create(new, ignore_conflicts=True)
