"""What the API tells of an award: the result as documents."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from awards.popcorn import queries
from awards.popcorn.models import Award, AwardPlace, BucketWinner

HEX = r"^[0-9a-f]+$"


class BucketSerializer(serializers.Serializer[Any]):
    """The project of the week."""

    feature = serializers.IntegerField()
    title = serializers.CharField()
    engineers = serializers.ListField(
        child=serializers.CharField(), help_text="everyone credited, the largest share first"
    )
    first_places = serializers.IntegerField(help_text="ballots that love it most")
    weighted_first_places = serializers.FloatField()


class PlaceSerializer(serializers.Serializer[Any]):
    """One row of the public table: the top only."""

    engineer = serializers.CharField()
    place = serializers.IntegerField(min_value=1)
    is_winner = serializers.BooleanField()
    score = serializers.FloatField(help_text="PopScore, 0 to 100")
    score_low = serializers.FloatField(help_text="lower end of its 90 % interval")
    score_high = serializers.FloatField(help_text="upper end of its 90 % interval")
    p_best = serializers.FloatField(help_text="probability of the highest score of all")
    place_low = serializers.IntegerField(help_text="best place of its 90 % interval")
    place_high = serializers.IntegerField(help_text="worst place of its 90 % interval")


class AwardSerializer(serializers.Serializer[Any]):
    """The Popcorn Award of a build."""

    version = serializers.CharField()
    revision = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(help_text="why it was corrected; empty for the first revision")
    state = serializers.ChoiceField(choices=Award.State.choices)
    computed_at = serializers.DateTimeField()
    announced_at = serializers.DateTimeField(allow_null=True)
    ballots = serializers.IntegerField(help_text="ballots counted, those of staff left out")
    bucket = BucketSerializer(many=True, help_text="empty: not enough votes this week")
    winners = serializers.ListField(
        child=serializers.CharField(), help_text="empty: not enough votes this week"
    )
    ranking = PlaceSerializer(many=True)
    is_same_without_discount = serializers.BooleanField()
    discounted_weight = serializers.FloatField(help_text="share of all voters' weight, 0 to 1")
    digest = serializers.RegexField(HEX, help_text="SHA-256 of the inputs")
    ballots_root = serializers.RegexField(HEX, help_text="Merkle root of the open ballots")
    receipts_root = serializers.RegexField(HEX, help_text="Merkle root of the receipts")
    signature = serializers.RegexField(HEX, help_text="Ed25519")
    public_key = serializers.RegexField(HEX)
    bundle = serializers.CharField(help_text="address of the file that verify_award reads")


class ProofSerializer(serializers.Serializer[Any]):
    """Inclusion of a receipt in the signed root of all receipts (RFC 6962, section 2.1.1)."""

    index = serializers.IntegerField(help_text="position among the receipts, from 0")
    count = serializers.IntegerField()
    path = serializers.ListField(child=serializers.RegexField(HEX))
    root = serializers.RegexField(HEX)  # type: ignore[assignment]  # what RFC 6962 calls it


def told(award: Award) -> dict[str, Any]:
    """The document of one award."""
    places = queries.places(award)
    address = reverse("api_award_bundle", args=[award.build.slug])
    hashes = ("digest", "ballots_root", "receipts_root", "signature", "public_key")
    document = {
        "version": award.build.slug,
        "revision": award.revision,
        "reason": award.reason,
        "state": award.state,
        "computed_at": award.computed_at,
        "announced_at": award.announced_at,
        "ballots": award.ballot_count,
        "bucket": [_bucket(bucket) for bucket in queries.buckets(award)],
        "winners": [place.person.name for place in places if place.is_winner],
        "ranking": [_place(place) for place in places if place.is_shown],
        "is_same_without_discount": award.is_same_without_discount,
        "discounted_weight": award.discounted_weight,
        "bundle": f"{address}?revision={award.revision}",
        **{name: bytes(getattr(award, name)).hex() for name in hashes},
    }
    return AwardSerializer(document).data


def _bucket(bucket: BucketWinner) -> dict[str, Any]:
    return {
        "feature": bucket.feature_id,
        "title": bucket.feature.title,
        "engineers": [engineer.name for engineer in bucket.feature.builders],
        "first_places": bucket.first_places,
        "weighted_first_places": bucket.weighted_first_places,
    }


def _place(place: AwardPlace) -> dict[str, Any]:
    names = PlaceSerializer().fields.keys() - {"engineer"}
    return {"engineer": place.person.name, **{name: getattr(place, name) for name in names}}
