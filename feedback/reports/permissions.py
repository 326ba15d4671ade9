"""Who may read vote reports."""

from community.builds.models import Build
from community.builds.permissions import can_manage, can_open_studio
from community.members.permissions import User


def can_read_reports(user: User) -> bool:
    """Whether any report is theirs to read."""
    return can_open_studio(user)


def can_read_report(user: User, build: Build) -> bool:
    return can_manage(user, build.product)
