"""What other rooms show on a member's page: they register, this room asks."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from django.utils.safestring import SafeString

from community.members.models import Member

Panel = Callable[[HttpRequest, Member, datetime], SafeString | str]

Action = Callable[[HttpRequest, Member], SafeString | str]
# What a figure counts ("posts"), and how many of a member's there are.
Figure = Callable[[Member], tuple[str, int]]

_profile: list[tuple[Panel, bool]] = []
_figures: list[Figure] = []
_actions: list[Action] = []
_families: list[Callable[[], list[str]]] = []


def register(panel: Panel, *, is_activity: bool = False) -> None:
    """Show the HTML this gives below the head of every profile; rooms call it in ready().

    What is activity is shown to those only whom the member wants to see it.
    """
    _profile.append((panel, is_activity))


def register_figure(figure: Figure) -> None:
    """Count something of a member's for the profile, where its activity may be seen."""
    _figures.append(figure)


def register_action(action: Action) -> None:
    """Offer something to do beside a member's name, such as to write to them."""
    _actions.append(action)


def profile_actions(request: HttpRequest, member: Member) -> list[SafeString | str]:
    return [html for action in _actions if (html := action(request, member))]


def profile_panels(
    request: HttpRequest, member: Member, at: datetime, *, shows_activity: bool = True
) -> list[SafeString | str]:
    panels = [panel for panel, is_activity in _profile if shows_activity or not is_activity]
    return [html for panel in panels if (html := panel(request, member, at))]


def profile_figures(member: Member) -> list[tuple[str, int]]:
    """What was counted, in the order of registration; nothing where there is none."""
    return [(label, number) for label, number in (f(member) for f in _figures) if number]


def register_device_families(families: Callable[[], list[str]]) -> None:
    """Offer these device families when a member adds a device; rooms call it in ready()."""
    _families.append(families)


def device_families() -> list[str]:
    """Every family that rooms know, sorted."""
    return sorted({family for families in _families for family in families()})
