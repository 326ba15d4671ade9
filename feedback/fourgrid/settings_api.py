"""/api/v1/products/{slug}/: installed base and eligibility."""

from rest_framework import serializers

from community.builds.api.settings import SettingsShape, addresses
from community.builds.sections import Values
from feedback.fourgrid.domain import installed_base
from feedback.fourgrid.sections import ELIGIBILITY, INSTALLED_BASE


class InstalledBaseShape(SettingsShape):
    """The families of a product with their shares: all, which sum to 1 within 0.001, or null."""

    shares = serializers.DictField(
        child=serializers.DecimalField(
            max_digits=9, decimal_places=8, min_value=0, max_value=1, allow_null=True
        ),
        help_text='{"Mi 5": 0.6, "Mi 4": 0.4}; what rounding leaves is the largest family\'s.',
    )

    def values(self) -> Values:
        return installed_base.values_of(installed_base.evened(self.validated_data["shares"]))


class EligibilityShape(SettingsShape):
    """Who may vote."""

    requires_verified_install = serializers.BooleanField()
    requires_older_account = serializers.BooleanField()


InstalledBaseAddress, InstalledBasePreview = addresses(
    INSTALLED_BASE, InstalledBaseShape, name="installed_base"
)
EligibilityAddress, EligibilityPreview = addresses(
    ELIGIBILITY, EligibilityShape, name="eligibility"
)
