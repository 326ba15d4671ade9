"""What proposals show on the pages of builds: whose wish a feature was."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.builds.models import Build
from community.honours.rules import ids
from feedback.proposals.models import Proposal
from feedback.proposals.queries import wished_features


def wished_as(_request: HttpRequest, _build: Build, feature_ids: Sequence[int]) -> dict[int, str]:
    """For each feature that fulfils a proposal, a link to it."""
    return {
        proposal.shipped_as_id: _link(proposal.get_absolute_url())
        for proposal in wished_features(feature_ids)
        if proposal.shipped_as_id is not None
    }


def _link(url: str) -> SafeString:
    return format_html('<a class="chip" href="{}">{}</a>', url, _("you asked for it"))


def rewarded_wishes(sources: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """The wishes that experience was given for: title and address by source."""
    wishes = Proposal.objects.filter(pk__in=ids(sources))
    return {f"proposal:{wish.pk}": (wish.title, wish.get_absolute_url()) for wish in wishes}
