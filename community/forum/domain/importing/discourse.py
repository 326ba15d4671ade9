"""Discourse: the tables of a backup's dump.sql."""

from collections.abc import Iterator
from datetime import datetime

from community.forum.domain.importing import discourse_markdown
from community.forum.domain.importing.fields import (
    flag,
    moment,
    moment_or_none,
    number,
    text,
)
from community.forum.domain.importing.pg_dump import PgDump, Row
from community.forum.domain.importing.records import OldBoard, OldMember, OldPost, OldTag, OldTopic

REPLY, BY_MODERATOR = 1, 2  # of posts.post_type; others are notes by the machine, and whispers


class Discourse:
    """Members, categories, tags, topics and posts; private messages stay where they are."""

    system = "discourse"

    def __init__(self, dump: PgDump, *, site: str = "") -> None:
        self.dump, self.site = dump, site
        # Login names that are others here, old to new; filled once members are imported.
        self.renamed: dict[str, str] = {}

    @property
    def line(self) -> int:
        return self.dump.line

    def members(self) -> Iterator[OldMember]:
        emails = {
            row["user_id"]: text(row, "email")
            for row in self.dump.rows("user_emails", ("user_id", "email"))
            if flag(row, "primary")
        }
        abouts = {
            row["user_id"]: text(row, "bio_raw")
            for row in self.dump.rows("user_profiles", ("user_id",))
            if row.get("bio_raw")
        }
        for row in self.dump.rows("users", ("id", "username", "created_at")):
            yield OldMember(
                id=text(row, "id"),
                alias=text(row, "username").lower(),
                left_out="made by the machine" if number(row, "id") <= 0 else "",
                username=text(row, "username"),
                name=text(row, "name"),
                email=emails.get(row["id"], ""),
                is_verified=flag(row, "active"),
                joined_at=moment(row, "created_at"),
                about=abouts.get(row["id"], ""),
                suspended_until=moment_or_none(row, "suspended_till"),
            )

    def boards(self) -> Iterator[OldBoard]:
        names = {row["id"]: text(row, "name") for row in self.dump.rows("categories")}
        for row in self.dump.rows("categories", ("id", "name")):
            parent = names.get(row.get("parent_category_id"))
            name = text(row, "name")
            yield OldBoard(
                id=text(row, "id"),
                name=f"{parent} / {name}" if parent else name,
                slug=text(row, "slug"),
                description=text(row, "description"),
                position=number(row, "position"),
                is_restricted=flag(row, "read_restricted"),
            )

    def tags(self) -> Iterator[OldTag]:
        for row in self.dump.rows("tags", ("id", "name")):
            yield OldTag(id=text(row, "id"), alias=text(row, "name"), name=text(row, "name"))

    def topics(self) -> Iterator[OldTopic]:
        for row in self.dump.rows("topics", ("id", "title", "created_at", "category_id")):
            yield OldTopic(
                id=text(row, "id"),
                left_out="" if self._is_public(row) else "a private message",
                board=text(row, "category_id"),
                title=text(row, "title"),
                author=text(row, "user_id"),
                created_at=moment(row, "created_at"),
                is_locked=flag(row, "closed") or flag(row, "archived"),
                is_pinned=bool(row.get("pinned_at")),
                hidden_at=self._hidden_at(row, is_hidden=row.get("visible") == "f"),
            )

    def topic_tags(self) -> Iterator[tuple[str, str]]:
        for row in self.dump.rows("topic_tags", ("topic_id", "tag_id")):
            yield text(row, "topic_id"), text(row, "tag_id")

    def posts(self) -> Iterator[OldPost]:
        needs = ("id", "topic_id", "post_number", "raw", "created_at")
        for row in self.dump.rows("posts", needs):
            kind = number(row, "post_type") or REPLY
            topic, place = text(row, "topic_id"), number(row, "post_number")
            withdrawn = moment(row, "updated_at") if flag(row, "user_deleted") else None
            yield OldPost(
                id=text(row, "id"),
                alias=f"{topic}/{place}",
                left_out="" if kind in {REPLY, BY_MODERATOR} else "a note by the machine",
                topic=topic,
                number=place,
                author=text(row, "user_id"),
                created_at=moment(row, "created_at"),
                body=discourse_markdown.to_markdown(
                    text(row, "raw"), site=self.site, renamed=self.renamed
                ),
                edited_at=self._edited_at(row),
                hidden_at=self._hidden_at(row, is_hidden=flag(row, "hidden")),
                withdrawn_at=withdrawn,
            )

    @staticmethod
    def _is_public(row: Row) -> bool:
        return (row.get("archetype") or "regular") == "regular" and bool(row.get("category_id"))

    @staticmethod
    def _hidden_at(row: Row, *, is_hidden: bool) -> datetime | None:
        """What was deleted or out of sight there is never shown here."""
        deleted = moment_or_none(row, "deleted_at")
        return deleted or (moment(row, "created_at") if is_hidden else None)

    @staticmethod
    def _edited_at(row: Row) -> datetime | None:
        return moment_or_none(row, "last_version_at") if number(row, "version") > 1 else None
