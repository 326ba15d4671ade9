"""The podium: the bucket, the winners, what users wrote, and the top of the ranking."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards.popcorn import charts, permissions, queries
from awards.popcorn.download import name_of
from awards.popcorn.forms import CorrectionForm, ReasonForm, ReceiptForm
from awards.popcorn.models import Award, AwardPlace
from community.builds.models import Engineer, Feature

STEPS = 3
EARLIER = 8


@require_safe
def podium(request: HttpRequest) -> HttpResponse:
    """The latest award, of one product if asked for; an invitation while there is none."""
    products = list(queries.awarded_products())
    awards = queries.latest_awards()
    if wanted := request.GET.get("product"):
        awards = awards.filter(build__product__slug=wanted)
    latest = awards.first()
    if latest is None and wanted:
        raise Http404
    if latest is None:
        return render(request, "popcorn/none.html")
    context = _context(request, latest) | {"products": products if len(products) > 1 else []}
    return render(request, "popcorn/award.html", context)


@require_safe
def award(request: HttpRequest, slug: str, revision: int | None = None) -> HttpResponse:
    """One build's award, its newest revision or the one asked for; or why it is withheld."""
    withheld = None if revision else queries.withheld(slug)
    if withheld and not permissions.can_steer(request.user, withheld.build):
        return render(request, "popcorn/withheld.html", {"award": withheld})
    return render(request, "popcorn/award.html", _context(request, seen(request, slug, revision)))


def seen(request: HttpRequest, slug: str, revision: int | None = None) -> Award:
    """The award at an address; what one must not see is not there."""
    awards = queries.awards_for(request.user, slug)
    found = (awards if revision is None else awards.filter(revision=revision)).first()
    if found is None:
        raise Http404
    return found


def _context(request: HttpRequest, award: Award) -> dict[str, Any]:
    places = queries.places(award)
    winners = [place for place in places if place.is_winner]
    features = queries.winning_features(award)
    can_steer = permissions.can_steer(request.user, award.build)
    revisions = list(queries.awards_for(request.user, award.build.slug).light())[::-1]
    awards = queries.latest_awards().light().filter(build__product=award.build.product)
    return {
        "award": award,
        "buckets": queries.buckets(award),
        "winners": winners,
        "runners_up": [place for place in places if place.is_shown and not place.is_winner][
            : max(STEPS - len(winners), 0)
        ],
        "kernels": [place for place in places if place.is_hidden_kernel],
        "work": _built_by(winners, features),
        "quotes": queries.quotes(award, with_hidden=can_steer),
        "table": charts.chart(place for place in places if place.is_shown),
        "own": charts.chart(_own(request, places)),
        "without": None if award.is_same_without_discount else _without_discount(award),
        "revisions": revisions,
        "newest": revisions[-1],
        "earlier": awards.exclude(build=award.build)[:EARLIER],
        "receipt_form": ReceiptForm(),
        "bundle_name": name_of(award),
        "can_steer": can_steer,
        **(_steering(award) if can_steer else {}),
    }


def _built_by(winners: list[AwardPlace], features: list[Feature]) -> list[Feature]:
    people = {place.person for place in winners}
    return [feature for feature in features if people.intersection(feature.builders)]


def _without_discount(award: Award) -> dict[str, list[str]]:
    """Who would hold bucket and ranking if every ballot had its full weight."""
    outcome = award.result["without_discount"]
    titles = Feature.objects.in_bulk(outcome["bucket"])
    engineers = Engineer.objects.in_bulk(outcome["winners"])
    return {
        "bucket": [titles[pk].title for pk in outcome["bucket"]],
        "winners": [engineers[pk].name for pk in outcome["winners"]],
    }


def _own(request: HttpRequest, places: list[AwardPlace]) -> list[AwardPlace]:
    """An engineer's own band, in private, when the table does not show it."""
    return [
        place
        for place in places
        if not place.is_shown and permissions.can_see_band(request.user, place.person)
    ]


def _steering(award: Award) -> dict[str, Any]:
    return {
        "reason_form": ReasonForm(),
        "correction_form": CorrectionForm(initial={"corrects": award.revision}),
    }
