"""Saving batches of what a source tells: each batch whole or not at all, each thing once."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.text import slugify

from community.forum.domain.importing.naming import FreeNames
from community.forum.domain.importing.records import (
    Old,
    OldBoard,
    OldMember,
    OldPost,
    OldTag,
    OldTopic,
)
from community.forum.models import TITLE_LENGTH, Board, Imported, ImportRun, Post, Tag, Topic
from community.forum.models.boards import FIXED_ADDRESSES
from community.members.models import Member
from community.text.fold import fold
from community.text.pinyin import sort_key

Kind = Imported.Kind
Thing = TypeVar("Thing", bound=Old)
NAME_LENGTH, BLURB_LENGTH, ABOUT_LENGTH, SLUG_LENGTH = 60, 200, 1000, 40
NOT_THERE = "belongs to something that was left out"
NOTHING_IN_IT = "nothing in it"


class Batches:
    """One run's saving. What is left out is counted in `left_out` by its reason."""

    def __init__(self, run: ImportRun, boards: dict[str, str]) -> None:
        """`boards` names boards of this site by slug for ids of the other forum."""
        self.run, self.boards = run, boards
        self.left_out: dict[str, int] = {}
        self.saved = 0

    def members(self, batch: Sequence[OldMember]) -> None:
        self._save(Kind.MEMBER, batch, self._new_members)

    def boards_(self, batch: Sequence[OldBoard]) -> None:
        self._save(Kind.BOARD, batch, self._new_boards)

    def tags(self, batch: Sequence[OldTag]) -> None:
        self._save(Kind.TAG, batch, self._new_tags)

    def topics(self, batch: Sequence[OldTopic]) -> None:
        self._save(Kind.TOPIC, batch, self._new_topics)

    def posts(self, batch: Sequence[OldPost]) -> None:
        self._save(Kind.POST, batch, self._new_posts)

    def topic_tags(self, batch: Sequence[tuple[str, str]]) -> None:
        """Tie tags to topics; a pair that is there already stays one."""
        topics = self._new_ids(Kind.TOPIC, (topic for topic, _tag in batch))
        tags = self._new_ids(Kind.TAG, (tag for _topic, tag in batch))
        through = Topic.tags.through
        through.objects.bulk_create(
            [
                through(topic_id=topics[topic], tag_id=tags[tag])
                for topic, tag in batch
                if topic in topics and tag in tags
            ],
            ignore_conflicts=True,
        )

    def _save(
        self,
        kind: Kind,
        batch: Sequence[Thing],
        make: Callable[[Sequence[Thing]], Iterable[tuple[Thing, int]]],
    ) -> None:
        """Things and the rows that say what became of them are committed together."""
        known = self._new_ids(kind, (thing.id for thing in batch))
        new = [thing for thing in batch if thing.id not in known]
        for thing in new:
            if thing.left_out:
                self._leave_out(thing.left_out)
        with transaction.atomic():
            rows = [
                Imported(
                    run=self.run, kind=kind, old_id=thing.id, new_id=new_id, alias=thing.alias[:200]
                )
                for thing, new_id in make([thing for thing in new if not thing.left_out])
            ]
            Imported.objects.bulk_create(rows)
            if rows:
                finished = ImportRun.objects.filter(pk=self.run.pk, finished_at__isnull=False)
                finished.update(finished_at=None)
        self.saved += len(rows)

    def _new_ids(self, kind: Kind, old_ids: Iterable[str]) -> dict[str, int]:
        things = Imported.objects.filter(run=self.run, kind=kind, old_id__in=set(old_ids))
        return dict(things.values_list("old_id", "new_id"))

    def _leave_out(self, reason: str) -> None:
        self.left_out[reason] = self.left_out.get(reason, 0) + 1

    def _new_members(self, batch: Sequence[OldMember]) -> list[tuple[OldMember, int]]:
        emails = {old.email.lower() for old in batch if old.email}
        known = dict(
            EmailAddress.objects.filter(email__in=emails, verified=True).values_list(
                "email", "user_id"
            )
        )
        same = [
            (old, known[old.email.lower()])
            for old in batch
            if old.is_verified and old.email.lower() in known
        ]
        there = {old.id for old, _pk in same}
        names, others = FreeNames(), [old for old in batch if old.id not in there]
        taken = set(known)
        pairs = [(old, _member(old, names, taken)) for old in others]
        Member.objects.bulk_create(member for _old, member in pairs)
        EmailAddress.objects.bulk_create(
            EmailAddress(user=member, email=member.email, verified=True, primary=True)
            for old, member in pairs
            if member.email and old.is_verified
        )
        return same + [(old, member.pk) for old, member in pairs]

    def _new_boards(self, batch: Sequence[OldBoard]) -> list[tuple[OldBoard, int]]:
        made = []
        for old in batch:
            if slug := self.boards.get(old.id):
                made.append((old, Board.objects.get(slug=slug).pk))
            else:
                made.append((old, _board(old).pk))
        return made

    def _new_tags(self, batch: Sequence[OldTag]) -> list[tuple[OldTag, int]]:
        folded = {old.id: fold(old.name.strip())[:40] for old in batch}
        Tag.objects.bulk_create(
            [
                Tag(name=old.name.strip()[:40], folded=folded[old.id], spelled=sort_key(old.name))
                for old in batch
                if folded[old.id]
            ],
            ignore_conflicts=True,
        )
        pks = dict(Tag.objects.filter(folded__in=folded.values()).values_list("folded", "pk"))
        return [(old, pks[folded[old.id]]) for old in batch if folded[old.id]]

    def _new_topics(self, batch: Sequence[OldTopic]) -> list[tuple[OldTopic, int]]:
        """Held until the run ends: nobody replies to half a topic."""
        boards = self._new_ids(Kind.BOARD, (old.board for old in batch))
        authors = self._new_ids(Kind.MEMBER, (old.author for old in batch))
        pairs = []
        for old in batch:
            if old.board not in boards:
                self._leave_out(NOT_THERE)
                continue
            topic = Topic(
                board_id=boards[old.board],
                title=" ".join(old.title.split())[:TITLE_LENGTH] or "…",
                author_id=authors.get(old.author),
                created_at=old.created_at,
                last_post_at=old.created_at,
                is_locked=old.is_locked,
                is_pinned=old.is_pinned,
                hidden_at=old.hidden_at,
                held_at=self.run.started_at,
            )
            pairs.append((old, topic))
        Topic.objects.bulk_create(topic for _old, topic in pairs)
        return [(old, topic.pk) for old, topic in pairs]

    def _new_posts(self, batch: Sequence[OldPost]) -> list[tuple[OldPost, int]]:
        topics = self._new_ids(Kind.TOPIC, (old.topic for old in batch))
        authors = self._new_ids(Kind.MEMBER, (old.author for old in batch))
        pairs = []
        for old in batch:
            if old.topic not in topics:
                self._leave_out(NOT_THERE)
            elif not old.body.strip():
                self._leave_out(NOTHING_IN_IT)
            else:
                pairs.append((old, _post(old, topics[old.topic], authors.get(old.author))))
        Post.objects.bulk_create(post for _old, post in pairs)
        return [(old, post.pk) for old, post in pairs]


