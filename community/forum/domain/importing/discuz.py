"""Discuz! X: the tables of a MySQL dump."""

from collections.abc import Iterator
from datetime import UTC, datetime

from community.forum.domain.importing import bbcode, html_markup
from community.forum.domain.importing.fields import flag, moment, number, text
from community.forum.domain.importing.mysql_dump import MysqlDump, Row
from community.forum.domain.importing.records import OldBoard, OldMember, OldPost, OldTag, OldTopic

BANNED = frozenset({4, 5, 6})  # of common_member.groupid: may not post, may not visit, address
FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)
_ATTACHMENT = "/forum.php?mod=attachment&aid={}"


class Discuz:
    """Members, boards, threads and posts; passwords, private messages and credits stay there."""

    system = "discuz"

    def __init__(self, dump: MysqlDump, *, site: str = "") -> None:
        self.dump = dump
        self._attachment = f"{site.rstrip('/')}{_ATTACHMENT}" if site else ""

    @property
    def line(self) -> int:
        return self.dump.line

    def members(self) -> Iterator[OldMember]:
        for row in self.dump.rows("common_member", ("uid", "username", "email", "regdate")):
            is_banned = number(row, "groupid") in BANNED or number(row, "status") < 0
            yield OldMember(
                id=text(row, "uid"),
                username=text(row, "username"),
                email=text(row, "email"),
                is_verified=flag(row, "emailstatus"),
                joined_at=moment(row, "regdate"),
                suspended_until=FOR_EVER if is_banned else None,
            )

    def boards(self) -> Iterator[OldBoard]:
        fields = {row["fid"]: row for row in self.dump.rows("forum_forumfield", ("fid",))}
        for row in self.dump.rows("forum_forum", ("fid", "type", "name")):
            more = fields.get(row["fid"], {})
            # Whoever had to be let in there is not everybody here.
            is_restricted = number(row, "status") != 1 or bool(text(more, "viewperm").strip())
            yield OldBoard(
                id=text(row, "fid"),
                left_out="a heading over boards" if text(row, "type") == "group" else "",
                name=html_markup.to_markdown(text(row, "name")),
                description=html_markup.to_markdown(text(more, "description")),
                position=number(row, "displayorder"),
                is_restricted=is_restricted or bool(text(more, "password")),
            )

    def tags(self) -> Iterator[OldTag]:
        for row in self.dump.rows("common_tag", ("tagid", "tagname")):
            yield OldTag(id=text(row, "tagid"), name=text(row, "tagname"))

    def topics(self) -> Iterator[OldTopic]:
        for row in self.dump.rows("forum_thread", ("tid", "fid", "subject", "dateline")):
            order = number(row, "displayorder")  # < 0: deleted or waiting; > 0: on top
            is_hidden = order < 0 or number(row, "readperm") > 0 or number(row, "price") > 0
            created_at = moment(row, "dateline")
            yield OldTopic(
                id=text(row, "tid"),
                left_out="moved elsewhere" if number(row, "closed") > 1 else "",
                board=text(row, "fid"),
                title=html_markup.to_markdown(text(row, "subject")),
                author=text(row, "authorid"),
                created_at=created_at,
                is_locked=number(row, "closed") == 1,
                is_pinned=order > 0,
                hidden_at=created_at if is_hidden else None,
            )

    def topic_tags(self) -> Iterator[tuple[str, str]]:
        for row in self.dump.rows("common_tagitem", ("tagid", "itemid", "idtype")):
            if text(row, "idtype") == "tid":
                yield text(row, "itemid"), text(row, "tagid")

    def posts(self) -> Iterator[OldPost]:
        for row in self.dump.rows("forum_post", ("pid", "tid", "message", "dateline")):
            created_at = moment(row, "dateline")
            yield OldPost(
                id=text(row, "pid"),
                topic=text(row, "tid"),
                number=number(row, "position") or number(row, "pid"),
                # Who wrote without a name there has none here.
                author="" if flag(row, "anonymous") else text(row, "authorid"),
                created_at=created_at,
                body=self._body(row),
                hidden_at=created_at if number(row, "invisible") < 0 else None,
            )

    def _body(self, row: Row) -> str:
        message = text(row, "message")
        if flag(row, "htmlon"):
            message = html_markup.to_markdown(message)
        if flag(row, "bbcodeoff"):
            return message
        return bbcode.to_markdown(message, attachment=self._attachment)
