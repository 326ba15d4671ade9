"""What members fill in."""

from community.members.forms.factors import (
    AddKeyForm,
    ConfirmFactorForm,
    FactorForm,
    FirstKeyForm,
    MailedCodeForm,
    RenameKeyForm,
    SetUpAppForm,
)
from community.members.forms.names import NameForm, clean_login_name
from community.members.forms.settings import (
    DeviceForm,
    PreferencesForm,
    PrivacyForm,
    ProfileForm,
    TokenForm,
)
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
    "AddKeyForm",
    "ChangeEmailForm",
    "ChangePasswordForm",
    "ConfirmFactorForm",
    "ConfirmForm",
    "DeviceForm",
    "FactorForm",
    "FirstKeyForm",
    "FirstPasswordForm",
    "MailedCodeForm",
    "NameForm",
    "NewPasswordForm",
    "PreferencesForm",
    "PrivacyForm",
    "ProfileForm",
    "RenameKeyForm",
    "ResetForm",
    "SetUpAppForm",
    "SignInForm",
    "SignUpForm",
    "TokenForm",
    "clean_login_name",
]
