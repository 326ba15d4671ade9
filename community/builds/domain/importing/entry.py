"""Reads one bullet point: title, description, kind, area, engineers and references."""

import re
import unicodedata
from dataclasses import dataclass

from community.builds.domain.importing.credit import END, read_signed
from community.builds.domain.importing.kinds import guess_kind, read_lead, read_title
from community.builds.domain.importing.markup import plain
from community.builds.domain.importing.names import NameList, Trust, read_list
from community.builds.domain.importing.notes import Entry, Kind, Note
from community.builds.domain.importing.outline import Item

LONGEST_TITLE = 300
# A title of several sentences longer than this keeps only its first one.
HANDY_TITLE = 140
LONGEST_BODY = 5_000
SHORT_PARAGRAPH = 80

NEW_SENTENCE = re.compile(r"(?<![.\s][a-z]\.)(?<=[.!?])\s+(?=[A-Z`])|(?<=[。！？])\s*(?=\S)")
# ":sparkles: New dial", not ":class:`Dial`".
SHORTCODES = re.compile(r"(?::[a-z0-9_+-]{2,40}:\s+){1,5}")
# What remains of a paragraph that only lists references.
ONLY_REFERENCES = re.compile(
    r"(?:related |closes |see )?(?:issues|pull requests|prs)?[^:]{0,40}:?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A change and how certain its reading is; `is_by_bots` when only programs made it."""

    entry: Entry
    note: Note
    is_by_bots: bool


def read_item(item: Item, raw: str, trust: Trust, kind: Kind | None, area: str) -> Reading:
    """Read a point that stands under headings of this kind and area."""
    first, *more = [unicodedata.normalize("NFC", text) for text in item.texts]
    first = SHORTCODES.sub("", first)
    lead, first = read_lead(first)
    signed = read_signed(plain(first), trust)
    names, body = signed.names, []
    for paragraph in more:
        described = read_signed(plain(paragraph), Trust.HANDLES)
        names += described.names
        if described.text and not _only_references(described.text, described.names):
            body.append(described.text)
    titled = read_title(signed.text.strip())
    title, rest = split_title("" if _is_list(titled.title) else titled.title)
    entry = Entry(
        line=item.line,
        raw=raw,
        title=title,
        body="\n\n".join([rest, *body] if rest else body)[:LONGEST_BODY],
        area=titled.area or lead or area,
        kind=titled.kind or kind or guess_kind(title) or Kind.IMPROVEMENT,
        credits=names.people,
        references=names.references,
    )
    return Reading(entry, _note(signed.note, names), bool(names.bots and not names.people))


def _is_list(title: str) -> bool:
    """Whether a title is nothing but numbers, such as "#1, #2"."""
    return bool(read_list(title, Trust.HANDLES))


def _note(note: Note, names: NameList) -> Note:
    if names.bots:
        return Note.BOT_AMONG_PEOPLE if names.people else Note.ONLY_BOTS
    return note if note or names.people else Note.NO_CREDIT


def _only_references(text: str, names: NameList) -> bool:
    return (
        bool(names.references)
        and len(text) < SHORT_PARAGRAPH
        and ONLY_REFERENCES.match(text) is not None
    )


def split_title(text: str) -> tuple[str, str]:
    """The title and what is too long for it, which begins the description."""
    sentences = NEW_SENTENCE.split(text)
    title, rest = text, ""
    if len(sentences) > 1 and len(text) > HANDY_TITLE:
        title, rest = sentences[0], " ".join(sentences[1:])
    if len(title) > LONGEST_TITLE:
        title, rest = title[: LONGEST_TITLE - 1].rpartition(" ")[0] + "…", text
    is_sentence = title.endswith((".", "。")) and not title.endswith("..")
    return (title.rstrip(END) if is_sentence else title.strip(" ,;")), rest
