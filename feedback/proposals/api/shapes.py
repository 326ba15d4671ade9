"""What the API says of wishes, and what it takes."""

from typing import Any

from rest_framework import serializers

from community.builds.models import Build, Feature, Product
from community.members.api.sent import BySlug
from feedback.proposals.models import MOST_ON_ONE, Proposal

# Merging has an address of its own.
ANSWERS = [choice for choice in Proposal.Status.choices if choice[0] != Proposal.Status.MERGED]


class ProposalShape(serializers.Serializer[Proposal]):
    """A wish as it stands in the list."""

    id = serializers.IntegerField(read_only=True)
    product = serializers.CharField(source="product.slug", read_only=True)
    title = serializers.CharField(read_only=True)
    body = serializers.CharField(source="words", read_only=True, help_text="Markdown.")
    area = serializers.CharField(read_only=True)
    device = serializers.CharField(read_only=True)
    status = serializers.ChoiceField(choices=Proposal.Status.choices, read_only=True)
    status_reason = serializers.CharField(read_only=True)
    votes = serializers.IntegerField(source="vote_count", read_only=True)
    voters = serializers.IntegerField(source="voter_count", read_only=True)
    topic = serializers.IntegerField(
        source="topic_id", read_only=True, allow_null=True, help_text="Where it is talked about."
    )
    created_at = serializers.DateTimeField(read_only=True)


class StatusChangeShape(serializers.Serializer[Any]):
    """A status it was given."""

    status = serializers.ChoiceField(choices=Proposal.Status.choices)
    reason = serializers.CharField()
    build = serializers.CharField(help_text="The version it was planned for or came in.")
    by = serializers.CharField(
        source="by.username", allow_null=True, default=None, help_text="null: the site itself."
    )
    at = serializers.DateTimeField()


class OneProposalShape(ProposalShape):
    """A wish with what became of it."""

    accepted_for = serializers.CharField(
        source="accepted_for.slug", allow_null=True, default=None, read_only=True
    )
    shipped_as = serializers.IntegerField(
        source="public_feature", allow_null=True, read_only=True, help_text="A change."
    )
    merged_into = serializers.IntegerField(source="merged_into_id", allow_null=True, read_only=True)
    history = StatusChangeShape(source="story", many=True, read_only=True)


class ProposalSent(serializers.Serializer[Any]):
    """A new wish."""

    product = BySlug(queryset=Product.objects.all())
    title = serializers.CharField(max_length=120)
    body = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    area = serializers.CharField(max_length=60, allow_blank=True, default="")
    device = serializers.CharField(max_length=40, allow_blank=True, default="")
    submission_key = serializers.UUIDField(
        required=False, help_text="Sent again, it is the same wish."
    )


class WishAnswerSent(serializers.Serializer[Any]):
    """A status, and what belongs to it."""

    status = serializers.ChoiceField(choices=ANSWERS)
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")
    accepted_for = BySlug(queryset=Build.objects.all(), required=False, allow_null=True)
    built_as = serializers.PrimaryKeyRelatedField(
        queryset=Feature.objects.select_related("build"), required=False, allow_null=True
    )
    shipped_as = serializers.PrimaryKeyRelatedField(
        queryset=Feature.objects.select_related("build"), required=False, allow_null=True
    )


class WishMergeSent(serializers.Serializer[Any]):
    into = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class WishVotesSent(serializers.Serializer[Any]):
    """How many votes the member wants to have on the wish in this round."""

    build = serializers.CharField(max_length=120, help_text="The address of the round's build.")
    votes = serializers.IntegerField(min_value=0, max_value=MOST_ON_ONE)


class PurseShape(serializers.Serializer[Any]):
    """What a member has of a round."""

    budget = serializers.IntegerField()
    spent = serializers.IntegerField()
    left = serializers.IntegerField()


class WishVotesShape(PurseShape):
    here = serializers.IntegerField(help_text="Votes on this wish.")


class RoundShape(serializers.Serializer[Any]):
    """A wish round that takes votes."""

    build = serializers.CharField(source="build.slug")
    product = serializers.CharField(source="build.product.slug")
    opens_at = serializers.DateTimeField(source="build.wishes_open_at")
    closes_at = serializers.DateTimeField()
    purse = PurseShape(allow_null=True, help_text="null for who has not signed in.")
