"""The boards every site begins with: one for each kind of talk."""

from community.forum.models import Board

# slug, name, Chinese name, description, Chinese description; in the order they are listed.
FIRST_BOARDS = (
    (
        "ideas",
        "Talking about new features",
        "新功能讨论",
        "What should come next, and how it should work.",
        "下一步该做什么，又该怎么做。",
    ),
    (
        "bugs",
        "Bug reports",
        "BUG反馈",
        "What broke, on which device, in which build.",
        "哪里坏了，什么机型，哪个版本。",
    ),
    (
        "releases",
        "Releases",
        "产品发布",
        "Every Friday's build, and who made it.",
        "每周五的新版本，以及做出它的人。",
    ),
    (
        "experience",
        "Experience",
        "体验",
        "How it feels to live with a build for a week.",
        "用了一周，感觉怎么样。",
    ),
    (
        "help",
        "Help",
        "求助",
        "Ask, and somebody who knows will answer.",
        "有问题就问，总有人知道。",
    ),
    ("chat", "Chat", "闲聊", "Everything else.", "其他想聊的。"),
)


def ensure_boards() -> None:
    """Create the first boards that are missing; what was changed since stays as it is."""
    Board.objects.bulk_create(
        [
            Board(
                slug=slug,
                stage=slug,
                name=name,
                name_zh=name_zh,
                description=description,
                description_zh=description_zh,
                position=position,
            )
            for position, (slug, name, name_zh, description, description_zh) in enumerate(
                FIRST_BOARDS, start=1
            )
        ],
        ignore_conflicts=True,
    )
