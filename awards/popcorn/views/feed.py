"""/popcorn/feed.atom: every award that was announced."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from awards.popcorn import queries
from awards.popcorn.models import AwardPlace
from community.text.joining import listed

ENTRIES = 20


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Each with its winners and the features they won with."""
    atom = Atom1Feed(
        title=_("Orange Friday: Popcorn Awards"),
        link=request.build_absolute_uri(reverse("popcorn:podium")),
        description=None,
        feed_url=request.build_absolute_uri(),
        language=get_language(),
    )
    for award in queries.latest_awards().prefetch_related(queries.WON)[:ENTRIES]:
        address = request.build_absolute_uri(reverse("popcorn:award", args=[award.build.slug]))
        places: list[AwardPlace] = award.winners  # type: ignore[attr-defined] # by WON
        winners = listed(place.person for place in places)
        atom.add_item(
            title=f"{award.build.product} {award.build.version}: {winners}",
            link=address,
            unique_id=address,
            description=format_html_join(
                "", "<p>{}</p>", ((bucket.feature.title,) for bucket in award.buckets.all())
            ),
            pubdate=award.announced_at,
            updateddate=award.announced_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
