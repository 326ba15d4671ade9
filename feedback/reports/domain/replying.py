"""An engineer's official word on what came back: a post in the topic of the change."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from community.builds.models import Feature
from community.forum.domain.posting import reply
from community.forum.models import Topic
from community.members.models import Member
from feedback.reports.models import FollowUp, InboxReply


class NoTopic(Exception):
    """Neither the change nor its build has a topic."""


def topic_of(feature: Feature) -> Topic | None:
    """Where the change is talked about: in its own topic, else below its build."""
    return feature.topic or feature.build.topic


def topic_for(note: FollowUp) -> Topic | None:
    """Where a reply to a note is read."""
    feature = feature_of(note)
    return topic_of(feature) if feature else note.report.build.topic


def feature_of(note: FollowUp) -> Feature | None:
    """The change a note speaks of: named, that of its comment, or the first of its theme."""
    kind, _colon, at_feature = note.place.partition(":")
    pk = note.feature_id or (int(at_feature) if kind == "feature" else None)
    if pk is None and note.theme and note.theme.features:
        pk = note.theme.features[0][0]
    features = Feature.objects.filter(build=note.report.build_id)
    return features.select_related("topic__board", "build__topic__board").filter(pk=pk or 0).first()


def reply_to_voters(
    *, feature: Feature, side: str, text: str, by: Member, at: datetime, key: UUID | None
) -> InboxReply:
    """Answer the praise or the problems of a change. Raises NoTopic and what `reply` raises."""
    return _replied(topic_of(feature), feature, text, by=by, at=at, key=key, side=side)


@transaction.atomic
def reply_to_note(
    *, note: FollowUp, text: str, by: Member, at: datetime, key: UUID | None
) -> InboxReply:
    """Answer a manager's note where everybody reads it; the note is done with that."""
    made = _replied(topic_for(note), feature_of(note), text, by=by, at=at, key=key, note=note)
    FollowUp.objects.filter(pk=note.pk, done_at=None).update(done_at=at)
    return made


@transaction.atomic
def _replied(
    topic: Topic | None,
    feature: Feature | None,
    text: str,
    *,
    by: Member,
    at: datetime,
    key: UUID | None,
    side: str = "",
    note: FollowUp | None = None,
) -> InboxReply:
    """The same key of the same engineer is one post, however often it is sent."""
    if topic is None:
        raise NoTopic
    is_below_build = feature is not None and topic.pk != feature.topic_id
    body = f"[[/features/{feature.pk}/]]\n\n{text}" if feature and is_below_build else text
    post = reply(topic=topic, author=by, body=body, submission_key=key, at=at, is_official=True)
    made, _is_new = InboxReply.objects.get_or_create(
        post=post,
        defaults={"feature": feature, "side": side, "note": note, "made_by": by, "made_at": at},
    )
    return made
