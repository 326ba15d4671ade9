"""Headings of release notes: a version with its date, a kind of change, an area, or people."""

import re
from dataclasses import dataclass
from datetime import date

from community.builds.domain.importing.notes import BrokenNotes, Kind, Reason

VERSION = re.compile(
    r"^(?:(?:release|version)\s+|(?P<product>(?:[\w.@/-]{1,40}\s+){1,2}?))??[\[(]?"
    r"(?P<version>v?\d{1,4}(?:\.\d{1,6}){0,4}"
    r"(?:[-._+]?(?:a|b|c|rc|alpha|beta|dev|pre|post)[-.]?\d{0,4})?)"
    r"[\])]?(?P<rest>(?:[\s(:,–—-].*)?)$",
    re.IGNORECASE,
)
UNRELEASED = re.compile(
    r"\b(?:unreleased|not yet released|in (?:active )?development|under development|in progress"
    r"|upcoming|to be (?:released|announced)|tba|tbd|coming soon|(?:x{2,4}|\?{2,4})[./-]"
    r"(?:x{2}|\?{2}))|未发布|开发中|尚未发布",
    re.IGNORECASE,
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATES = [
    re.compile(r"(?<!\d)(?P<year>\d{4})[-/年](?P<month>\d{1,2})[-/月](?P<day>\d{1,2})(?!\d)"),
    # Narrow, for 7.0.1024 is a version.
    re.compile(
        r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0?[1-9]|1[0-2])\.(?P<year>(?:19|20)\d\d)(?!\d)"
    ),
    re.compile(
        r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<word>[A-Za-z]{3,9})\.?,? (?P<year>\d{4})\b"
    ),
    re.compile(
        r"\b(?P<word>[A-Za-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})\b"
    ),
]

# A heading with one of these words says what kind of changes it holds; the first match counts.
KINDS = [
    (Kind.SECURITY, re.compile(r"\b(?:security|cves?)\b|安全", re.IGNORECASE)),
    (
        Kind.FIX,
        re.compile(
            r"\b(?:fix(?:es|ed)?|bugs?|bug-?fix(?:es)?|regressions?)\b|修[复正]", re.IGNORECASE
        ),
    ),
    (Kind.DOCS, re.compile(r"\b(?:docs?|documentation)\b|文档", re.IGNORECASE)),
    (
        Kind.MAINTENANCE,
        re.compile(
            r"\b(?:maintenance|internals?|chores?|refactor(?:s|ing)?|build|ci|tests?|testing"
            r"|housekeeping|dependenc(?:y|ies)|packaging|contributor-facing)\b|维护",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.IMPROVEMENT,
        re.compile(
            r"\b(?:improve(?:d|ments?)|enhance(?:d|ments?)|performance|changed|removed|removals?"
            r"|deprecat(?:ed|ions?)|optimi[sz]ations?)\b|优化|改进",
            re.IGNORECASE,
        ),
    ),
    (Kind.FEATURE, re.compile(r"\b(?:features?|new|added|additions)\b|新增|新功能", re.IGNORECASE)),
]
# Lists of people, of downloads and of what is still wrong stand under these.
NO_CHANGES = re.compile(
    r"(?:the |our )?(?:new |first[- ]time )?(?:contributors|contributions by|credits|thanks"
    r"|thank you|special thanks|acknowledge?ments)\b(?!-)"
    r"|known (?:issues|bugs|problems|limitations)\b|(?:assets|checksums|downloads?|installation)$"
    r"|贡献者|致谢|已知问题",
    re.IGNORECASE,
)
# Headings that hold everything say nothing of their lines.
GENERAL = re.compile(
    r"(?:change ?log|(?:all |other |miscellaneous |minor |notable )?changes"
    r"|what[’']?s (?:changed|new)|release notes|notes|misc(?:ellaneous)?|others?|highlights"
    r"|unreleased|full changelog|news|(?:breaking|backwards?[- ]incompatible) changes|history"
    r"|更新日志|更新内容|其他)$",
    re.IGNORECASE,
)
DECORATION = re.compile(r":[a-z0-9_+-]{1,40}:|[^\w\s()\[\]@./:,'’&+-]")

# "## Gallery 12.5.1" is a version, "### Python 3.12.1" a matter of its own.
DOTS_BELOW_PRODUCT = {1: 1, 2: 2}
LONGEST_AREA, MOST_WORDS = 60, 5


@dataclass(frozen=True, slots=True)
class VersionHeading:
    """A heading that begins a version; the version is empty for "Unreleased"."""

    version: str
    released_on: date | None
    is_released: bool


def read_version(line: int, level: int, text: str) -> VersionHeading | None:
    """What a heading says of a version; None when it names none. Raises on 31.02.2026."""
    plain = _plain(text)
    if UNRELEASED.fullmatch(plain.strip("[]")):
        return VersionHeading(version="", released_on=None, is_released=False)
    found = VERSION.match(plain)
    if found is None or not _is_version(level, found):
        return None
    is_open = UNRELEASED.search(found["rest"]) or "dev" in found["version"].lower()
    released_on = None if is_open else read_date(line, found["rest"])
    return VersionHeading(found["version"], released_on, is_released=not is_open)


def _is_version(level: int, found: re.Match[str]) -> bool:
    """Tell "7.4 LTS" and "pytest 8.3 (2026-02-01)" from "3 improvements" and "Python 3.12"."""
    version, rest = found["version"], found["rest"].strip(" :").lower()
    if any(pattern.match(found[0]) for pattern in DATES):
        return False
    if any(pattern.search(rest) for pattern in DATES) or UNRELEASED.search(rest):
        return True
    if found["product"]:
        is_long = version.count(".") >= DOTS_BELOW_PRODUCT.get(level, len(version))
        return rest == "release notes" or (not rest and is_long)
    return "." in version or version[0] in "vV"


def read_date(line: int, text: str) -> date | None:
    """The first date in a heading; None when there is none, BrokenNotes on 31.02.2026."""
    for pattern in DATES:
        found = pattern.search(text)
        parts = found.groupdict() if found else {}
        month = _month(parts["word"]) if "word" in parts else int(parts.get("month") or 0)
        if found is None or not month:
            continue
        try:
            return date(int(parts["year"]), month, int(parts["day"]))
        except ValueError:
            raise BrokenNotes(line, Reason.IMPOSSIBLE_DATE, date=found[0]) from None
    return None


def _month(word: str) -> int:
    """1 to 12; 0 for a word that is no month."""
    start = word[:3].lower()
    return MONTHS.index(start) + 1 if start in MONTHS else 0


def read_kind(text: str) -> Kind | None:
    """The kind of the changes under a heading; None when it does not say."""
    if GENERAL.match(_plain(text)):
        return None
    return next((kind for kind, pattern in KINDS if pattern.search(text)), None)


def holds_no_changes(text: str) -> bool:
    """Whether a heading stands above people, downloads or known issues."""
    return NO_CHANGES.match(_plain(text)) is not None


def read_area(text: str) -> str:
    """The area a heading names; empty for general headings, kinds and sentences."""
    plain = _plain(text)
    is_sentence = (
        len(plain) > LONGEST_AREA or len(plain.split()) > MOST_WORDS or plain.endswith((".", "!"))
    )
    return "" if is_sentence or GENERAL.match(plain) or read_kind(plain) else plain


def _plain(text: str) -> str:
    return " ".join(DECORATION.sub(" ", text).split()).strip(" :：")
