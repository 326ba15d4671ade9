"""The podium: the bucket, the winners, what users wrote, and the top of the ranking."""

from collections.abc import Sequence
from typing import Any

from django.core.cache import caches
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from awards.popcorn import charts, permissions, queries
from awards.popcorn.download import name_of
from awards.popcorn.forms import CorrectionForm, ReasonForm, ReceiptForm
from awards.popcorn.models import Award, AwardPlace, BucketWinner, Quote
from community.builds.models import Engineer, Feature, Product
from community.builds.permissions import can_open_studio
from community.members.permissions import User

STEPS = 3
EARLIER = 8


class AwardPage:
    """What all readers of an award see, asked for when the page comes to it; managers see more."""

    receipt_form = ReceiptForm()

    def __init__(
        self, award: Award, *, known_to: User, products: Sequence[Product], is_steered: bool
    ) -> None:
        self.award = award
        self.audience = award.pk
        self.products = products
        self._known_to = known_to
        self._is_steered = is_steered

    @cached_property
    def places(self) -> list[AwardPlace]:
        return queries.places(self.award)

    @property
    def buckets(self) -> list[BucketWinner]:
        return queries.buckets(self.award)

    @cached_property
    def winners(self) -> list[AwardPlace]:
        return [place for place in self.places if place.is_winner]

    @property
    def runners_up(self) -> list[AwardPlace]:
        after = [place for place in self.places if place.is_shown and not place.is_winner]
        return after[: max(STEPS - len(self.winners), 0)]

    @property
    def kernels(self) -> list[AwardPlace]:
        return [place for place in self.places if place.is_hidden_kernel]

    @property
    def work(self) -> list[Feature]:
        """What the winners built."""
        people = {place.person for place in self.winners}
        features = queries.winning_features(self.award)
        return [feature for feature in features if people.intersection(feature.builders)]

    @cached_property
    def quotes(self) -> dict[int, list[Quote]]:
        return queries.quotes(self.award, with_hidden=self._is_steered)

    @property
    def table(self) -> charts.Chart:
        return charts.chart(place for place in self.places if place.is_shown)

    @property
    def without(self) -> dict[str, list[str]] | None:
        return None if self.award.is_same_without_discount else _without_discount(self.award)

    @cached_property
    def revisions(self) -> list[Award]:
        """All that may be seen, oldest first."""
        return list(queries.awards_for(self._known_to, self.award.build.slug).light())[::-1]

    @property
    def newest(self) -> Award:
        return self.revisions[-1]

    @property
    def earlier(self) -> QuerySet[Award]:
        build = self.award.build
        awards = queries.latest_awards().light().filter(build__product=build.product)
        return awards.exclude(build=build)[:EARLIER]

    @property
    def bundle_name(self) -> str:
        return name_of(self.award)


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
    return _shown(request, latest, products if len(products) > 1 else [])


@require_safe
def award(request: HttpRequest, slug: str, revision: int | None = None) -> HttpResponse:
    """One build's award, its newest revision or the one asked for; or why it is withheld."""
    is_maker = can_open_studio(request.user)
    award, is_withheld = (_award if is_maker else _kept_award)(request, slug, revision)
    if is_withheld:
        return render(request, "popcorn/withheld.html", {"award": award})
    return _shown(request, award)


def _award(request: HttpRequest, slug: str, revision: int | None) -> tuple[Award, bool]:
    """The award at an address, and whether it is kept back from this reader."""
    withheld = None if revision else queries.withheld(slug)
    if withheld and not permissions.can_steer(request.user, withheld.build):
        return withheld, True
    return seen(request, slug, revision), False


def _kept_award(request: HttpRequest, slug: str, revision: int | None) -> tuple[Award, bool]:
    """The same for those who steer no award: all of them see one."""
    key, moments = f"award:{slug}:{revision or ''}", caches["moments"]
    known: tuple[Award, bool] | None = moments.get(key)
    if known is None:
        known = _award(request, slug, revision)
        moments.set(key, known)
    return known


def seen(request: HttpRequest, slug: str, revision: int | None = None) -> Award:
    """The award at an address; what one must not see is not there."""
    awards = queries.awards_for(request.user, slug).light()
    found = (awards if revision is None else awards.filter(revision=revision)).first()
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, award: Award, products: Sequence[Product] = ()) -> HttpResponse:
    can_steer = permissions.can_steer(request.user, award.build)
    own = queries.own_places(request.user, award)
    context: dict[str, Any] = {
        "shared": AwardPage(award, known_to=request.user, products=products, is_steered=can_steer),
        "own": charts.chart(own) if own else None,
        "can_steer": can_steer,
    }
    if can_steer:
        context["reason_form"] = ReasonForm()
        context["correction_form"] = CorrectionForm(initial={"corrects": award.revision})
    return render(request, "popcorn/award.html", context)


def _without_discount(award: Award) -> dict[str, list[str]]:
    """Who would hold bucket and ranking if every ballot had its full weight."""
    outcome = award.result["without_discount"]
    titles = Feature.objects.in_bulk(outcome["bucket"])
    engineers = Engineer.objects.in_bulk(outcome["winners"])
    return {
        "bucket": [titles[pk].title for pk in outcome["bucket"]],
        "winners": [engineers[pk].name for pk in outcome["winners"]],
    }
