"""Says beforehand why a vote would be refused; the vote itself is judged in the database."""

from datetime import datetime

from allauth.account.models import EmailAddress

from community.builds.models import Build, Install
from community.members.models import Member
from feedback.fourgrid.domain.refusals import BallotRefused, Reason


def obstacle(*, member: Member, build: Build, at: datetime) -> BallotRefused | None:
    """The first reason why a member may not vote on a published build at a moment, if any.

    The same rules in the same order as ``fourgrid_save_ballot``.
    """
    return _of_the_build(build, at) or _of_the_member(member, build, at)


def _of_the_build(build: Build, at: datetime) -> BallotRefused | None:
    if build.is_open_for_ballots(at):
        return None
    if build.state in {Build.State.RECALLED, Build.State.CANCELLED}:
        return BallotRefused(Reason.TAKEN_BACK, build=build.version)
    if build.ballots_open_at and at < build.ballots_open_at:
        return BallotRefused(Reason.NOT_OPEN, build=build.version, moment=build.ballots_open_at)
    closed_at = build.closed_at or build.ballots_close_at
    return BallotRefused(Reason.CLOSED, build=build.version, moment=closed_at)


def _of_the_member(member: Member, build: Build, at: datetime) -> BallotRefused | None:
    if not member.is_active:
        return BallotRefused(Reason.INACTIVE)
    if member.is_suspended(at):
        return BallotRefused(Reason.SUSPENDED, moment=member.suspended_until)
    if not EmailAddress.objects.filter(user=member, verified=True).exists():
        return BallotRefused(Reason.UNVERIFIED_ADDRESS)
    if (
        build.requires_older_account
        and build.published_at
        and member.date_joined >= build.published_at
    ):
        return BallotRefused(Reason.YOUNG_ACCOUNT, build=build.version, moment=build.published_at)
    if build.requires_verified_install and not _runs(member, build):
        return BallotRefused(Reason.UNVERIFIED_INSTALL, build=build.version)
    return None


def _runs(member: Member, build: Build) -> bool:
    return Install.objects.filter(build=build, device__member=member).exists()
