"""The skeleton of release notes: headings and bullet points, whatever they are marked up with."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from community.builds.domain.importing.headings import read_kind
from community.builds.domain.importing.notes import BrokenNotes, Note, Reason, Understood

LONGEST_CHANGE = 10_000
DEEPEST = 6
SHORTEST_RULE = 3
LONGEST_TITLE = 200
LONGEST_PLAIN_HEADING = 40
# Beneath what # can say: headings in bold, and plain words before a colon.
BOLD_LEVEL, PLAIN_LEVEL = 7, 8

BULLET = re.compile(r"\s*(?:[-*+•●·]|#\.)\s+(?:\[[ xX]\]\s+)?(?=\S)")
NUMBERED = re.compile(
    r"\s*(?:\d{1,3}[.)]\s+|\d{1,3}\.(?=[\u3400-\u9fff])|\d{1,3}[、．]\s*"
    r"|[(（]\d{1,3}[)）]\s*|[①-⑳]\s*)(?=\S)"
)
FIRST = re.compile(r"\s*[(（]?[1①](?!\d)")
EMPTY_BULLET = re.compile(r"\s*(?:[-*+•●·]|#\.)$")
FENCE = re.compile(r"\s*(`{3,40})[^`]*$")
COMMENT_END = re.compile("-->")
DIRECTIVE = re.compile(r"\s*\.\.(?:\s|$)")
LINK = re.compile(
    r"\s{0,3}\[[^\]]{1,200}\]:\s*\S|__ \S|\**full changelog\**\s*:|https?://\S+$", re.IGNORECASE
)
ADORNMENT = frozenset("=-~^\"'`#*+.:_<>")
HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
BOLD_HEADING = re.compile(r"\*\*([^*]{1,80})\*\*[:：]?$|【([^】]{1,40})】$")
HAN_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}、\s*")


@dataclass(slots=True)
class Heading:
    """One heading; level 1 is the outermost."""

    line: int
    level: int
    text: str


@dataclass(slots=True)
class Item:
    """One bullet point with the lines that continue it and the points nested in it."""

    line: int
    indent: int
    paragraphs: list[list[str]]
    lines: list[int]
    children: list["Item"] = field(default_factory=list)
    size: int = 0

    @property
    def texts(self) -> list[str]:
        """Its paragraphs, each joined to one line."""
        return [" ".join(" ".join(paragraph).split()) for paragraph in self.paragraphs]


@dataclass(slots=True)
class Outline:
    """Headings and outermost points in order, and what every other line is."""

    blocks: list[Heading | Item] = field(default_factory=list)
    marks: dict[int, tuple[Understood, Note]] = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        """Every point, also those nested in others."""
        waiting = [block for block in self.blocks if isinstance(block, Item)]
        while waiting:
            item = waiting.pop()
            waiting += item.children
            yield item


def read_outline(lines: list[str]) -> Outline:
    """Sort lines into headings, points and the rest; raises BrokenNotes on unclosed blocks."""
    return _Outliner(lines).read()


class _Outliner:
    """Reads from the top; each `_take_…` says how many lines at `at` were its own."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = [line.expandtabs(4).rstrip() for line in lines]
        self.outline = Outline()
        self.open: list[Item] = []
        self.adornments: list[str] = []
        self.has_hashes = any(HASHES.match(line) for line in self.lines)

    def read(self) -> Outline:
        takers: tuple[Callable[[int], int], ...] = (
            self._take_blank,
            self._take_comment,
            self._take_code,
            self._take_directive,
            self._take_link,
            self._take_heading,
            self._take_rule_or_tag,
            self._take_point,
            self._take_continuation,
        )
        at = 0
        while at < len(self.lines):
            at += next(filter(None, (take(at) for take in takers)), 0) or self._take_prose(at)
        return self.outline

    def _mark(self, at: int, understood: Understood, note: Note = Note.NONE) -> int:
        self.outline.marks[at + 1] = (understood, note)
        return 1

    def _is_blank(self, at: int) -> bool:
        return not (0 <= at < len(self.lines) and self.lines[at])

    def _indent(self, at: int) -> int:
        return len(self.lines[at]) - len(self.lines[at].lstrip())

    def _take_blank(self, at: int) -> int:
        return self._mark(at, Understood.BLANK) if self._is_blank(at) else 0

    def _take_comment(self, at: int) -> int:
        if not self.lines[at].lstrip().startswith("<!--"):
            return 0
        last = self._find(at, at, COMMENT_END, Reason.UNCLOSED_COMMENT)
        return self._mark_to(at, last, Understood.IGNORED, Note.COMMENT)

    def _take_code(self, at: int) -> int:
        fence = FENCE.match(self.lines[at])
        if not fence:
            return 0
        last = self._find(at, at + 1, re.compile(rf"\s*{fence[1]}`*$"), Reason.UNCLOSED_CODE)
        is_inside = any(item.indent < self._indent(at) for item in self.open)
        understood = Understood.CONTINUATION if is_inside else Understood.IGNORED
        return self._mark_to(at, last, understood, Note.CODE)

    def _take_directive(self, at: int) -> int:
        if not DIRECTIVE.match(self.lines[at]):
            return 0
        last, ahead = at, at + 1
        while ahead < len(self.lines):
            if not self._is_blank(ahead):
                if self._indent(ahead) <= self._indent(at):
                    break
                last = ahead
            ahead += 1
        return self._mark_to(at, last, Understood.IGNORED, Note.MARKUP)

    def _take_link(self, at: int) -> int:
        if not LINK.match(self.lines[at]):
            return 0
        return self._mark(at, Understood.IGNORED, Note.LINK)

    def _take_heading(self, at: int) -> int:
        line = self.lines[at]
        if hashes := HASHES.match(line):
            text = line[hashes.end() :].rstrip("#").rstrip() or line
            return self._heading(at, len(hashes[1]), text)
        is_boxed = self._is_adornment(at) and not self._is_blank(at + 1)
        if is_boxed and not self._is_blank(at + 2) and self.lines[at + 2] == line:
            return self._underlined(at + 1, over=at)
        if self._is_adornment(at + 1) and self._can_be_title(at):
            return self._underlined(at)
        if bold := BOLD_HEADING.match(line):
            return self._heading(at, BOLD_LEVEL, bold[1] or bold[2])
        text = HAN_NUMBER.sub("", line, count=1) if line[0] in "一二三四五六七八九十" else line
        is_set_off = text != line or line.endswith((":", "："))
        if is_set_off and len(line) <= LONGEST_PLAIN_HEADING and line[0] != " " and read_kind(text):
            return self._heading(at, PLAIN_LEVEL, text)
        return 0

    def _heading(self, at: int, level: int, text: str) -> int:
        self.open.clear()
        self.outline.blocks.append(Heading(at + 1, level, text))
        return self._mark(at, Understood.HEADING, Note.GROUP)

    def _underlined(self, at: int, *, over: int | None = None) -> int:
        style = self.lines[at + 1][0] + ("" if over is None else "+")
        if style not in self.adornments:
            self.adornments.append(style)
        level = 1 + ("=-".find(style) if self.has_hashes else self.adornments.index(style))
        taken = self._heading(at, max(level, 1), self.lines[at].strip())
        for i in (at + 1, over):
            taken += 0 if i is None else self._mark(i, Understood.HEADING, Note.MARKUP)
        return taken

    def _is_adornment(self, at: int) -> bool:
        if self._is_blank(at):
            return False
        line = self.lines[at]
        return len(line) >= SHORTEST_RULE and line[0] in ADORNMENT and line == line[0] * len(line)

    def _can_be_title(self, at: int) -> bool:
        line = self.lines[at]
        is_point = BULLET.match(line) or NUMBERED.match(line)
        return (
            not (line[0] == " " or is_point or self._is_adornment(at))
            and len(line) <= LONGEST_TITLE
        )

    def _take_rule_or_tag(self, at: int) -> int:
        line = self.lines[at].strip()
        is_tag = line[0] == "<" and line[-1] == ">"
        if not (is_tag or self._is_adornment(at) or EMPTY_BULLET.match(line)):
            return 0
        return self._mark(
            at, Understood.IGNORED, Note.NO_TITLE if EMPTY_BULLET.match(line) else Note.MARKUP
        )

    def _take_point(self, at: int) -> int:
        line = self.lines[at]
        follows_text = self._follows_text(at)
        marker = BULLET.match(line)
        if marker and follows_text and line.startswith("by ", marker.end()):
            return 0
        if not marker and (numbered := NUMBERED.match(line)):
            is_item = FIRST.match(line) or self._continues_numbers(at)
            marker = numbered if is_item or not follows_text else None
        if not marker:
            return 0
        self._close(down_to=self._indent(at))
        item = Item(at + 1, self._indent(at), [[]], [])
        if self.open:
            self.open[-1].children.append(item)
        else:
            self.outline.blocks.append(item)
        self.open.append(item)
        return self._add_to(item, at, line[marker.end() :], Understood.CHANGE)

    def _continues_numbers(self, at: int) -> bool:
        is_same = any(item.indent == self._indent(at) for item in self.open)
        return is_same and bool(NUMBERED.match(self.lines[self.open[-1].line - 1]))

    def _follows_text(self, at: int) -> bool:
        return bool(self.open) and self.open[-1].lines[-1] == at

    def _close(self, *, down_to: int) -> None:
        """A point nests in another when it stands at least two columns further in."""
        while self.open and (len(self.open) >= DEEPEST or self.open[-1].indent + 2 > down_to):
            self.open.pop()

    def _take_continuation(self, at: int) -> int:
        follows_text = self._follows_text(at)
        while not follows_text and self.open and self.open[-1].indent >= self._indent(at):
            self.open.pop()
        if not self.open:
            return 0
        if not follows_text:
            self.open[-1].paragraphs.append([])
        return self._add_to(self.open[-1], at, self.lines[at], Understood.CONTINUATION)

    def _add_to(self, item: Item, at: int, text: str, understood: Understood) -> int:
        item.paragraphs[-1].append(text)
        item.lines.append(at + 1)
        item.size += len(text)
        if item.size > LONGEST_CHANGE:
            raise BrokenNotes(item.line, Reason.CHANGE_TOO_LONG, limit=LONGEST_CHANGE)
        return self._mark(at, understood)

    def _take_prose(self, at: int) -> int:
        self.open.clear()
        return self._mark(at, Understood.PROSE)

    def _mark_to(self, first: int, last: int, understood: Understood, note: Note) -> int:
        for at in range(first, last + 1):
            if not self._take_blank(at):
                self._mark(at, understood, note)
        return last + 1 - first

    def _find(self, begin: int, at: int, end: re.Pattern[str], reason: Reason) -> int:
        """The first line from `at` that has the end of what begins; refuses when none has."""
        for i in range(at, len(self.lines)):
            if end.search(self.lines[i]):
                return i
        raise BrokenNotes(begin + 1, reason)
