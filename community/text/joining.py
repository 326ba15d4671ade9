"""Names and sentences one after another, as the reader's language joins them."""

from collections.abc import Iterable

from django.utils.translation import get_language


def listed(names: Iterable[object]) -> str:
    """Mi 5, Mi 6; in Chinese Mi 5、Mi 6."""
    return ("、" if _is_chinese() else ", ").join(map(str, names))


def sentences(*said: object) -> str:
    """One after the other, a space between them where the language has spaces."""
    return ("" if _is_chinese() else " ").join(map(str, said))


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")
