"""Who reads vote reports: the managers of the product."""

from datetime import datetime

from community.builds.models import Build, Feature
from community.builds.permissions import can_manage, can_open_studio, is_credited, is_engineer
from community.forum import known
from community.forum.models import Topic
from community.forum.permissions import may_reply
from community.members.permissions import User
from feedback.reports.models import VoteReport


def can_read_reports(user: User) -> bool:
    """Whether there is any product whose reports are theirs to read."""
    return can_open_studio(user)


def can_read_report(user: User, build: Build) -> bool:
    """The report, its lists of ballots and its exports."""
    return can_manage(user, build.product)


def has_inbox(user: User) -> bool:
    """Engineers have one: what came back about what they built."""
    return is_engineer(user)


def can_answer_voters(user: User, feature: Feature) -> bool:
    """Engineers on what they built, once its report is final."""
    return (
        is_credited(user, feature)
        and VoteReport.objects.final().filter(build=feature.build_id).exists()
    )


def can_reply_in(user: User, topic: Topic | None, at: datetime) -> bool:
    """Whether the topic takes a word of theirs in the name of the product."""
    if topic is None:
        return False
    return may_reply(user, topic, at) and known.speaks_officially(user, topic)
