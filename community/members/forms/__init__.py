"""What members fill in."""

from community.members.forms.names import NameForm, clean_login_name
from community.members.forms.settings import DeviceForm, PreferencesForm, ProfileForm, TokenForm
from community.members.forms.signing import (
    ChangeEmailForm,
    ChangePasswordForm,
    ConfirmForm,
    FirstPasswordForm,
    NewPasswordForm,
    ResetForm,
    SignInForm,
    SignUpForm,
)

__all__ = [
    "ChangeEmailForm",
    "ChangePasswordForm",
    "ConfirmForm",
    "DeviceForm",
    "FirstPasswordForm",
    "NameForm",
    "NewPasswordForm",
    "PreferencesForm",
    "ProfileForm",
    "ResetForm",
    "SignInForm",
    "SignUpForm",
    "TokenForm",
    "clean_login_name",
]
