"""What sort of change a title tells of, and which area of the product it concerns."""

import re
from dataclasses import dataclass

from community.builds.domain.importing import words
from community.builds.domain.importing.headings import read_kind
from community.builds.domain.importing.notes import Kind

LONGEST_AREA = 60
MOST_WORDS_OF_AREA = 4

HAN_VERBS = (("新增", Kind.FEATURE), ("增加", Kind.FEATURE), ("修复", Kind.FIX), ("修正", Kind.FIX))

CONVENTIONAL = re.compile(r"(?P<word>[A-Za-z]{2,15})(?:\((?P<area>[^()]{1,60})\))?!?:\s+(?=\S)")
COLON = re.compile(r"(?P<word>[^:：`\"“(\[{<|]{1,40}?)\s?(?::\s+|：\s*)(?=\S)")
BRACKETS = re.compile(
    r"(?:\[(?P<word>[^\[\]@#`]{1,40})\]|【(?P<han>[^】]{1,40})】)[:：]?\s*(?=[^\s(])"
)
BOLD = re.compile(
    r"\*\*\[?(?P<word>[^*\[\]@`]{1,60}?)\]?(?P<colon>[:：]?)\*\*(?P<after>[:：]?)\s*(?=\S)"
)
CVE = re.compile(r"CVE-\d{4}-\d{4,10}", re.IGNORECASE)
UPGRADE = re.compile(
    r"(?:bump|upgrade|update)\b.{1,200}\b(?:from|to) v?\d+[\d.]*\S*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Titled:
    """A title without its prefixes, and what they said; `kind` is None when they said nothing."""

    title: str
    kind: Kind | None
    area: str


def read_lead(text: str) -> tuple[str, str]:
    """Bold words in front and the text: `**[Reolink]** gained …` names an area and its subject."""
    found = BOLD.match(text)
    if found is None:
        return "", text
    word, rest = found["word"].strip(), text[found.end() :]
    if word.casefold() in words.PREFIXES or found["colon"] or found["after"]:
        return "", f"{word}: {rest}"
    is_subject = rest[:1].islower()
    area = word if len(word.split()) <= MOST_WORDS_OF_AREA else ""
    return area, f"{word} {rest}" if is_subject or not area else rest


def read_title(text: str) -> Titled:
    """Take prefixes such as `Security fix:`, `fix(omie):` and `Switchbot Cloud：` off a title."""
    kind: Kind | None = None
    area = ""
    for _ in range(3):
        found = CONVENTIONAL.match(text) or COLON.match(text) or BRACKETS.match(text)
        if found is None or CVE.match(text):
            break
        parts = found.groupdict()
        word = (parts["word"] or parts.get("han") or "").strip()
        said = words.PREFIXES.get(word.casefold())
        if said is None and (area or not _is_area(word)):
            break
        kind, area = kind or said, area or (parts.get("area") or "" if said else word)
        text = text[found.end() :]
    if CVE.search(text) and kind in {None, Kind.FIX}:
        kind = Kind.SECURITY
    return Titled(text, kind, area[:LONGEST_AREA])


def guess_kind(title: str) -> Kind | None:
    """The kind a title's first word tells: "Add …", "Fix …", "Bump … to 2.0"."""
    if UPGRADE.match(title):
        return Kind.MAINTENANCE
    by_han = next((kind for verb, kind in HAN_VERBS if title.startswith(verb)), None)
    return by_han or words.VERBS.get(title.partition(" ")[0].casefold())


def _is_area(word: str) -> bool:
    """A name, not the beginning of a sentence: at most four words, later ones capitalised."""
    parts = word.split()
    if (
        not parts
        or len(parts) > MOST_WORDS_OF_AREA
        or parts[0].casefold() in words.NOT_AREAS | words.VERBS.keys()
    ):
        return False
    is_name = all(not part.islower() for part in parts[1:])
    return is_name and word[0].isalnum() and not word[0].isdigit() and read_kind(word) is None
