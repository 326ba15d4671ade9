"""Time zones to choose from, grouped by part of the world, in the reader's language."""

from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.dates import get_timezone_location
from django.utils.translation import get_language, pgettext

# Parts of the world in the names of zones; others ("Etc", "US") are second names of these.
_WORLD = (
    "Asia/",
    "Europe/",
    "America/",
    "Australia/",
    "Pacific/",
    "Africa/",
    "Atlantic/",
    "Indian/",
)


def is_zone(name: str) -> bool:
    """Whether a zone of this name can be chosen."""
    return name == "UTC" or (name.startswith(_WORLD) and name in available_timezones())


def grouped_zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """[(part of the world, [(zone, city)])], cities in the reader's language and order."""
    return list(_grouped((get_language() or "en").split("-")[0]))


@lru_cache(maxsize=4)
def _grouped(language: str) -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    locale = Locale("zh", script="Hans") if language == "zh" else Locale("en")
    groups: dict[str, list[tuple[str, str]]] = {part: [] for part in _WORLD}
    for zone in filter(is_zone, available_timezones() - {"UTC"}):
        groups[zone.split("/")[0] + "/"].append((zone, _city(zone, locale)))
    parts = [
        (_part(part), sorted(zones, key=lambda zone: zone[1])) for part, zones in groups.items()
    ]
    return (*parts, ("UTC", [("UTC", "UTC")]))


def _city(zone: str, locale: Locale) -> str:
    return get_timezone_location(zone, locale=locale, return_city=True)


def _part(part: str) -> str:
    return {
        "Asia/": pgettext("part of the world", "Asia"),
        "Europe/": pgettext("part of the world", "Europe"),
        "America/": pgettext("part of the world", "America"),
        "Australia/": pgettext("part of the world", "Australia"),
        "Pacific/": pgettext("part of the world", "Pacific"),
        "Africa/": pgettext("part of the world", "Africa"),
        "Atlantic/": pgettext("part of the world", "Atlantic"),
        "Indian/": pgettext("part of the world", "Indian Ocean"),
    }[part]
