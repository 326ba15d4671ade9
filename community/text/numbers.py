"""Figures as readers write them: thousands apart, true minus signs, units."""

from decimal import Decimal

from django.utils.translation import get_language

Number = int | float | Decimal

SPACE = "\u00a0"  # no-break: U+202F is thinner, but many system fonts lack it
_UNITS = ("B", "kB", "MB", "GB")


def count(number: Number, digits: int = 0) -> str:
    """18330 → 18 330; −1.25 with one digit → −1.2; never −0."""
    return f"{number:z,.{digits}f}".replace(",", SPACE).replace("-", "−")


def signed(number: Number, digits: int = 0) -> str:
    """6 → +6, −3 → −3, and no sign for what rounds to zero."""
    text = count(number, digits)
    return f"+{text}" if text.strip("0.") and number > 0 else text


def percent(share: Number, digits: int = 0) -> str:
    """0.714 → 71 %, in Chinese 71%."""
    space = "" if (get_language() or "").startswith("zh") else SPACE
    return f"{count(share * 100, digits)}{space}%"


def size(octets: int) -> str:
    """13600000 → 13.6 MB (powers of a thousand)."""
    amount, power = float(octets), 0
    while amount >= 999.5 and power < len(_UNITS) - 1:  # noqa: PLR2004 - rounds to four figures
        amount, power = amount / 1000, power + 1
    digits = 1 if power and amount < 99.95 else 0  # noqa: PLR2004 - three figures say enough
    return f"{count(amount, digits)}{SPACE}{_UNITS[power]}"
