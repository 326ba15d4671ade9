"""What members change: profile, preferences, devices, tokens."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.forms.names import NameForm
from community.members.models import ApiToken, Device, Member
from community.members.zones import grouped_zones


class ProfileForm(NameForm, forms.ModelForm):
    field_order = ["display_name", "region", "about", "signature"]

    class Meta:
        model = Member
        fields = ("region", "about", "signature")
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("display_name", self.instance.display_name)
        self.fields["region"].help_text = _("A city or a province, if you like to say.")
        self.fields["about"].help_text = _("Markdown works here.")
        self.fields["signature"].help_text = _("A line below each of your posts.")
        self.may_use_reserved_names = self.instance.is_staff or self.instance.is_superuser


class PrivacyForm(forms.ModelForm):
    """Who sees what of a member, and who may write to them."""

    class Meta:
        model = Member
        fields = (
            "region_seen_by",
            "devices_seen_by",
            "activity_seen_by",
            "written_to_by",
            "is_ranked",
        )
        help_texts = {
            "activity_seen_by": _("Your topics, and how many posts and ballots you have sent."),
            "written_to_by": _("Private conversations. Whoever you block cannot write anyway."),
        }


def zone_choices() -> list[tuple[Any, Any]]:
    """Every zone, in the language of the request; the empty one is the site's."""
    return [("", _("The site's: Shanghai")), *grouped_zones()]


class PreferencesForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As my browser asks for")), *Member.Language.choices],
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False, help_text=_("Every time on the site is shown in it.")
    )

    class Meta:
        model = Member
        fields = ("language", "time_zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zone_choices  # type: ignore[attr-defined]  # fields are kept without their kinds


class DeviceForm(forms.ModelForm):
    public_key = forms.CharField(
        label=_("Public key"),
        required=False,
        max_length=64,
        help_text=_("Ed25519, 32 bytes in base64. Leave it empty and we make a pair for you."),
    )

    class Meta:
        model = Device
        fields = ("family", "label")
        widgets = {"family": forms.TextInput(attrs={"list": "families"})}
        help_texts = {
            "family": _("The model, as the product's list calls it."),
            "label": _("So that you know which one it is."),
        }


class TokenForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=ApiToken.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[ApiToken.Scope.READ],
    )
    days = forms.TypedChoiceField(
        label=_("How long it works"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("one year"))],
        initial=90,
    )
    # Known again when the form is sent twice.
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    class Meta:
        model = ApiToken
        fields = ("name", "scopes")
