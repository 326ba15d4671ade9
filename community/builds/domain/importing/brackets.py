"""Finds parentheses in a line of notes, beside code and whichever of both sorts they are."""

from community.builds.domain.importing.markup import without_code

# "JS (Jonny Scholes)" is a person.
SHORTEST_ACRONYM = 3


def mask_of(text: str) -> str:
    """As long as the text, with code blotted out and one sort of parentheses."""
    return without_code(text).replace("（", "(").replace("）", ")")


def opening_of(mask: str) -> int | None:
    """Where the parenthesis opens that the last character closes."""
    if not mask.endswith(")"):
        return None
    depth = 0
    for at in range(len(mask) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(mask[at], 0)
        if depth == 0:
            return at
    return None


def unclosed(mask: str) -> int | None:
    """Where the last parenthesis opens that nothing closes."""
    if mask.count("(") <= mask.count(")"):
        return None
    depth = 0
    for at in range(len(mask) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(mask[at], 0)
        if depth < 0:
            return at
    return None


def is_acronym(before: str, inner: str) -> bool:
    """Whether parentheses spell out the word before them: CSP (Content Security Policy)."""
    word = before.rstrip().rpartition(" ")[2]
    initials = "".join(part[0] for part in inner.split())
    return len(word) >= SHORTEST_ACRONYM and word.casefold() == initials.casefold()
