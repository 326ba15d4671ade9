"""Codes, passkeys and authenticator apps: django-allauth's forms in this site's words."""

from typing import Any

from allauth.account.forms import ConfirmEmailVerificationCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, SignupWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.forms.signing import PlainFields

_LABELS = {
    "code": _("Code"),
    "name": _("Name of the key"),
    "passwordless": _("Sign in with this key alone, without a password"),
}


class OwnWords(PlainFields):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = _LABELS.get(name, field.label)
            if name == "code" and isinstance(field.widget, forms.TextInput):
                field.widget.attrs["autocomplete"] = "one-time-code"


class MailedCodeForm(OwnWords, ConfirmEmailVerificationCodeForm):
    """The code that shows an address is one's own."""


class FactorForm(OwnWords, AuthenticateForm):
    """The code of the app, or a recovery code, while signing in."""


class ConfirmFactorForm(OwnWords, ReauthenticateForm):
    """The same once more, before something important."""


class SetUpAppForm(OwnWords, ActivateTOTPForm):
    """The first code of an authenticator app."""


class AddKeyForm(OwnWords, AddWebAuthnForm):
    """A passkey or security key."""


class FirstKeyForm(OwnWords, SignupWebAuthnForm):
    """The passkey of who signs up without a password."""


class RenameKeyForm(OwnWords, EditWebAuthnForm):
    """Another name for a key."""
