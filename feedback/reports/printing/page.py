"""What stands on the first page of a report: words and figures as one reader reads them."""

from collections.abc import Sequence
from typing import Any, TypedDict

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from community.builds.models import Build
from community.members.models import Member
from community.text.numbers import count, percent
from community.text.width import cut
from feedback.reports import panels, queries
from feedback.reports.domain.charts.feature_map import FeatureMap, feature_map
from feedback.reports.domain.content import MOODS, Content, Quadrant
from feedback.reports.domain.reading import moods_of
from feedback.reports.domain.table import worst
from feedback.reports.domain.themes.reading import Line, lines
from feedback.reports.models import Side, VoteReport
from feedback.reports.queries import Segment
from feedback.reports.templatetags.reports import segment_name, status_name, value_name
from feedback.reports.wording import MOODS as MOOD_NAMES
from feedback.reports.wording import QUADRANTS, TREND_WORDS

MOST, BUILDS_BESIDE, BUCKET_COLUMNS = 5, 4, 58
MAP = {"width": 520.0, "height": 372.0}


class Item(TypedDict):
    """A line of a list: what, how many, and a note in small letters."""

    title: str
    figure: str
    note: str


class Part(TypedDict):
    """A list under a heading; ``empty`` is said when it has no lines."""

    head: str
    items: list[Item]
    empty: str


class Figure(TypedDict):
    """One of the large numbers at the top."""

    name: str
    value: str
    note: str


class Page(TypedDict):
    """The whole first page."""

    lang: str
    kicker: str
    title: str
    dates: str
    # Not the last word, or not of everyone; "" when it is both.
    caution: str
    figures: list[Figure]
    mood: dict[str, Any]
    map: dict[str, Any]
    let_down: Part
    loved: Part
    wishes: Part
    award: Part | None
    live: str
    address: str


def first_page(
    report: VoteReport, content: Content, segment: Segment | None, reader: Member
) -> Page:
    """The page in the language and zone that are active, with what this reader may see."""
    build = report.build
    found = lines(report, *Side, segment=segment, number=MOST, quotes=0)
    query = f"?{segment.dimension.value}={segment.value}" if segment else ""
    return Page(
        lang="zh" if (get_language() or "").startswith("zh") else "en",
        kicker=_("Vote report") + " · " + str(build.product),
        title=_("Build %(build)s") % {"build": build},
        dates=_dates(report),
        caution=_caution(report, segment),
        figures=_figures(content),
        mood=_mood(report, content, segment),
        map=_map(content),
        let_down=_hurt(content, found),
        loved=Part(
            head=_("What was loved"),
            items=[_theme(line) for line in found if line.theme.side == Side.LOVED]
            or _best(content),
            empty=_("Nothing was loved."),
        ),
        wishes=_wishes(content),
        award=_award(reader, build, segment),
        live=_("The live report"),
        address=settings.SITE_URL + reverse("reports:detail", args=[build.slug]) + query,
    )


def _dates(report: VoteReport) -> str:
    build = report.build
    moments = (
        (_("published"), build.published_at),
        (_("ballots until"), build.ballots_close_at),
        (pgettext("a report", "frozen") if report.is_final else _("as of"), report.computed_at),
    )
    form = pgettext("exact date and time", "j M Y, H:i")
    told = [f"{name} {date_format(localtime(at), form)}" for name, at in moments if at]
    return " · ".join(told)


def _caution(report: VoteReport, segment: Segment | None) -> str:
    said = [] if report.is_final else [_("provisional")]
    if segment:
        said.append(_("only %(segment)s") % {"segment": segment_name(segment)})
    return " · ".join(said)


def _figures(content: Content) -> list[Figure]:
    turnout, glad = content["turnout"], content["mood"]["glad"]
    ballots, eligible = turnout["ballots"], turnout["eligible"]
    verified = turnout["verified"] / ballots if ballots else 0.0
    comments = turnout["comments"]
    return [
        Figure(name=_("Ballots"), value=count(ballots), note=_turnout(ballots, eligible)),
        Figure(name=_("Build-verified"), value=percent(verified), note=count(turnout["verified"])),
        Figure(
            name=_("In love or happy"),
            value=percent(glad["value"]) if glad else "–",
            note=f"± {count((glad['high'] - glad['low']) * 50, 1)}" if glad else "",
        ),
        Figure(
            name=_("Comments"),
            value=count(comments["total"]),
            note=_("%(n)s on what hurt") % {"n": count(comments["let_down"])},
        ),
    ]


