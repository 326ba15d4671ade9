"""Puts the demo's conversations into the forum: boards, tags, topics and posts, in bulk."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from community.builds.models import Build
from community.forum.domain.counting import recount
from community.forum.domain.naming import Naming, names_in, write_references
from community.forum.models import Board, Column, Post, PostVersion, Tag, Topic
from community.members.models import Member
from community.text.fold import fold
from community.text.pinyin import initials, spelled
from orangefriday.demo.boards import COLUMNS, MODERATED, MORE_BOARDS
from orangefriday.demo.compose import PostDraft, TopicDraft
from orangefriday.demo.people import FAMILIES

EDITED_AFTER = timedelta(minutes=7)
BATCH = 500


def open_boards(accounts: dict[str, Member]) -> None:
    """The boards only the demo has, and who looks after which."""
    last = Board.objects.count()
    Board.objects.bulk_create(
        Board(position=last + n, **fields) for n, fields in enumerate(MORE_BOARDS, start=1)
    )
    Board.objects.filter(slug="experience").update(kinds=["experience", "talk", "instalment"])
    for board in Board.objects.filter(slug__in=MODERATED):
        board.moderators.add(accounts["moderator"])


def store(
    drafts: list[TopicDraft], builds: list[Build], site_topics: dict[tuple[str, int], Topic]
) -> list[Post]:
    """Store every conversation; `site_topics` are those the site opened, by board and week.

    Gives the posts that somebody is to report.
    """
    members = _members(drafts)
    tags = _tags(drafts)
    boards = {board.slug: board for board in Board.objects.all()}
    topics = [
        site_topics[draft.scene.board, draft.week]
        if draft.is_below_site
        else _topic(draft, boards[draft.scene.board], members, builds)
        for draft in drafts
    ]
    Topic.objects.bulk_create([topic for topic in topics if topic.pk is None], batch_size=BATCH)
    posts = _posts(drafts, topics, members)
    _answer(drafts, topics, posts)
    _tag(drafts, topics, tags)
    _begin_columns(drafts, boards, tags)
    recount([topic.pk for topic in topics])
    return [
        posts[topic.pk, number]
        for draft, topic in zip(drafts, topics, strict=True)
        for number, post in enumerate(draft.posts, start=1)
        if post.is_reported
    ]


def _begin_columns(
    drafts: list[TopicDraft], boards: dict[str, Board], tags: dict[str, Tag]
) -> None:
    for fields in COLUMNS:
        name = fields["tag"]
        instalments = [draft for draft in drafts if name in draft.scene.tags]
        first = instalments[0].posts[0]
        column = Column.objects.create(
            **fields
            | {
                "board": boards[fields["board"]],
                "tag": tags[fold(name.replace("_", " "))],
                "begun_on": first.at.date(),
            }
        )
        column.editors.add(Member.objects.get(username=first.author))


def _members(drafts: list[TopicDraft]) -> dict[str, Member]:
    names = {post.author for draft in drafts for post in draft.posts}
    found = {member.username: member for member in Member.objects.filter(username__in=names)}
    if missing := names - set(found):
        raise ValueError(f"Nobody has the login names {sorted(missing)}.")
    return found


def _topic(
    draft: TopicDraft, board: Board, members: dict[str, Member], builds: list[Build]
) -> Topic:
    scene, first = draft.scene, draft.posts[0]
    is_bug = scene.kind == Topic.Kind.BUG
    fixed = builds[scene.fixed - 1] if scene.fixed else None
    return Topic(
        board=board,
        kind=scene.kind,
        title=draft.title,
        author=members[first.author],
        created_at=first.at,
        last_post_at=first.at,
        is_locked="lock" in scene.marks,
        is_pinned="pin" in scene.marks,
        hidden_at=draft.posts[-1].at if "hide" in scene.marks else None,
        device=draft.device if is_bug else "",
        build=builds[draft.week - 1].version if is_bug else "",
        fixed_in=fixed.version if fixed else "",
        fixed_at=fixed.published_at if fixed else None,
        replied_at=_first(draft, lambda post: post.author != first.author),
        official_at=_first(draft, lambda post: post.is_official),
    )


def _first(draft: TopicDraft, fits: Callable[[PostDraft], bool]) -> datetime | None:
    return next((post.at for post in draft.posts if fits(post)), None)


def _posts(
    drafts: list[TopicDraft], topics: list[Topic], members: dict[str, Member]
) -> dict[tuple[int, int], Post]:
    rows = []
    for draft, topic in zip(drafts, topics, strict=True):
        taken = topic.post_count if draft.is_below_site else 0
        for number, post in enumerate(draft.posts, start=taken + 1):
            rows.append(_post(post, topic, number, members[post.author]))
    # In the order in which they were written, as their numbers in the database would be.
    rows.sort(key=lambda post: post.created_at)
    Post.objects.bulk_create(rows, batch_size=BATCH)
    for row in rows:
        if row.names:
            write_references(row, names_in(row.body).things)
        if row.edited_at:
            _keep_versions(row, row.edited_at)
    return {(post.topic_id, post.number): post for post in rows}


def _keep_versions(post: Post, edited_at: datetime) -> None:
    """An edited post said less at first."""
    first = post.body.partition(" Edited")[0].partition("（补充")[0]
    for number, (body, at) in enumerate(
        ((first, post.created_at), (post.body, edited_at)), start=1
    ):
        PostVersion.objects.create(
            post=post, number=number, body=body, by=post.author, written_at=at
        )


def _post(draft: PostDraft, topic: Topic, number: int, author: Member) -> Post:
    post = Post(
        topic=topic,
        number=number,
        author=author,
        is_official=draft.is_official,
        created_at=draft.at,
        edited_at=draft.at + EDITED_AFTER if draft.is_edited else None,
        hidden_at=draft.at + EDITED_AFTER if draft.is_hidden else None,
    )
    naming = names_in(draft.body) if set("@[") & set(draft.body) else Naming({})
    post.take_body(draft.body, naming.names)
    return post


def _answer(
    drafts: list[TopicDraft], topics: list[Topic], posts: dict[tuple[int, int], Post]
) -> None:
    """What names a post by its number, now that posts have keys."""
    answering, answered = [], []
    for draft, topic in zip(drafts, topics, strict=True):
        if draft.best_answer:
            topic.best_answer = posts[topic.pk, draft.best_answer]
            answered.append(topic)
        taken = topic.post_count if draft.is_below_site else 0
        for number, post in enumerate(draft.posts, start=taken + 1):
            if post.answers and (answered_post := posts.get((topic.pk, post.answers))):
                row = posts[topic.pk, number]
                row.answers = answered_post
                answering.append(row)
    Topic.objects.bulk_update(answered, ["best_answer"])
    Post.objects.bulk_update(answering, ["answers"], batch_size=BATCH)


def _tags(drafts: list[TopicDraft]) -> dict[str, Tag]:
    names = {name.replace("_", " ") for draft in drafts for name in draft.scene.tags}
    by_fold = {fold(name): name for name in sorted(names)}
    rows = [
        Tag(
            name=name,
            folded=folded,
            sort=_sort(name),
            spelled=f"{name} {spelled(name)} {initials(name)}"[:120],
        )
        for folded, name in by_fold.items()
    ]
    Tag.objects.bulk_create(rows, ignore_conflicts=True)
    return {tag.folded: tag for tag in Tag.objects.filter(folded__in=by_fold)}


def _sort(name: str) -> Tag.Sort:
    return Tag.Sort.DEVICE if name in FAMILIES else Tag.Sort.AREA


def _tag(drafts: list[TopicDraft], topics: Iterable[Topic], tags: dict[str, Tag]) -> None:
    pairs = set()
    for draft, topic in zip(drafts, topics, strict=True):
        pairs |= {(topic.pk, tags[fold(name.replace("_", " "))].pk) for name in draft.scene.tags}
    through = Topic.tags.through
    through.objects.bulk_create(through(topic_id=topic, tag_id=tag) for topic, tag in sorted(pairs))
    counts: dict[int, int] = defaultdict(int)
    for _topic_pk, tag_pk in pairs:
        counts[tag_pk] += 1
    for tag in tags.values():
        tag.topic_count = counts[tag.pk]
    Tag.objects.bulk_update(tags.values(), ["topic_count"])
