"""What a reading of release notes consists of: lines, changes, names, sections."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Format(StrEnum):
    """How release notes are written."""

    NAMES_IN_PARENTHESES = "names-in-parentheses"
    HANDLES_IN_BRACKETS = "handles-in-brackets"
    KEEP_A_CHANGELOG = "keep-a-changelog"
    CODE_HOST = "code-host"
    RESTRUCTURED_TEXT = "restructured-text"
    GIT = "git"


class Kind(StrEnum):
    """What sort of change a line is; the same values as `Feature.Kind`."""

    FEATURE = "feature"
    IMPROVEMENT = "improvement"
    FIX = "fix"
    SECURITY = "security"
    DOCS = "docs"
    MAINTENANCE = "maintenance"


class Understood(StrEnum):
    """What one line of the notes was taken for."""

    HEADING = "heading"
    CHANGE = "change"
    CONTINUATION = "continuation"
    PROSE = "prose"
    BLANK = "blank"
    BOT = "bot"
    IGNORED = "ignored"


UNDERSTOOD = {
    Understood.HEADING: pgettext_lazy("a line of notes", "heading"),
    Understood.CHANGE: pgettext_lazy("a line of notes", "change"),
    Understood.CONTINUATION: pgettext_lazy("a line of notes", "goes on"),
    Understood.PROSE: pgettext_lazy("a line of notes", "prose"),
    Understood.BLANK: pgettext_lazy("a line of notes", "blank"),
    Understood.BOT: pgettext_lazy("a line of notes", "bot"),
    Understood.IGNORED: pgettext_lazy("a line of notes", "left out"),
}


class Note(StrEnum):
    """Why a line was read as it was."""

    NONE = ""
    VERSION = "version"
    GROUP = "group"
    NO_CREDIT = "no_credit"
    ONLY_BOTS = "only_bots"
    BOT_AMONG_PEOPLE = "bot_among_people"
    MAYBE_PEOPLE = "maybe_people"
    UNBALANCED = "unbalanced"
    DETAIL = "detail"
    REPEATED = "repeated"
    REVERTED = "reverted"
    NO_TITLE = "no_title"
    CONTRIBUTORS = "contributors"
    LINK = "link"
    COMMENT = "comment"
    CODE = "code"
    MARKUP = "markup"


NOTES = {
    Note.NONE: "",
    Note.VERSION: _("a version begins"),
    Note.GROUP: _("names the lines below it"),
    Note.NO_CREDIT: _("nobody is credited"),
    Note.ONLY_BOTS: _("made by a bot, which is no engineer"),
    Note.BOT_AMONG_PEOPLE: _("a bot was left out of the credits"),
    Note.MAYBE_PEOPLE: _("its end looks like a name, but was left in the title"),
    Note.UNBALANCED: _("the parentheses do not balance"),
    Note.DETAIL: _("describes the change above"),
    Note.REPEATED: _("the same change stands above"),
    Note.REVERTED: _("taken back within the range"),
    Note.NO_TITLE: pgettext_lazy("a line of notes", "no title"),
    Note.CONTRIBUTORS: _("a list of people, not of changes"),
    Note.LINK: pgettext_lazy("a line of notes", "a link"),
    Note.COMMENT: pgettext_lazy("a line of notes", "a comment"),
    Note.CODE: pgettext_lazy("a line of notes", "code"),
    Note.MARKUP: pgettext_lazy("a line of notes", "markup"),
}


class Reason(StrEnum):
    """Why notes are refused as a whole."""

    NOT_UTF8 = "not_utf8"
    EMPTY = "empty"
    NO_CHANGES = "no_changes"
    CONTROL_CHARACTER = "control_character"
    LINE_TOO_LONG = "line_too_long"
    CHANGE_TOO_LONG = "change_too_long"
    TOO_BIG = "too_big"
    REPEATED_VERSION = "repeated_version"
    IMPOSSIBLE_DATE = "impossible_date"
    UNCLOSED_CODE = "unclosed_code"
    UNCLOSED_COMMENT = "unclosed_comment"


SENTENCES = {
    Reason.NOT_UTF8: _("byte %(byte)s at column %(column)s is not UTF-8."),
    Reason.EMPTY: _("the notes are empty."),
    Reason.NO_CHANGES: _("read to this last line and found no change."),
    Reason.CONTROL_CHARACTER: _("the control character %(character)s at column %(column)s."),
    Reason.LINE_TOO_LONG: _("longer than %(limit)s characters."),
    Reason.CHANGE_TOO_LONG: _("a change longer than %(limit)s characters begins here."),
    Reason.TOO_BIG: _("the notes grow larger than %(limit)s bytes here."),
    Reason.REPEATED_VERSION: _("version %(version)s already began on line %(first)s."),
    Reason.IMPOSSIBLE_DATE: _("%(date)s is not a date."),
    Reason.UNCLOSED_CODE: _("code begins here and never ends."),
    Reason.UNCLOSED_COMMENT: _("a comment begins here and never ends."),
}


class BrokenNotes(Exception):
    """Notes that cannot be read: the line (from 1), the reason, and a sentence with both."""

    def __init__(self, line: int, reason: Reason, **details: object) -> None:
        super().__init__(line, reason, details)
        self.line = line
        self.reason = reason
        self.details = details

    @property
    def message(self) -> str:
        """The reason as a sentence in the reader's language."""
        return str(SENTENCES[self.reason]) % self.details

    def __str__(self) -> str:
        return str(_("Line %(line)s: %(message)s")) % {"line": self.line, "message": self.message}


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of an engineer: a person's name, or a handle without its @."""

    kind: Literal["person", "handle"]
    text: str

    def __str__(self) -> str:
        return f"@{self.text}" if self.kind == "handle" else self.text


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as the notes tell it; `line` counts from 1, `area` may be empty."""

    line: int
    raw: str
    title: str
    body: str
    area: str
    kind: Kind
    credits: tuple[Name, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineReading:
    """How one line was understood; `entry` stands on the first line of a change or bot line."""

    number: int
    text: str
    understood: Understood
    note: Note = Note.NONE
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one version and the prose among them; `version` is empty for "Unreleased"."""

    line: int
    last_line: int
    version: str
    released_on: date | None
    is_released: bool
    entries: tuple[Entry, ...]
    prose: str = ""

    @property
    def names(self) -> tuple[Name, ...]:
        """Everybody credited, once a spelling, in order of appearance."""
        return tuple(dict.fromkeys(name for entry in self.entries for name in entry.credits))


@dataclass(frozen=True)
class Notes:
    """Release notes, read: every line once in `readings`, every change once in `sections`."""

    format: Format
    sections: tuple[Section, ...]
    readings: tuple[LineReading, ...]

    def of(self, section: Section) -> tuple[LineReading, ...]:
        """How the lines of one section were read."""
        return self.readings[section.line - 1 : section.last_line]
