"""/api/v1/products/{slug}/award/: the knobs of the award."""

from rest_framework import serializers

from awards.popcorn.domain import knobs
from awards.popcorn.sections import AWARD
from community.builds.api.settings import SettingsShape, addresses
from community.builds.sections import Values


class AwardKnobsShape(SettingsShape):
    """What a product chooses of its award."""

    bucket_minimum = serializers.IntegerField(min_value=0, max_value=1_000_000)
    floor_votes = serializers.IntegerField(min_value=1, max_value=1_000_000)
    floor_share = serializers.DecimalField(max_digits=4, decimal_places=3, min_value=0, max_value=1)
    shrinkage = serializers.DecimalField(max_digits=4, decimal_places=2, min_value=0)
    co_winner_at = serializers.DecimalField(
        max_digits=3, decimal_places=2, min_value=0, max_value=1
    )
    joy_points = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=100),
        min_length=4,
        max_length=4,
        help_text="From “let down most” to “loved most”.",
    )

    def values(self) -> Values:
        values = knobs.values_of(self.validated_data)
        knobs.check(values)
        return values


AwardKnobsAddress, AwardKnobsPreview = addresses(AWARD, AwardKnobsShape, name="award")
