"""What members fill in: signing up and in, profile, preferences, devices, tokens."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from community.members.domain import accounts
from community.members.models import ApiToken, Device, Member
from community.members.zones import grouped_zones, listed
from community.text import names

_REFUSALS = {
    names.Reason.TOO_SHORT: _("A little longer: at least 2 letters, or one Han character."),
    names.Reason.TOO_LONG: _("A little shorter: at most 20 letters, or 10 Han characters."),
    names.Reason.INVISIBLE: _("There is a character in it that nobody can see (%(detail)s)."),
    names.Reason.CHARACTER: _(
        "“%(detail)s” cannot stand there. Letters, Han characters and digits can;"
        " one of - _ . ' · between them."
    ),
    names.Reason.MIXED_SCRIPTS: _("It mixes alphabets whose letters look alike."),
    names.Reason.RESERVED: _("That name is kept for the site itself."),
}
_TAKEN = {
    accounts.LoginNameTaken: ("username", _("Somebody signs in with this name already.")),
    accounts.DisplayNameTaken: (
        "display_name",
        _("Somebody has this name, or one that looks the same."),
    ),
}


def clean_login_name(username: str) -> str:
    """The login name as it is kept. Raises ValidationError in the reader's words."""
    try:
        return accounts.clean_login_name(username)
    except names.NameRefused as refusal:
        raise _said(refusal) from refusal


def _said(refusal: names.NameRefused) -> ValidationError:
    return ValidationError(_REFUSALS[refusal.reason], params={"detail": refusal.detail})


class NameForm(forms.Form):
    """Takes a display name; what only the database can know is added by `add_taken`."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=40,
        help_text=_("What everybody sees. 2–20 letters; a Han character counts as two."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    may_use_reserved_names = False

    def clean_display_name(self) -> str:
        try:
            return names.clean(
                self.cleaned_data["display_name"], is_reserved_allowed=self.may_use_reserved_names
            )
        except names.NameRefused as refusal:
            raise _said(refusal) from refusal

    def add_taken(self, error: accounts.LoginNameTaken | accounts.DisplayNameTaken) -> None:
        """Say under the right field that a name is taken."""
        self.add_error(*_TAKEN[type(error)])


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc]
    """By login name or address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Login name or e-mail")
        self.fields["login"].widget.attrs = {"autocomplete": "username webauthn"}
        self.fields["password"].widget.attrs.pop("placeholder", None)

    def user_credentials(self) -> dict[str, str]:
        """Either a name or an address, never both: a wrong password costs the same time."""
        login = self.cleaned_data["login"]
        method = "email" if "@" in login else "username"
        return {method: login.lower(), "password": self.cleaned_data["password"]}


class SignUpForm(NameForm, allauth_forms.SignupForm):  # type: ignore[misc]
    """E-mail, login name, display name, password; the browser adds its time zone."""

    field_order = ["email", "username", "display_name", "password1"]
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["email"].help_text = _("We send a code there. Nobody else sees it.")
        self.fields["username"].label = _("Login name")
        self.fields["username"].help_text = _("What you type to sign in. It stays as it is.")

    def clean_time_zone(self) -> str:
        return listed(self.cleaned_data["time_zone"])

    def clean_display_name(self) -> str:
        name = super().clean_display_name()
        if Member.objects.filter(name_skeleton=names.skeleton(name)).exists():
            raise ValidationError(_TAKEN[accounts.DisplayNameTaken][1])
        return name

    def try_save(self, request: HttpRequest) -> tuple[Member | None, HttpResponse | None]:
        try:
            saved: tuple[Member | None, HttpResponse | None] = super().try_save(request)
        except (accounts.LoginNameTaken, accounts.DisplayNameTaken) as error:
            # Somebody was faster by a moment: the database said so, after the checks above.
            self.add_taken(error)
            page = f"account/signup{'_by_passkey' if self.by_passkey else ''}.html"
            return None, render(request, page, {"form": self}, status=409)
        return saved


class ProfileForm(NameForm, forms.ModelForm):  # type: ignore[type-arg]
    field_order = ["display_name", "region", "about", "shows_devices"]

    class Meta:
        model = Member
        fields = ("region", "about", "shows_devices")
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("display_name", self.instance.display_name)
        self.fields["region"].help_text = _("A city or a province, if you like to say.")
        self.fields["about"].help_text = _("Markdown works here.")
        self.may_use_reserved_names = self.instance.is_staff or self.instance.is_superuser


def zone_choices() -> list[tuple[Any, Any]]:
    """Every zone, in the language of the request; the empty one is the site's."""
    return [("", _("The site's: Shanghai")), *grouped_zones()]


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]
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
        self.fields["time_zone"].choices = zone_choices  # type: ignore[attr-defined]


class DeviceForm(forms.ModelForm):  # type: ignore[type-arg]
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


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
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

    class Meta:
        model = ApiToken
        fields = ("name", "scopes")
