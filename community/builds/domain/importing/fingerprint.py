"""The stable key of a change: the same line imported again finds its feature again."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

WORDS = re.compile(r"[\W_]+")


def fingerprint(title: str, references: Iterable[str]) -> str:
    """64 hexadecimal digits; case, punctuation, wrapping and the order of references are equal."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    words = WORDS.sub(" ", folded).strip() or folded
    key = "\n".join((words, *sorted(reference.casefold() for reference in references)))
    return hashlib.sha256(key.encode()).hexdigest()
