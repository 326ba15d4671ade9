"""Time zones to choose from: every zone once, by part of the world, in the reader's language."""

from collections import defaultdict
from functools import cache, lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from django.utils.translation import get_language, pgettext

from community.text.pinyin import sort_key

# In the order they are listed. Zones elsewhere ("Etc", "US") are second names of these.
PARTS = ("Asia", "Europe", "America", "Australia", "Pacific", "Africa", "Atlantic", "Indian")


def listed(name: str) -> str:
    """The name under which a zone is listed: Asia/Calcutta → Asia/Kolkata; "" for no such zone."""
    return _listed_names().get(name, "")


def grouped_zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """[(part of the world, [(zone, city)])], sorted as the reader expects."""
    return list(_grouped("zh" if (get_language() or "").startswith("zh") else "en"))


@cache
def _listed_names() -> dict[str, str]:
    """Each zone of the world with the one of its names that is in use today."""
    aliases: dict[str, str] = get_global("zone_aliases")  # type: ignore[assignment]  # a table of names
    together = defaultdict(list)
    for name in available_timezones():
        together[aliases.get(name, name)].append(name)
    english = Locale("en")
    names: dict[str, str] = {}
    for canonical, spellings in together.items():
        current = _city(canonical, english).replace(" ", "_")
        kept = min(spellings, key=lambda name: (not name.endswith(current), len(name), name))
        if kept.split("/")[0] in PARTS or kept == "UTC":
            names |= dict.fromkeys(spellings, kept)
    return names


@lru_cache(maxsize=2)
def _grouped(language: str) -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    locale = Locale("zh", script="Hans") if language == "zh" else Locale("en")
    aliases = get_global("zone_aliases")
    groups: dict[str, list[tuple[str, str]]] = {part: [] for part in PARTS}
    for zone in set(_listed_names().values()) - {"UTC"}:
        city = _city(str(aliases.get(zone, zone)), locale)
        groups[zone.split("/")[0]].append((zone, city))
    ordered = (
        (_part(part), sorted(zones, key=lambda zone: sort_key(zone[1])))
        for part, zones in groups.items()
    )
    return (*ordered, ("UTC", [("UTC", "UTC")]))


def _city(canonical: str, locale: Locale) -> str:
    known = locale.time_zones.get(canonical, {})
    return str(known.get("city") or canonical.rsplit("/", maxsplit=1)[-1].replace("_", " "))


def _part(part: str) -> str:
    return {
        "Asia": pgettext("part of the world", "Asia"),
        "Europe": pgettext("part of the world", "Europe"),
        "America": pgettext("part of the world", "America"),
        "Australia": pgettext("part of the world", "Australia"),
        "Pacific": pgettext("part of the world", "Pacific"),
        "Africa": pgettext("part of the world", "Africa"),
        "Atlantic": pgettext("part of the world", "Atlantic"),
        "Indian": pgettext("part of the world", "Indian Ocean"),
    }[part]
