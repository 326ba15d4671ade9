"""The vocabulary of release notes, read from words.toml, which says what each list is for."""

import tomllib
from pathlib import Path

from community.builds.domain.importing.notes import Kind

_LISTS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def _kinds(name: str) -> dict[str, Kind]:
    """Each word or phrase of a table with the kind of change it tells."""
    return {
        " ".join(phrase.split()): Kind(kind)
        for kind, phrases in _LISTS[name].items()
        for phrase in phrases.split(",")
    }


BOTS = frozenset(_LISTS["bots"].split())
NOT_HANDLES = frozenset(_LISTS["not_handles"].split())
FILLERS = frozenset(_LISTS["fillers"].split())
PREPOSITIONS = frozenset(_LISTS["prepositions"].split())
CLOSERS = frozenset(_LISTS["closers"].split())
PARTICLES = frozenset(_LISTS["particles"].split())
TITLE_WORDS = frozenset(_LISTS["title_words"].split())
PLAIN_WORDS = frozenset(_LISTS["plain_words"].split())
PLAIN_ENDINGS = tuple(_LISTS["plain_endings"].split())
PLAIN_BEGINNINGS = tuple(_LISTS["plain_beginnings"].split())
SURNAMES = frozenset(_LISTS["surnames"]) - {"\n"}
LONG_SURNAMES = tuple(_LISTS["long_surnames"].split())
HAN_WORDS = frozenset(_LISTS["han_words"].split())
NUMBER_ROLES = frozenset(_LISTS["number_roles"].split())
PEOPLE_ROLES = frozenset(_LISTS["people_roles"].split())
NOT_AREAS = frozenset(_LISTS["not_areas"].split())
PREFIXES = _kinds("prefixes")
VERBS = _kinds("verbs")
