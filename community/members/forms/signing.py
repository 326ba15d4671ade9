"""Signing up and in, and what concerns passwords and addresses: django-allauth's forms, plainer."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from community.members.domain.accounts import DisplayNameTaken, LoginNameTaken
from community.members.forms.names import NameForm
from community.members.models import Member
from community.members.zones import listed

PASSWORD_HELP = _("At least 8 characters; not a common word, not only digits, not your name.")


class PlainFields(forms.BaseForm):
    """Labels alone say what goes where: no placeholders, no links among the help texts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = PASSWORD_HELP if name == "password1" else ""


class SignInForm(PlainFields, allauth_forms.LoginForm):
    """By login name or address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Login name or e-mail")
        self.fields["login"].widget.attrs = {"autocomplete": "username webauthn"}

    def user_credentials(self) -> dict[str, str]:
        """Either a name or an address, never both: a wrong password costs the same time."""
        login = self.cleaned_data["login"]
        method = "email" if "@" in login else "username"
        return {method: login.lower(), "password": self.cleaned_data["password"]}


class SignUpForm(NameForm, PlainFields, allauth_forms.SignupForm):
    """E-mail, login name, display name, password; the browser adds its time zone."""

    field_order = ["email", "username", "display_name", "password1"]
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].help_text = _("We send a code there. Nobody else sees it.")
        self.fields["username"].label = _("Login name")
        self.fields["username"].help_text = _("What you type to sign in. It stays as it is.")
        self.fields["display_name"].help_text = NameForm.base_fields["display_name"].help_text

    def clean_time_zone(self) -> str:
        return listed(self.cleaned_data["time_zone"])

    def clean_display_name(self) -> str:
        name = super().clean_display_name()
        self.refuse_taken(name)
        return name

    def try_save(self, request: HttpRequest) -> tuple[Member | None, HttpResponse | None]:
        if self.account_already_exists:
            # Nothing is saved, but it takes as long: time must not tell who is a member.
            Member().set_password(self.cleaned_data.get("password1"))
        try:
            saved: tuple[Member | None, HttpResponse | None] = super().try_save(request)
        except (LoginNameTaken, DisplayNameTaken) as error:
            # Somebody was faster by a moment: the database said so, after the checks above.
            self.add_taken(error)
            page = f"account/signup{'_by_passkey' if self.by_passkey else ''}.html"
            return None, render(request, page, {"form": self}, status=409)
        return saved


class ChangeEmailForm(PlainFields, allauth_forms.AddEmailForm):
    """Another address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New address")


class ChangePasswordForm(PlainFields, allauth_forms.ChangePasswordForm):
    """Another password, knowing the old one."""


class FirstPasswordForm(PlainFields, allauth_forms.SetPasswordForm):
    """A password for who signed up by passkey."""


class NewPasswordForm(PlainFields, allauth_forms.ResetPasswordKeyForm):
    """Another password, by the link in a mail."""


class ResetForm(PlainFields, allauth_forms.ResetPasswordForm):
    """Where to send that link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")


class ConfirmForm(PlainFields, allauth_forms.ReauthenticateForm):
    """The password once more, before something important."""
