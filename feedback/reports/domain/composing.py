"""Puts counted answers and the catalogue together into the content of a report."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from feedback.fourgrid.models import Ballot
from feedback.reports.domain.catalogue import Catalogue, Change
from feedback.reports.domain.content import (
    SCHEMA,
    VERDICTS,
    AreaLine,
    Comments,
    Content,
    Counts,
    Credited,
    FeatureLine,
    Interval,
    Mood,
    Quadrant,
    Turnout,
    WishLine,
)
from feedback.reports.domain.control import control, week
from feedback.reports.domain.counting import Answers, Counted
from feedback.reports.domain.joy import joys, plain_joys, share_interval
from feedback.reports.domain.movement import against, sway

EVEN = 50.0
COMMENT_KINDS = ("comment", "comment_mood", "comment_loved", "comment_let_down", "comment_wishes")


def compose(answers: Answers, catalogue: Catalogue) -> Content:
    """The content of a segment: what is said of everyone alone is left empty."""
    features = _features(answers, catalogue)
    return Content(
        schema=SCHEMA,
        points=list(catalogue.points),
        turnout=_turnout(answers),
        mood=_mood(answers),
        features=features,
        areas=_areas(features, catalogue),
        wishes=_wishes(answers, catalogue),
        splits=[],
        promises=[],
    )


def compose_whole(
    counted: Counted, catalogue: Catalogue, *, eligible: int | None, staff: int
) -> Content:
    """The content for everyone; ``splits`` are added when the slices are known."""
    content = compose(counted.whole(), catalogue)
    last = max(counted.hours, default=-1)
    content["turnout"] |= {
        "eligible": eligible,
        "staff": staff,
        "hours": [counted.hours.get(hour, 0) for hour in range(last + 1)],
    }
    content["promises"] = catalogue.promises
    _set_against(content["features"], catalogue)
    _set_against(content["areas"], catalogue)
    content["moved"] = [
        control(line["area"], [*before, week(catalogue.version, catalogue.slug, line)])
        for line in content["areas"]
        if line["named"]
        for before in [catalogue.weeks.get(line["area"], [])]
    ]
    return content


def _set_against(lines: Sequence[FeatureLine | AreaLine], catalogue: Catalogue) -> None:
    usual_sway = sway(catalogue.history)
    told = [line for line in lines if line["named"] and line["area"]]
    counts = [_row(line["verdicts"]) for line in told]
    for line, joy in zip(told, plain_joys(counts, catalogue.points), strict=True):
        line["against"] = against(joy, catalogue.history.get(line["area"], []), usual_sway)


def _turnout(answers: Answers) -> Turnout:
    comments = Comments(
        mood=answers.kinds["comment_mood"][0],
        loved=answers.kinds["comment_loved"][0],
        let_down=answers.kinds["comment_let_down"][0],
        wishes=answers.kinds["comment_wishes"][0],
        features=answers.kinds["comment"].total(),
        total=0,
    )
    comments["total"] = sum(answers.kinds[kind].total() for kind in COMMENT_KINDS)
    return Turnout(
        eligible=None,
        ballots=answers.ballots,
        verified=answers.verified,
        staff=None,
        comments=comments,
        hours=None,
    )


def _mood(answers: Answers) -> Mood:
    found = answers.kinds["mood"]
    happy, in_love = found[Ballot.Mood.HAPPY], found[Ballot.Mood.IN_LOVE]
    glad = share_interval(happy + in_love, answers.ballots) if answers.ballots else None
    return Mood(
        happy=happy,
        in_love=in_love,
        hopeful=found[Ballot.Mood.HOPEFUL],
        sad=found[Ballot.Mood.SAD],
        glad=glad,
    )


def _features(answers: Answers, catalogue: Catalogue) -> list[FeatureLine]:
    verdicts = [
        _counts([answers.kinds[verdict][change.pk] for verdict in VERDICTS])
        for change in catalogue.changes
    ]
    named = [sum(_row(counts)) for counts in verdicts]
    many = median([reach for reach in named if reach] or [0])
    estimates = joys([_row(counts) for counts in verdicts], catalogue.points)
    return [
        _feature(
            change,
            counts,
            answers.kinds["comment"][change.pk],
            joy.interval() if reach else None,
            many,
        )
        for change, counts, reach, joy in zip(
            catalogue.changes, verdicts, named, estimates, strict=True
        )
    ]


def _feature(
    change: Change, verdicts: Counts, comments: int, joy: Interval | None, many: float
) -> FeatureLine:
    named = sum(_row(verdicts))
    return FeatureLine(
        feature=change.pk,
        title=change.title,
        area=change.area,
        kind=change.kind,
        fingerprint=change.fingerprint,
        engineers=[Credited(name=name, share=share) for name, share in change.engineers],
        verdicts=verdicts,
        named=named,
        comments=comments,
        joy=joy,
        quadrant=quadrant(joy["value"], is_many=named >= many) if joy else None,
        against=None,
    )


def quadrant(joy: float, *, is_many: bool) -> Quadrant:
    """The corner of the feature map; ``is_many`` is reach of at least the middle feature's."""
    if joy >= EVEN:
        return "loved_by_many" if is_many else "hidden_gem"
    return "hurts_many" if is_many else "hurts_few"


def _areas(features: list[FeatureLine], catalogue: Catalogue) -> list[AreaLine]:
    by_area: dict[str, list[FeatureLine]] = {}
    for line in features:
        if line["area"]:
            by_area.setdefault(line["area"], []).append(line)
    totals = {
        area: [sum(line["verdicts"][verdict] for line in lines) for verdict in VERDICTS]
        for area, lines in by_area.items()
    }
    estimates = joys(list(totals.values()), catalogue.points)
    return [
        AreaLine(
            area=area,
            features=[line["feature"] for line in by_area[area]],
            verdicts=_counts(counts),
            named=sum(counts),
            joy=joy.interval() if sum(counts) else None,
            against=None,
        )
        for (area, counts), joy in zip(totals.items(), estimates, strict=True)
    ]


def _wishes(answers: Answers, catalogue: Catalogue) -> list[WishLine]:
    first = answers.kinds["wishes_first"]
    named = Counter(first) + answers.kinds["wishes"]
    return [
        WishLine(
            proposal=pk,
            title=catalogue.proposals[pk].title,
            status=catalogue.proposals[pk].status,
            named=named[pk],
            named_first=first[pk],
            share=round(named[pk] / answers.ballots, 4),
        )
        for pk in sorted(
            named.keys() & catalogue.proposals.keys(), key=lambda pk: (-named[pk], -first[pk], pk)
        )
    ]


def _counts(row: Sequence[int]) -> Counts:
    loved_most, loved, let_down, let_down_most = row
    return Counts(
        loved_most=loved_most, loved=loved, let_down=let_down, let_down_most=let_down_most
    )


def _row(verdicts: Counts) -> list[int]:
    return [verdicts[verdict] for verdict in VERDICTS]