def _turnout(ballots: int, eligible: int | None) -> str:
    if not eligible:
        return ""
    share = {"share": percent(ballots / eligible), "n": count(eligible)}
    return _("%(share)s of %(n)s who could vote") % share


def _mood(report: VoteReport, content: Content, segment: Segment | None) -> dict[str, Any]:
    before = moods_of(queries.earlier(report.build, BUILDS_BESIDE), segment)
    bars = []
    for build, mood in [(report.build, content["mood"]), *before]:
        total = sum(mood[name] for name in MOODS) or 1
        shares = [mood[name] / total for name in MOODS]
        words = [percent(share) for share in shares]
        bars.append({"name": cut(build.version, 14), "shares": shares, "words": words})
    names = [str(MOOD_NAMES[name]) for name in MOODS]
    return {"head": _("Mood"), "names": names, "bars": bars}


def _map(content: Content) -> dict[str, Any]:
    names = {quadrant: str(name) for quadrant, name in QUADRANTS.items()}
    drawn = feature_map(content["features"], names, **MAP)
    axes = [
        pgettext("end of an axis", "let down"),
        pgettext("middle of an axis", "even"),
        pgettext("end of an axis", "loved"),
    ]
    note = _("people who named it (up) against let-down or love (across), 90 %% intervals") % {}
    return {
        "head": _("Feature map"),
        "note": note,
        "axes": axes,
        "empty": _("No ballot names a feature."),
        "corners": [[name, _in_corner(content, code)] for code, name in names.items()],
        "drawn": _drawing(drawn, names) if drawn else None,
    }


def _in_corner(content: Content, quadrant: Quadrant) -> list[str]:
    """Titles, the most named first."""
    lines = [line for line in content["features"] if line["quadrant"] == quadrant]
    lines.sort(key=lambda line: -line["named"])
    return [_short(line["title"]) for line in lines[:MOST]]


def _drawing(drawn: FeatureMap, names: dict[Quadrant, str]) -> dict[str, Any]:
    plot = drawn.plot
    return {
        "width": drawn.width,
        "height": drawn.height,
        "plot": [plot.left, plot.top, plot.right, plot.bottom],
        "even": drawn.even,
        "many": drawn.many,
        "below": drawn.below,
        "ticks": [[count(number), y] for number, y in drawn.ticks],
        "corners": [[c.x, c.y, c.is_right, names[c.quadrant]] for c in drawn.corners],
        "points": [[p.x, p.y, p.low, p.high, p.tone] for p in drawn.points],
        "labels": [
            [label.text, label.x, label.y, label.anchor]
            for label in (point.label for point in drawn.points)
            if label
        ],
    }


def _hurt(content: Content, found: Sequence[Line]) -> Part:
    """Themes of the comments; where there are none, the features that let most people down."""
    themes = [_theme(line) for line in found if line.theme.side == Side.LET_DOWN]
    features = [
        Item(title=_short(row.line["title"]), figure=count(row.let_down), note=row.line["area"])
        for row in worst(content["features"], MOST)
    ]
    empty = _("Nothing let anybody down.")
    return Part(head=_("What hurt"), items=themes or features, empty=empty)


def _best(content: Content) -> list[Item]:
    loved = sorted(content["features"], key=lambda line: -_loved(line))[:MOST]
    return [
        Item(title=_short(line["title"]), figure=count(_loved(line)), note=line["area"])
        for line in loved
        if _loved(line)
    ]


def _loved(line: Any) -> int:
    return int(line["verdicts"]["loved_most"] + line["verdicts"]["loved"])


def _theme(line: Line) -> Item:
    devices = [str(value_name(device, "family")) for device in line.devices]
    trend = [str(TREND_WORDS[line.change])] if line.change else []
    note = " · ".join([*trend, *devices])
    return Item(title=_short(str(line.theme)), figure=count(line.ballots), note=_short(note))


def _wishes(content: Content) -> Part:
    items = [
        Item(
            title=_short(line["title"]),
            figure=count(line["named"]),
            note=f"{status_name(line['status'])} · {percent(line['share'])}",
        )
        for line in content["wishes"][:MOST]
    ]
    return Part(head=_("Looking forward to"), items=items, empty=_("No ballot names a wish."))


def _award(reader: Member, build: Build, segment: Segment | None) -> Part | None:
    told = None if segment else panels.on_first_page(reader, build)
    if told is None:
        return None
    items = [
        Item(title=_short(title), figure=figure, note=_short(note))
        for title, figure, note in told.rows
    ]
    return Part(head=told.head, items=items, empty=told.empty)


def _short(text: str) -> str:
    return cut(" ".join(text.split()), BUCKET_COLUMNS)
