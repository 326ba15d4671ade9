"""What rooms built on top of this one show on the page of a report.

A room registers its panels in its AppConfig.ready()::

    panels.register("report.action", announce_button)   # beside the heading
    panels.register("report.summary", discount_tile)    # a <div class="stat"> among the figures
    panels.register("report.award", award_card)         # a <section class="card">

A panel takes (request, build) and answers html, or "" when it has nothing to say. Text that is
not SafeString is escaped. For the first page, which is printed and mailed, one room gives words::

    panels.register_for_first_page(award_on_first_page)
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from community.builds.models import Build
from community.members.models import Member

Panel = Callable[[HttpRequest, Build], str]
SLOTS = ("report.action", "report.summary", "report.award")

_panels: dict[str, list[Panel]] = defaultdict(list)


def register(slot: str, panel: Panel) -> None:
    """Show a panel in a slot of every report; raises ValueError for an unknown slot."""
    if slot not in SLOTS:
        raise ValueError(f"There is no slot {slot!r}; there are {', '.join(SLOTS)}.")
    _panels[slot].append(panel)


def of_report(slot: str, request: HttpRequest, build: Build) -> SafeString:
    """Everything that was registered for a slot, joined."""
    return format_html_join("", "{}", ((panel(request, build),) for panel in _panels[slot]))


@dataclass(frozen=True)
class Printed:
    """A list on the first page: rows of title, figure and note, or the word for an empty one."""

    head: str
    rows: Sequence[tuple[str, str, str]]
    empty: str


ForReader = Callable[[Member, Build], Printed | None]
_first_page: list[ForReader] = []


def register_for_first_page(tell: ForReader) -> None:
    """Tell something on first pages, as far as a reader may know it now."""
    _first_page.append(tell)


def on_first_page(reader: Member, build: Build) -> Printed | None:
    """What the first room that has something to say tells this reader."""
    return next((told for tell in _first_page if (told := tell(reader, build))), None)