def _member(old: OldMember, names: FreeNames, taken: set[str]) -> Member:
    """Without a password: whoever has the address takes the account over by a reset.

    An address that somebody here has, or an earlier one of the same forum, is not given twice.
    """
    email = old.email.lower() if old.email.lower() not in taken else ""
    taken.add(email)
    member = Member(
        username=names.login(old.username, old.id),
        email=email,
        about=old.about[:ABOUT_LENGTH],
        date_joined=old.joined_at,
        suspended_until=old.suspended_until,
    )
    member.take_name(names.display(old.name or old.username, old.id))
    member.set_unusable_password()
    return member


def _board(old: OldBoard) -> Board:
    """A board of its own; one that not everybody could read is for staff until it is opened."""
    slug = slugify(old.slug)[:SLUG_LENGTH] or f"board-{old.id}"
    slug = f"{slug}-board" if slug in FIXED_ADDRESSES else slug
    number = 1
    while Board.objects.filter(slug=f"{slug}-{number}" if number > 1 else slug).exists():
        number += 1
    name = old.name[:NAME_LENGTH] or slug
    return Board.objects.create(
        slug=f"{slug}-{number}" if number > 1 else slug,
        stage=Board.Stage.CHAT,
        name=name,
        name_zh=name,
        description=old.description[:BLURB_LENGTH],
        description_zh=old.description[:BLURB_LENGTH],
        position=min(100 + max(old.position, 0), 32_000),
        readers=Board.Readers.STAFF if old.is_restricted else Board.Readers.EVERYBODY,
    )


def _post(old: OldPost, topic: int, author: int | None) -> Post:
    post = Post(
        topic_id=topic,
        number=old.number,
        author_id=author,
        created_at=old.created_at,
        edited_at=old.edited_at,
        hidden_at=old.hidden_at,
        withdrawn_at=old.withdrawn_at,
    )
    post.take_body(old.body)
    return post
