"""Closing the loop: a wish ships with its build, and everybody who asked is told, once."""

from datetime import datetime, timedelta

from django.db.models import Q

from community.builds.models import Build, Feature
from community.text.joining import listed
from feedback.proposals.domain.answering import announce_if_out, answer_proposal, build_of
from feedback.proposals.domain.refusals import WishRefused
from feedback.proposals.domain.telling import (
    TOLD_AT_ONCE,
    Said,
    Told,
    everybody_who_asked,
    tell_news,
)
from feedback.proposals.models import Proposal, ShippedNews

NOTICE = "proposals.shipped"
# A wish that was shipped longer ago is no news any more.
NEWS_FOR = timedelta(days=14)


def ship_due(*, at: datetime) -> list[int]:
    """Ship the wishes whose change went out, and have the news told; gives their proposals."""
    out = Q(built_as__build__published_at__lte=at)
    waiting = Proposal.objects.filter(out, status__in=Proposal.PLANNED[:2])
    due = waiting.exclude(built_as__build__state=Build.State.RECALLED)
    shipped = [proposal.pk for proposal in due.select_related("built_as") if _ship(proposal, at)]
    lately = Proposal.objects.filter(status=Proposal.Status.SHIPPED, news=None)
    since = at - NEWS_FOR
    by_feature = Q(shipped_as__build__published_at__gt=since)
    by_build = Q(shipped_as=None, accepted_for__published_at__gt=since)
    for proposal in lately.filter(by_feature | by_build):
        announce_if_out(proposal, at=at)
    return shipped


def _ship(proposal: Proposal, at: datetime) -> bool:
    feature: Feature | None = proposal.built_as
    if feature is None:
        return False
    try:
        answer_proposal(
            proposal=proposal,
            status=Proposal.Status.SHIPPED,
            at=at,
            accepted_for=feature.build,
            shipped_as=feature,
        )
    except WishRefused:  # answered otherwise a moment ago
        return False
    return True


def tell_shipped(*, at: datetime, most: int = TOLD_AT_ONCE) -> Told:
    """Tell what is untold of wishes in builds that are out, and were not taken back."""
    untold = ShippedNews.objects.untold().select_related("proposal__product")
    return tell_news(untold, _said, at=at, most=most)


def told_of(build: Build) -> set[int]:
    """Everybody who asked for what shipped in a build."""
    by_build = Q(shipped_as=None, accepted_for=build)
    shipped = Proposal.objects.filter(
        Q(shipped_as__build=build) | by_build, status=Proposal.Status.SHIPPED
    )
    return everybody_who_asked(shipped.values_list("pk", flat=True))


def _said(news: ShippedNews) -> Said | None:
    proposal, build = news.proposal, build_of(news.proposal)
    if build is None or build.state == Build.State.RECALLED:
        return None
    words = _words(proposal, build)
    return Said(kind=NOTICE, words=words, source=f"proposal:{proposal.pk} shipped")


def _words(proposal: Proposal, build: Build) -> dict[str, str]:
    return {
        "proposal": str(proposal.pk),
        "title": proposal.title,
        "build": f"{build.product.name} {build.version}",
        "engineers": builders_of(proposal) or proposal.product.name,
    }


def builders_of(proposal: Proposal) -> str:
    """Who built it, by the credits of its change: "林浩, Mei"; "" without a change."""
    if proposal.shipped_as is None:
        return ""
    signed = proposal.shipped_as.credits.select_related("engineer").order_by("-share", "pk")
    return listed(credit.engineer.name for credit in signed)
