"""The ranking of a season: sums of weekly places, and the buckets of its weeks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards.popcorn import queries
from awards.popcorn.seasons import Season, awards_in, seasons_of, standings
from community.builds.models import Product


@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """A quarter or a year of one product; without a choice, the latest quarter of the first."""
    products = list(queries.awarded_products())
    if not products:
        return render(request, "popcorn/none.html")
    product = _chosen(products, request.GET.get("product", products[0].slug))
    seasons = seasons_of(product)
    latest = next(season for season in seasons if season.quarter)
    season = _asked(request.GET.get("season", "")) or latest
    context = {
        "products": products if len(products) > 1 else [],
        "product": product,
        "season": season,
        "seasons": seasons,
        "rows": standings(product, season),
        "weeks": awards_in(product, season).select_related("build").prefetch_related(queries.HELD),
    }
    return render(request, "popcorn/ranking.html", context)


def _chosen(products: list[Product], slug: str) -> Product:
    for product in products:
        if product.slug == slug:
            return product
    raise Http404


def _asked(key: str) -> Season | None:
    try:
        return Season.read(key) if key else None
    except ValueError:
        raise Http404 from None
