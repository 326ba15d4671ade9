"""Polls as the API and the JSON file say them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from feedback.polls.domain.counting import Outcome
from feedback.polls.models import (
    FEWEST_OPTIONS,
    MOST_OPTIONS,
    OPTION_LENGTH,
    TITLE_LENGTH,
    Poll,
)
from feedback.polls.showing import ShownPoll
from feedback.polls.wording import said


@extend_schema_serializer(component_name="PollOption")
class OptionShape(serializers.Serializer[Any]):
    """Something that can be chosen."""

    id = serializers.IntegerField(source="pk")
    text = serializers.CharField()
    picture = serializers.CharField(source="picture.address", allow_null=True, default=None)
    added_at = serializers.DateTimeField()


class PollCount(serializers.Serializer[Any]):
    """An option's result; in rankings `votes` are the ballots that like it best."""

    option = serializers.IntegerField()
    votes = serializers.IntegerField()
    place = serializers.IntegerField(help_text="1 is best; equal ones are tied.")


class PollRound(serializers.Serializer[Any]):
    """A round of an instant run-off."""

    votes = PollCount(many=True)
    exhausted = serializers.IntegerField(help_text="Ballots that rank none still in.")
    out = serializers.ListField(child=serializers.IntegerField())


def _table(help_text: str) -> serializers.ListField:
    row = serializers.ListField(child=serializers.IntegerField())
    return serializers.ListField(child=row, required=False, help_text=help_text)


class PollOutcome(serializers.Serializer[Any]):
    """A counted poll; tables are in the order of `options`."""

    ballots = serializers.IntegerField()
    winners = serializers.ListField(
        child=serializers.IntegerField(), help_text="Several are tied; without a ballot none."
    )
    sentence = serializers.CharField()
    options = PollCount(many=True)
    pairs = _table("Schulze: ballots that prefer the row to the column.")
    strengths = _table("Schulze: the strongest chain of wins from row to column.")
    rounds = PollRound(many=True, required=False)


class PollDocument(serializers.Serializer[ShownPoll]):
    """A poll; `outcome` is null for whoever may not see results yet."""

    id = serializers.IntegerField(source="poll.pk")
    topic = serializers.IntegerField(source="poll.topic_id")
    title = serializers.CharField(source="poll.title")
    kind = serializers.ChoiceField(choices=Poll.Kind.choices, source="poll.kind")
    method = serializers.ChoiceField(
        choices=Poll.Method.choices, source="poll.method", allow_blank=True
    )
    fewest = serializers.IntegerField(source="poll.fewest")
    most = serializers.IntegerField(source="poll.most")
    opens_at = serializers.DateTimeField(source="poll.opens_at")
    closes_at = serializers.DateTimeField(source="poll.closes_at", allow_null=True)
    closed_at = serializers.DateTimeField(source="poll.closed_at", allow_null=True)
    eligibility = serializers.ChoiceField(
        choices=Poll.Eligibility.choices, source="poll.eligibility"
    )
    level = serializers.IntegerField(source="poll.level")
    build = serializers.CharField(source="poll.build.slug", allow_null=True, default=None)
    group = serializers.CharField(source="poll.group.name", allow_null=True, default=None)
    results = serializers.ChoiceField(choices=Poll.Results.choices, source="poll.results")
    is_secret = serializers.BooleanField(source="poll.is_secret")
    takes_additions = serializers.BooleanField(source="poll.takes_additions")
    made_by = serializers.CharField(source="poll.made_by.username", allow_null=True, default=None)
    options = OptionShape(many=True)
    outcome = serializers.SerializerMethodField()

    @extend_schema_field(PollOutcome(allow_null=True))
    def get_outcome(self, shown: ShownPoll) -> dict[str, Any] | None:
        """What the outcome says, in words too; None where its reader may not see it."""
        outcome: Outcome | None = shown.outcome
        if outcome is None:
            return None
        texts = {option.pk: option.text for option in shown.options}
        return {**outcome, "sentence": said(shown.poll, outcome, texts)}


class PollShape(PollDocument):
    """A poll, with what is its reader's own."""

    may_vote = serializers.BooleanField()
    my_choices = serializers.ListField(child=serializers.IntegerField(), source="mine")
    my_revision = serializers.IntegerField(source="revision")


class VoteSent(serializers.Serializer[Any]):
    """Ids of options; of rankings from the one liked best downwards."""

    options = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        max_length=MOST_OPTIONS,
    )


class VoteKept(serializers.Serializer[Any]):
    """What stands in the database; `revision` counts every change."""

    options = serializers.ListField(child=serializers.IntegerField())
    revision = serializers.IntegerField()


class OptionSent(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=OPTION_LENGTH)


class PollSent(serializers.Serializer[Any]):
    """A new poll; rankings name their method."""

    title = serializers.CharField(max_length=TITLE_LENGTH)
    options = serializers.ListField(
        child=serializers.CharField(max_length=OPTION_LENGTH),
        min_length=FEWEST_OPTIONS,
        max_length=MOST_OPTIONS,
    )
    kind = serializers.ChoiceField(choices=Poll.Kind.choices, default=Poll.Kind.SINGLE)
    method = serializers.ChoiceField(choices=Poll.Method.choices, default="", allow_blank=True)
    fewest = serializers.IntegerField(min_value=1, max_value=MOST_OPTIONS, default=1)
    most = serializers.IntegerField(min_value=1, max_value=MOST_OPTIONS, required=False)
    opens_at = serializers.DateTimeField(required=False)
    closes_at = serializers.DateTimeField(required=False)
    eligibility = serializers.ChoiceField(
        choices=Poll.Eligibility.choices, default=Poll.Eligibility.EVERYBODY
    )
    level = serializers.IntegerField(min_value=0, max_value=5, default=0)
    build = serializers.CharField(max_length=60, required=False, help_text="Its address: 7.0.1")
    group = serializers.CharField(max_length=150, required=False)
    results = serializers.ChoiceField(choices=Poll.Results.choices, default=Poll.Results.ALWAYS)
    is_secret = serializers.BooleanField(default=True)
    takes_additions = serializers.BooleanField(default=False)
