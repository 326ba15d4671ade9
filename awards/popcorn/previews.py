"""How podium, ranking and features of the last build would have come out with other settings."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.popcorn.domain.inputs import Header, InputError
from awards.popcorn.domain.result import Judgement
from awards.popcorn.domain.storing import shown_engineers
from awards.popcorn.domain.trying import NotCountedYet, Trial, trial
from community.builds.sections import Change, Column, Preview, Question, Row, Table
from community.text.joining import listed
from feedback.fourgrid.domain import installed_base


def of_knobs(question: Question) -> Preview:
    """With other knobs: who stands on the podium, and the scores."""
    return _tried(question, lambda tried: tried.judged(values=question.after))


def of_installed_base(question: Question) -> Preview:
    """With another installed base: verdicts are weighed otherwise."""
    shares = installed_base.given(question.after)
    return _tried(question, lambda tried: tried.judged(shares=shares))


def _tried(question: Question, judge: Callable[[Trial], Judgement]) -> Preview:
    """The award of the last build as it is, beside what would have come out."""
    if question.build is None:
        return Preview()
    try:
        tried = trial(question.build)
        return compared(tried, tried.judged(), judge(tried))
    except InputError as error:
        return Preview(warnings=[str(error)])
    except NotCountedYet:
        said = _("The award of %(build)s is still being computed: look again in some minutes.")
        return Preview(warnings=[said % {"build": question.build}])


def compared(tried: Trial, was: Judgement, will: Judgement) -> Preview:
    """Two results of the same ballots side by side."""
    header = tried.header
    tables = [_podium(header, was, will), _ranking(header, was, will), _features(header, was, will)]
    warnings = []
    if not will.outcome.winners:
        warnings.append(_("Nobody would have had enough votes: there would have been no winner."))
    if was.outcome.bucket and not will.outcome.bucket:
        warnings.append(
            ngettext(
                "With %(count)d ballot the bucket would not have been given.",
                "With %(count)d ballots the bucket would not have been given.",
                will.ballots,
            )
            % {"count": will.ballots}
        )
    return Preview(tables=tables, warnings=warnings)


def _podium(header: Header, was: Judgement, will: Judgement) -> Table:
    titles = {feature.id: feature.title for feature in header.features}
    names = {engineer.id: engineer.name for engineer in header.engineers}
    lists = [
        (_("Popcorn Bucket"), titles, was.outcome.bucket, will.outcome.bucket),
        (_("Winners"), names, was.outcome.winners, will.outcome.winners),
        (_("Hidden kernels"), names, was.outcome.hidden_kernels, will.outcome.hidden_kernels),
    ]
    return Table(
        name="podium",
        title=_("Podium"),
        columns=[Column("names", _("Held by"), "text")],
        rows=[
            Row(label, [Change(_listed(said, before), _listed(said, after))])
            for label, said, before, after in lists
        ],
    )


def _listed(said: dict[int, str], ids: tuple[int, ...]) -> str:
    return listed(said[pk] for pk in ids)


def _ranking(header: Header, was: Judgement, will: Judgement) -> Table:
    """Those the public table would show on either side: nobody is shown a bottom."""
    names = {engineer.id: engineer.name for engineer in header.engineers}
    before = {place.engineer: place for place in was.places}
    shown = shown_engineers(was.places) | shown_engineers(will.places)
    rows = [
        Row(
            names[place.engineer],
            [
                Change(before[place.engineer].place, place.place),
                Change(float(before[place.engineer].score), float(place.score)),
                Change(float(before[place.engineer].p_best), float(place.p_best)),
            ],
        )
        for place in will.places
        if place.engineer in shown
    ]
    return Table(
        name="ranking",
        title=_("Popcorn ranking"),
        columns=[
            Column("place", _("Place")),
            Column("score", _("PopScore"), "points"),
            Column("p_best", _("Best with"), "percent"),
        ],
        rows=rows,
        note=_("The winners and the top of the table, as everybody would see it."),
    )


def _features(header: Header, was: Judgement, will: Judgement) -> Table:
    titles = {feature.id: feature.title for feature in header.features}
    before = {score.feature: score for score in was.features}
    ranks = [_ranks(was), _ranks(will)]
    ordered = sorted(will.features, key=lambda score: ranks[1][score.feature])
    return Table(
        name="features",
        title=_("Features"),
        columns=[Column("rank", _("Rank")), Column("joy", _("Joy"), "points")],
        rows=[
            Row(
                titles[score.feature],
                [
                    Change(ranks[0][score.feature], ranks[1][score.feature]),
                    Change(float(before[score.feature].joy), float(score.joy)),
                ],
            )
            for score in ordered
        ],
        note=_("By joy, weighed by the installed base: 0 everybody let down, 100 everybody glad."),
    )


def _ranks(result: Judgement) -> dict[int, int]:
    """The place of each feature by joy; equal joys share it."""
    joys = [score.joy for score in result.features]
    return {
        score.feature: 1 + sum(other > score.joy for other in joys) for score in result.features
    }
