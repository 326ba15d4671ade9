"""The podium, an award's page, the ranking of a season, and what managers do with an award."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards.popcorn import charts, permissions, queries
from awards.popcorn.domain import award as awards
from awards.popcorn.domain import overrides
from awards.popcorn.domain.receipts import proof_of
from awards.popcorn.forms import OverrideForm, ReasonForm, ReceiptForm
from awards.popcorn.models import Award, AwardBundle, AwardPlace
from community.builds.models import Build, Product
from community.members.models import Member

EARLIER = 12


@require_safe
def podium(request: HttpRequest) -> HttpResponse:
    """The latest award; an invitation while there is none."""
    latest = queries.current(queries.announced()).first()
    if latest is None:
        return render(request, "popcorn/none.html")
    return render(request, "popcorn/award.html", _context(request, latest))


@require_safe
def award(request: HttpRequest, slug: str, revision: int | None = None) -> HttpResponse:
    """One build's award, its newest revision or the one asked for."""
    return render(
        request, "popcorn/award.html", _context(request, _visible(request, slug, revision))
    )


def _visible(request: HttpRequest, slug: str, revision: int | None = None) -> Award:
    """The award somebody may see, else 404. Managers see the newest, also before it is out."""
    rows = Award.objects.filter(build__slug=slug).select_related("build__product", "topic")
    if revision is not None:
        rows = rows.filter(revision=revision)
    for row in rows.order_by("-revision"):
        if permissions.can_see_award(request.user, row):
            return row
    raise Http404


def _context(request: HttpRequest, row: Award) -> dict[str, Any]:
    places = queries.places(row)
    table = queries.public_table(places)
    winners = [place for place in places if place.is_winner]
    work = queries.work_of(row, winners)
    buckets = queries.buckets(row)
    praised = {feature.pk for feature in work} | {bucket.feature_id for bucket in buckets}
    revisions = Award.objects.filter(build=row.build, announced_at__isnull=False)
    can_steer = permissions.can_steer(request.user, row.build)
    return {
        "award": row,
        "buckets": buckets,
        "winners": winners,
        "kernels": [place for place in places if place.is_hidden_kernel],
        "work": work,
        "quotes": queries.quotes(praised, row.build_id),
        "table": charts.with_bands(table),
        "own": _own_places(request, places, table),
        "is_without_same": _is_same_without_discount(row),
        "without": _named_without_discount(row),
        "revisions": list(revisions.order_by("revision")),
        "earlier": queries.current(queries.announced()).exclude(build=row.build)[:EARLIER],
        "receipt_form": ReceiptForm(),
        "can_steer": can_steer,
        **(_steering(row) if can_steer else {}),
    }


def _own_places(
    request: HttpRequest, places: list[AwardPlace], table: list[AwardPlace]
) -> list[charts.Band]:
    """An engineer's own band, in private, when the table does not show it."""
    shown = {place.pk for place in table}
    mine = [
        place
        for place in places
        if place.pk not in shown and permissions.can_see_band(request.user, place.engineer)
    ]
    return charts.with_bands(mine)


def _is_same_without_discount(row: Award) -> bool:
    return bool(row.result["outcome"] == row.result["without_discount"])


def _named_without_discount(row: Award) -> dict[str, list[str]]:
    """Who would hold bucket and ranking if no ballot were discounted."""
    outcome = row.result["without_discount"]
    titles = dict(row.build.features.values_list("pk", "title"))
    names = dict(row.places.values_list("engineer_id", "engineer__name"))
    return {
        "bucket": [titles[pk] for pk in outcome["bucket"]],
        "winners": [names[pk] for pk in outcome["winners"]],
    }


def _steering(row: Award) -> dict[str, Any]:
    return {
        "reason_form": ReasonForm(),
        "blocks": overrides.blocks(row),
        "waiting": overrides.waiting(row.build),
    }


@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """Sums of weekly places over a quarter or a year."""
    products = list(Product.objects.order_by("pk"))
    if not products:
        return render(request, "popcorn/none.html")
    wanted = request.GET.get("product", products[0].slug)
    product = next((one for one in products if one.slug == wanted), None)
    if product is None:
        raise Http404
    season = _season(request, product)
    context = {
        "products": products,
        "product": product,
        "season": season,
        "seasons": _seasons(product),
        "rows": list(queries.season_table(product, season)),
    }
    return render(request, "popcorn/ranking.html", context)


