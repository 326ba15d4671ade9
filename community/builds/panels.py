"""What rooms built on top of this one show on its pages.

A room registers its panels in its AppConfig.ready()::

    panels.register("build.action", four_grids_button)     # (request, build) -> html
    panels.register("build.after_features", report_link)   # (request, build) -> html
    panels.register_for_features("feature.verdict", verdicts)
    panels.register_for_features("feature.origin", wished_by)
    panels.register_for_engineers("engineer.after", awards)  # (request, engineer) -> html
    panels.register_audience(who_sees_what)                # (request, build) -> "voters"

A panel that has nothing to say answers "". Text that is not SafeString is escaped. A build's page
is kept for all members of one audience, those who prepare builds aside: a panel below the action
that tells some members more than others names them as an audience.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

from community.builds.models import Build, Engineer

BuildPanel = Callable[[HttpRequest, Build], str]
EngineerPanel = Callable[[HttpRequest, Engineer], str]
# Asked once for all features of a build: ids in, html by id out.
FeaturePanel = Callable[[HttpRequest, Build, Sequence[int]], Mapping[int, str]]

Audience = Callable[[HttpRequest, Build], str]

BUILD_SLOTS = ("build.action", "build.after_features")
FEATURE_SLOTS = ("feature.verdict", "feature.origin")
ENGINEER_SLOTS = ("engineer.after",)

_of_builds: dict[str, list[BuildPanel]] = defaultdict(list)
_of_features: dict[str, list[FeaturePanel]] = defaultdict(list)
_audiences: list[Audience] = []
_of_engineers: dict[str, list[EngineerPanel]] = defaultdict(list)


def register(slot: str, panel: BuildPanel) -> None:
    """Show a panel in a slot of every build's page; raises ValueError for an unknown slot."""
    _of_builds[_known(slot, BUILD_SLOTS)].append(panel)


def register_for_features(slot: str, panel: FeaturePanel) -> None:
    """Show something with each feature of a build's page."""
    _of_features[_known(slot, FEATURE_SLOTS)].append(panel)


def register_for_engineers(slot: str, panel: EngineerPanel) -> None:
    """Show a panel on every engineer's page."""
    _of_engineers[_known(slot, ENGINEER_SLOTS)].append(panel)


def register_audience(name_of: Audience) -> None:
    """Tell members apart who see different things on a build's page."""
    _audiences.append(name_of)


def audience(request: HttpRequest, build: Build) -> tuple[str, ...]:
    """Whom a reader belongs to: two of one audience see the same panels."""
    return tuple(name_of(request, build) for name_of in _audiences)


def of_build(slot: str, request: HttpRequest, build: Build) -> SafeString:
    return _joined([panel(request, build) for panel in _of_builds[slot]])


def of_engineer(slot: str, request: HttpRequest, engineer: Engineer) -> SafeString:
    return _joined([panel(request, engineer) for panel in _of_engineers[slot]])


def of_features(
    slot: str, request: HttpRequest, build: Build, feature_ids: Sequence[int]
) -> dict[int, SafeString]:
    """The html of every feature that has any, by feature id."""
    answers = [panel(request, build, feature_ids) for panel in _of_features[slot]]
    return {
        pk: html
        for pk in feature_ids
        if (html := _joined([answer.get(pk, "") for answer in answers]))
    }


def _joined(parts: Sequence[str]) -> SafeString:
    return format_html_join("", "{}", ((conditional_escape(part),) for part in parts))


def _known(slot: str, slots: Sequence[str]) -> str:
    if slot not in slots:
        raise ValueError(f"There is no slot {slot!r}; there are {', '.join(slots)}.")
    return slot
