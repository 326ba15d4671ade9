"""The lives of the demo's wishes: which there are, and the round each was decided in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from community.builds.models import Build, Feature
from community.members.models import Member
from feedback.proposals.models import Merge, Proposal
from orangefriday.demo.wishes import MORE_WISHES

SHIPPED_A_WEEK = 2
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Status = Proposal.Status


@dataclass(slots=True)
class Life:
    """A wish with the round it was decided in; None while nobody has decided."""

    proposal: Proposal
    build: Build | None = None
    body: str = ""


def decided_at(build: Build) -> datetime:
    """Monday at ten, when managers go through the round."""
    if build.wishes_close_at is None:
        raise ValueError("A scheduled build has every edge.")
    return build.wishes_close_at + 10 * HOUR


def ended_at(life: Life, at: datetime) -> datetime:
    """When its last status was set."""
    proposal, build = life.proposal, life.build
    if build is None:
        return min(proposal.created_at + 3 * DAY, at - HOUR)
    if proposal.status == Status.SHIPPED and build.published_at:
        return build.published_at
    return max(min(decided_at(build), at - HOUR), proposal.created_at + HOUR)


def first_ones(first: list[Proposal], builds: list[Build]) -> Iterator[Life]:
    """The wishes of the ballots: planned ones are for the coming build."""
    coming = next(build for build in builds if build.state == Build.State.SCHEDULED)
    for proposal in first:
        is_planned = proposal.status in Proposal.PLANNED
        if is_planned:
            proposal.accepted_for = coming
        is_decided = is_planned or proposal.status in Proposal.NEEDS_REASON
        build = coming if is_planned else builds[-4]
        yield Life(proposal, build if is_decided else None, proposal.body)
    Proposal.objects.bulk_update(first, ["accepted_for"])


def shipped_ones(builds: list[Build], people: Sequence[Member]) -> Iterator[Life]:
    """Some changes of every build that went out had been wished for."""
    for n, build in enumerate(builds):
        if build.wishes_open_at is None or build.published_at is None:
            continue
        new = Feature.objects.filter(build=build, kind="feature").order_by("position")
        for m, feature in enumerate(new[:SHIPPED_A_WEEK]):
            proposal = Proposal(
                product_id=build.product_id,
                title=feature.body if (n + m) % 2 else feature.title,
                area=feature.area,
                status=Status.SHIPPED,
                author=people[40 + 11 * (2 * n + m)],
                accepted_for=build,
                shipped_as=feature,
                created_at=build.wishes_open_at - (2 + 3 * m) * DAY,
            )
            yield Life(proposal, build, f"{feature.title}\n\n{feature.body}")


def more_ones(builds: list[Build], people: Sequence[Member]) -> Iterator[Life]:
    past = [build for build in builds if build.published_at]
    coming = [build for build in builds if not build.published_at]
    for n, (title, body, area, device, status, reason, ago) in enumerate(MORE_WISHES):
        build = past[-ago] if ago else coming[0]
        if build.wishes_open_at is None:
            raise ValueError("A scheduled build has every edge.")
        is_planned = status in Proposal.PLANNED
        # Merged once the other one is there.
        proposal = Proposal(
            product_id=build.product_id,
            title=title,
            area=area,
            device=device,
            status=Status.OPEN if status == Status.MERGED else status,
            status_reason="" if status == Status.MERGED else reason,
            author=people[300 + 17 * n],
            accepted_for=build if is_planned else None,
            created_at=build.wishes_open_at - timedelta(hours=5 * n),
        )
        is_decided = is_planned or status in {*Proposal.NEEDS_REASON, Status.MERGED}
        yield Life(proposal, build if is_decided else None, body)


def merge(lives: list[Life], manager: Member) -> None:
    by_title = {life.proposal.title: life.proposal for life in lives}
    for title, _body, _area, _device, status, into, _ago in MORE_WISHES:
        if status != Status.MERGED:
            continue
        life = next(life for life in lives if life.proposal.title == title)
        if life.build is None:
            raise ValueError("A merged wish was decided.")
        proposal, target = life.proposal, by_title[into]
        Merge.objects.create(
            proposal=proposal,
            into=target,
            was_status=Status.OPEN,
            by=manager,
            at=decided_at(life.build),
        )
        proposal.status, proposal.merged_into = Status.MERGED, target
        proposal.save(update_fields=["status", "merged_into"])