def _season(request: HttpRequest, product: Product) -> queries.Season:
    now = queries.season_of(timezone.now(), product.time_zone)
    text = request.GET.get("season", "")
    year, _separator, quarter = text.partition("-")
    if not text:
        return now
    if not year.isdecimal() or not date.min.year < int(year[:5]) < date.max.year:
        raise Http404
    if quarter not in {"", "1", "2", "3", "4"}:
        raise Http404
    return queries.Season(int(year), int(quarter or 0))


def _seasons(product: Product) -> list[queries.Season]:
    """The seasons in which this product had an award, newest first."""
    moments = queries.announced().filter(build__product=product).order_by()
    quarters = {
        queries.season_of(at, product.time_zone)
        for at in moments.values_list("build__publish_at", flat=True)
        if at is not None
    }
    years = {queries.Season(season.year, 0) for season in quarters}
    return sorted(quarters | years, key=lambda one: (-one.year, one.quarter))


@require_safe
def bundle(request: HttpRequest, slug: str, revision: int) -> HttpResponse:
    """The file that `manage.py verify_award` reads."""
    row = _visible(request, slug, revision)
    content = bytes(AwardBundle.objects.values_list("content", flat=True).get(award=row))
    name = f"popcorn-{slug}-{row.revision}.jsonl"
    return HttpResponse(
        content,
        content_type="application/jsonl",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "ETag": f'"{bytes(row.digest).hex()}"',
        },
    )


@require_safe
def receipt(request: HttpRequest, slug: str, revision: int) -> HttpResponse:
    """Is my receipt among the counted ballots? With the proof anybody can check."""
    row = _visible(request, slug, revision)
    form = ReceiptForm(request.GET)
    proof = None
    if form.is_valid():
        proof = proof_of(row, bytes.fromhex(form.cleaned_data["receipt"]))
    context = {"award": row, "form": form, "is_asked": form.is_valid(), "proof": proof}
    return render(request, "popcorn/receipt.html", context)


def _steered(request: HttpRequest, slug: str) -> Build:
    build = get_object_or_404(Build.objects.select_related("product"), slug=slug)
    if not permissions.can_steer(request.user, build):
        raise Http404
    return build


@login_required
@require_POST
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    build = _steered(request, slug)
    return _taken(
        request,
        slug,
        lambda at, by: awards.announce(build_id=build.pk, at=at, by=by),
        _("The award is out."),
    )


@login_required
@require_POST
def withhold(request: HttpRequest, slug: str) -> HttpResponse:
    build = _steered(request, slug)
    reason = request.POST.get("reason", "")[:500]
    return _taken(
        request,
        slug,
        lambda _at, by: awards.withhold(build_id=build.pk, reason=reason, by=by),
        _("The award is withheld. You can announce it at any time."),
    )


@login_required
@require_POST
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    build = _steered(request, slug)
    reason = request.POST.get("reason", "")[:500]
    return _taken(
        request,
        slug,
        lambda at, by: awards.correct(build_id=build.pk, reason=reason, by=by, at=at),
        _("The corrected award is out. The old one stays visible."),
    )


@login_required
@require_POST
def override(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to take a discount back, or confirm what another manager asked for."""
    build = _steered(request, slug)
    form = OverrideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say which discount, and why."))
        return redirect("popcorn:award", slug=slug)
    first, second, hour = form.cleaned_data["block"].split()
    return _taken(
        request,
        slug,
        lambda at, by: overrides.ask_or_confirm(
            build_id=build.pk,
            first=first,
            second=second,
            hour=None if hour == "-" else int(hour),
            reason=form.cleaned_data["reason"],
            by=by,
            at=at,
        ),
        _("Written down. It takes effect when a second manager has confirmed it."),
    )


def _taken(request: HttpRequest, slug: str, step: Any, done: str) -> HttpResponse:
    """Take one step of the domain and come back to the award with what happened."""
    member = request.user
    if not isinstance(member, Member):
        raise Http404
    try:
        step(timezone.now(), member)
    except awards.AwardRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("popcorn:award", slug=slug)
