"""The themes of a report, one of them with all its comments, and putting them right."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.builds.views.member import the_member
from community.text.whole import INTEGER, number
from feedback.reports import queries
from feedback.reports.domain.themes import correcting, reading
from feedback.reports.forms import MergeForm, RenameForm, SplitForm
from feedback.reports.models import Side, Theme, ThemeCorrection, VoteReport
from feedback.reports.views.ballots import titles
from feedback.reports.views.finding import report_or_404, view_or_404

QUOTES_OF_ONE = 12

Kind = ThemeCorrection.Kind
ACTS: dict[Kind, Callable[..., ThemeCorrection]] = {
    Kind.MERGE: correcting.merge,
    Kind.SPLIT: correcting.split,
    Kind.RENAME: correcting.rename,
    Kind.IGNORE: correcting.ignore,
}
REFUSALS: dict[type[Exception], Callable[[], str]] = {
    correcting.NotBesideIt: lambda: _("That theme stands under another by now."),
    correcting.TooFew: lambda: _("One of the two would have fewer than five ballots."),
    correcting.HasMerged: lambda: _("Take out what was merged into it before you split it."),
    correcting.BuiltOn: lambda: _("A later merge or split rests on this one; undo that first."),
}


@login_required
@require_safe
def themes(request: HttpRequest, slug: str) -> HttpResponse:
    """What hurt or what was loved, the themes of everyone or of one segment."""
    report = report_or_404(request, slug)
    segment, _content = view_or_404(request, report)
    side = Side.LOVED if request.GET.get("side") == Side.LOVED else Side.LET_DOWN
    features, _proposals = titles(report.content)
    context = {
        "build": report.build,
        "report": report,
        "segment": segment,
        "side": side,
        "lines": reading.lines(report, side, segment=segment),
        "ignored": report.themes.filter(side=side, is_ignored=True).largest_first(),
        "sides": Side,
        "remarks": report.content.get("remarks", {}).get(side),
        "features": features,
        "corrections": queries.corrections_on(report),
    }
    return render(request, "reports/themes.html", context)


@login_required
@require_safe
def theme(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One theme: its weeks, its devices, its comments, and what can be done about it."""
    return _page(request, *_theme_or_404(request, slug, pk))


@login_required
@require_POST
def correct(request: HttpRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    """Merge, split, rename or ignore a theme."""
    report = report_or_404(request, slug)
    theme = get_object_or_404(Theme.objects.select_related("merged_into"), pk=pk, report=report)
    if theme.merged_into:
        said = _("“%(theme)s” was merged into this theme meanwhile; what you sent was not done.")
        messages.error(request, said % {"theme": theme})
        return redirect("reports:theme", slug, theme.merged_into_id)
    form = _form(kind, theme, request)
    if form and not form.is_valid():
        return _page(request, report, theme, {kind: form})
    how = {"by": the_member(request), "at": timezone.now(), "seen": _seen(request)}
    given = form.cleaned_data if form else {}
    try:
        correction = ACTS[Kind(kind)](theme=theme, **how, **given)
    except correcting.ChangedMeanwhile as change:
        theme.refresh_from_db()
        messages.error(request, _told(change.latest))
        return _page(request, report, theme, {kind: form}, HTTPStatus.CONFLICT)
    except tuple(REFUSALS) as refusal:
        messages.error(request, REFUSALS[type(refusal)]())
        return redirect("reports:theme", slug, pk)
    messages.success(request, _("Done, and remembered for the builds to come."))
    goes_on = correction.other_id if kind == Kind.MERGE else pk
    if kind == Kind.IGNORE:
        return redirect("reports:themes", slug)
    return redirect("reports:theme", slug, goes_on)


@login_required
@require_POST
def undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a correction back."""
    report = report_or_404(request, slug)
    correction = get_object_or_404(ThemeCorrection, pk=pk, theme__report=report)
    try:
        correcting.undo(correction=correction, by=the_member(request), at=timezone.now())
    except correcting.BuiltOn as refusal:
        messages.error(request, REFUSALS[type(refusal)]())
    else:
        messages.success(request, _("Undone."))
    return redirect("reports:themes", slug)


def _seen(request: HttpRequest) -> int | None:
    """How often the theme had been put right when the form was shown."""
    return number(request.POST.get("seen", ""), below=INTEGER)


def _told(latest: ThemeCorrection) -> str:
    by = latest.undone_by if latest.undone_at else latest.made_by
    return _(
        "%(by)s has put this theme right while you had it open. Nothing of yours was done: look at"
        " it as it stands now, and send it again if you still want to."
    ) % {"by": by or _("Somebody")}


def _theme_or_404(request: HttpRequest, slug: str, pk: int) -> tuple[VoteReport, Theme]:
    report = report_or_404(request, slug)
    theme = get_object_or_404(Theme, pk=pk, report=report)
    if theme.merged_into_id:
        raise Http404
    theme.report = report
    return report, theme


def _form(kind: str, theme: Theme, request: HttpRequest) -> Form | None:
    if kind not in Kind.values:
        raise Http404
    data = request.POST
    forms: dict[Kind, Callable[[], Form]] = {
        Kind.MERGE: lambda: MergeForm(data, theme=theme),
        Kind.SPLIT: lambda: SplitForm(data, theme=theme),
        Kind.RENAME: lambda: RenameForm(data),
    }
    make = forms.get(Kind(kind))
    return make() if make else None


def _page(
    request: HttpRequest,
    report: VoteReport,
    theme: Theme,
    refused: Mapping[str, Form | None] = {},
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    sized = [(theme, theme.ballots)]
    features, _proposals = titles(report.content)
    context = {
        "build": report.build,
        "report": report,
        "line": reading.told(report, sized, quotes=QUOTES_OF_ONE)[0],
        "features": features,
        "merged": theme.merged.all(),
        "follow_ups": queries.follow_ups_of(report, theme),
        "corrections": queries.corrections_on(report, theme),
        "seen": correcting.changes_of(theme),
        "merge_form": refused.get("merge") or MergeForm(theme=theme),
        "split_form": refused.get("split") or SplitForm(theme=theme),
        "rename_form": refused.get("rename") or RenameForm(initial={"name": theme.name}),
    }
    return render(request, "reports/theme.html", context, status=status)
