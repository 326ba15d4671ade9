"""The shapes of builds in the API: every field by name."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.builds.domain.features import MOST_FEATURES, Change
from community.builds.domain.submissions import Sent, Signed
from community.builds.models import Build, Credit, Feature, Product
from community.builds.models.engineer import LONGEST_NAME


class CreditShape(serializers.Serializer[Credit]):
    """Who built which share; ``engineer`` is the address of their page, null without one."""

    name = serializers.CharField(source="engineer.name")
    engineer = serializers.SerializerMethodField()
    share = serializers.DecimalField(max_digits=5, decimal_places=4)

    def get_engineer(self, credit: Credit) -> str | None:
        standing = credit.engineer.merged_into or credit.engineer
        return None if standing.is_hidden else standing.slug


class FeatureShape(serializers.Serializer[Feature]):
    """One change."""

    id = serializers.IntegerField()
    position = serializers.IntegerField()
    title = serializers.CharField()
    area = serializers.CharField()
    kind = serializers.ChoiceField(Feature.Kind.choices)
    body = serializers.CharField()
    references = serializers.ListField(child=serializers.CharField())
    topic = serializers.SerializerMethodField()
    credits = CreditShape(many=True)

    def get_topic(self, feature: Feature) -> str | None:
        if feature.topic is None or feature.topic.hidden_at:
            return None
        return reverse("forum:topic", args=[feature.topic.pk])


class BuildShape(serializers.Serializer[Build]):
    """A build in a list. ``slug`` stands for it in addresses; moments that never came are null."""

    slug = serializers.CharField()
    version = serializers.CharField()
    product = serializers.CharField(source="product.slug")
    number = serializers.IntegerField()
    channel = serializers.ChoiceField(Build.Channel.choices)
    state = serializers.ChoiceField(Build.State.choices)
    release_on = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    ballots_open_at = serializers.DateTimeField(allow_null=True)
    ballots_close_at = serializers.DateTimeField(allow_null=True)
    award_at = serializers.DateTimeField(allow_null=True)
    url = serializers.SerializerMethodField()

    @extend_schema_field(serializers.URLField())
    def get_url(self, build: Build) -> str:
        address = reverse("builds:detail", args=[build.slug])
        request = self.context.get("request")
        return request.build_absolute_uri(address) if request else address


class FileShape(serializers.Serializer[Any]):
    """A file to download."""

    name = serializers.CharField()
    url = serializers.URLField()
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")
    byte_count = serializers.IntegerField(allow_null=True)


class OneBuildShape(BuildShape):
    """A build with everything on its page."""

    notes = serializers.CharField()
    state_reason = serializers.SerializerMethodField()
    known_issues = serializers.SerializerMethodField()
    files = FileShape(many=True)
    features = serializers.SerializerMethodField()

    def get_state_reason(self, build: Build) -> str:
        """Why a build was recalled; reasons to hold or cancel are its managers' own."""
        return build.state_reason if build.state == Build.State.RECALLED else ""

    def get_known_issues(self, build: Build) -> list[str]:
        return [issue.text for issue in build.known_issues.all()]

    @extend_schema_field(FeatureShape(many=True))
    def get_features(self, _build: Build) -> Any:
        return FeatureShape(self.context["features"], many=True).data


class CreditSent(serializers.Serializer[Any]):
    """An engineer by name or handle; shares are all given and sum to 1, or all left out."""

    name = serializers.CharField(max_length=LONGEST_NAME, required=False)
    handle = serializers.CharField(max_length=LONGEST_NAME, required=False)
    share = serializers.DecimalField(
        max_digits=5, decimal_places=4, min_value=0, max_value=1, required=False
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs.get("name")) == bool(attrs.get("handle")):
            raise serializers.ValidationError(_("Give a name or a handle."))
        return attrs


class FeatureSent(serializers.Serializer[Any]):
    """A change to add."""

    title = serializers.CharField(max_length=300)
    area = serializers.CharField(max_length=60, required=False, allow_blank=True)
    kind = serializers.ChoiceField(Feature.Kind.choices, default=Feature.Kind.FEATURE)
    body = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    references = serializers.ListField(
        child=serializers.CharField(max_length=120), max_length=50, required=False
    )
    credits = CreditSent(many=True, required=False, max_length=50)  # type: ignore[call-arg]  # known at run time alone


class BuildSent(serializers.Serializer[Any]):
    """A build to draft: its changes one by one, or ``changelog``, release notes to be read."""

    product = serializers.CharField(max_length=50)
    version = serializers.CharField(max_length=60)
    channel = serializers.ChoiceField(Build.Channel.choices, default=Build.Channel.WEEKLY)
    notes = serializers.CharField(max_length=50_000, required=False, allow_blank=True)
    features = FeatureSent(  # type: ignore[call-arg]  # known at run time alone
        many=True, required=False, max_length=MOST_FEATURES
    )
    changelog = serializers.CharField(max_length=2_000_000, required=False, trim_whitespace=False)

    def validate_product(self, slug: str) -> Product:
        product = Product.objects.filter(slug=slug).first()
        if product is None:
            raise serializers.ValidationError(_("You manage no product with this address."))
        return product

    def sent(self) -> Sent:
        """What was sent; only when valid."""
        data = dict(self.validated_data)
        return Sent(signed=tuple(map(_signed, data.pop("features", []))), **data)


def _signed(data: dict[str, Any]) -> Signed:
    typed = tuple(_typed(credit) for credit in data.pop("credits", []))
    references = tuple(data.pop("references", []))
    return Signed(Change(references=references, **data), typed)


def _typed(credit: dict[str, Any]) -> tuple[str, Any]:
    text = credit.get("name") or "@" + credit["handle"].lstrip("@")
    return text, credit.get("share")
