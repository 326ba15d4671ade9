"""/api/v1/profile/, …/privacy/, …/preferences/: what one says and chooses about oneself."""

from django.forms import ModelForm
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api.scoped import Scoped
from community.members.api.sent import Sent, refuse_errors, sent
from community.members.domain import accounts
from community.members.forms import PreferencesForm, PrivacyForm, ProfileForm
from community.members.models import ApiToken, Audience, Member
from community.members.texts import TextsRefused


class OwnProfile(Sent):
    """What everybody sees of one; `about` and `signature` are Markdown."""

    username = serializers.CharField(read_only=True)
    display_name = serializers.CharField(max_length=40)
    region = serializers.CharField(max_length=40, allow_blank=True)
    about = serializers.CharField(max_length=1000, allow_blank=True)
    signature = serializers.CharField(max_length=120, allow_blank=True)


class Privacy(Sent):
    """Who sees what of one, and who may write."""

    region_seen_by = serializers.ChoiceField(Audience.choices)
    devices_seen_by = serializers.ChoiceField(Audience.choices)
    activity_seen_by = serializers.ChoiceField(Audience.choices)
    written_to_by = serializers.ChoiceField(Audience.choices[1:])
    is_ranked = serializers.BooleanField(help_text="Whether one stands on leaderboards.")


class Preferences(Sent):
    """The language ("" as the browser asks) and the time zone ("" the site's)."""

    language = serializers.ChoiceField(Member.Language.choices, allow_blank=True)
    time_zone = serializers.CharField(max_length=40, allow_blank=True)


class ProfileAddress(Scoped):
    @extend_schema(
        operation_id="profile_retrieve",
        summary="Read my profile",
        tags=["members"],
        responses=OwnProfile,
    )
    def get(self, request: Request) -> Response:
        return Response(OwnProfile(self.member).data)

    @extend_schema(
        operation_id="profile_update",
        summary="Change my profile",
        tags=["members"],
        description="What is not named stays.",
        request=OwnProfile(partial=True),
        responses=OwnProfile,
    )
    def patch(self, request: Request) -> Response:
        member = Member.objects.get(pk=self.member.pk)
        said = sent(OwnProfile(data=request.data, partial=True))
        form = ProfileForm(OwnProfile(member).data | said, instance=member)
        refuse_errors(form)
        try:
            accounts.change_profile(member=member, **form.cleaned_data)
        except accounts.DisplayNameTaken as error:
            form.add_taken(error)
            refuse_errors(form)
        except TextsRefused as refused:
            rules = ", ".join(refused.rules)
            text = _("These words cannot stand here: %(rules)s") % {"rules": rules}
            raise ValidationError({"non_field_errors": [text]}) from refused
        return Response(OwnProfile(member).data)


class PrivacyAddress(Scoped):
    """A token needs the scope for people: it is about them."""

    reads_with = writes_with = ApiToken.Scope.PEOPLE

    @extend_schema(
        operation_id="privacy_retrieve",
        summary="Read who sees what of me",
        tags=["members"],
        responses=Privacy,
    )
    def get(self, request: Request) -> Response:
        return Response(Privacy(self.member).data)

    @extend_schema(
        operation_id="privacy_update",
        summary="Choose who sees what of me",
        tags=["members"],
        description="What is not named stays.",
        request=Privacy(partial=True),
        responses=Privacy,
    )
    def patch(self, request: Request) -> Response:
        return _patched(request, self.member, Privacy, PrivacyForm)


class PreferencesAddress(Scoped):
    @extend_schema(
        operation_id="preferences_retrieve",
        summary="Read my language and time zone",
        tags=["members"],
        responses=Preferences,
    )
    def get(self, request: Request) -> Response:
        return Response(Preferences(self.member).data)

    @extend_schema(
        operation_id="preferences_update",
        summary="Choose my language and time zone",
        tags=["members"],
        description="What is not named stays.",
        request=Preferences(partial=True),
        responses=Preferences,
    )
    def patch(self, request: Request) -> Response:
        return _patched(request, self.member, Preferences, PreferencesForm)


def _patched(
    request: Request, member: Member, shape: type[Sent], form_class: "type[ModelForm[Member]]"
) -> Response:
    """Save what was sent over what is there, by the rules of the page's own form."""
    said = sent(shape(data=request.data, partial=True))
    form = form_class(dict(shape(member).data) | said, instance=member)
    refuse_errors(form)
    return Response(shape(form.save()).data)
