"""Who reads vote reports: the managers of the product."""

from community.builds.models import Build, Engineer
from community.builds.permissions import can_manage, can_open_studio
from community.members.models import Member
from community.members.permissions import User


def can_read_reports(user: User) -> bool:
    """Whether there is any product whose reports are theirs to read."""
    return can_open_studio(user)


def can_read_report(user: User, build: Build) -> bool:
    """The report, its lists of ballots and its exports."""
    return can_manage(user, build.product)


def has_inbox(user: User) -> bool:
    """Engineers have one: what came back about what they built."""
    return isinstance(user, Member) and Engineer.objects.filter(member=user).exists()
