"""How django-allauth makes members, writes to them and keeps their second factors."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.utils import reset as forget_wrong_passwords
from cryptography.fernet import Fernet, MultiFernet
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from community.members.domain.accounts import create_member
from community.members.forms import clean_login_name
from community.members.limits import account_key, one_at_a_time
from community.members.models import Member

WRONG_PASSWORD = _("Login name and password do not belong together.")
WRONG_CODE = _("That is not the code, or it is too old.")
NAME_TAKEN = _("Somebody signs in with this name already.")


class AccountAdapter(DefaultAccountAdapter):
    """Members as this site makes them; mails in their language, as text and as simple HTML."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG_PASSWORD,
        "email_password_mismatch": WRONG_PASSWORD,
        "username_taken": NAME_TAKEN,
        "incorrect_password": _("That is not your password."),
        "enter_current_password": _("That is not your password."),
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": _("Too many tries from where you are. Wait a minute."),
        "rate_limited": _("That was a lot at once. Wait a minute."),
        "same_as_current": _("This is the address you have."),
        "email_taken": _("Another member has this address."),
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:  # noqa: FBT001, FBT002 allauth's call
        return str(super().clean_username(clean_login_name(username), shallow=shallow))

    def save_user(
        self,
        request: HttpRequest,  # noqa: ARG002 allauth's call
        user: Member,  # noqa: ARG002 allauth's call
        form: forms.Form,
        commit: bool = True,  # noqa: ARG002, FBT001, FBT002 allauth's call
    ) -> Member:
        """Create the member; the unsaved one that allauth offers is not used."""
        data = form.cleaned_data
        return create_member(
            username=data["username"],
            display_name=data["display_name"],
            email=data["email"],
            password=data.get("password1"),
            language=translation.get_language() or "",
            time_zone=data.get("time_zone", ""),
            at=timezone.now(),
        )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Member | None:
        """Tries for one account wait for each other: counting them cannot be outrun."""
        with one_at_a_time(account_key(request, credentials)):
            member: Member | None = super().authenticate(request, **credentials)
        return member

    def set_password(self, user: Member, password: str) -> None:
        """Whoever may set the password is let in again after too many wrong ones."""
        super().set_password(user, password)
        forget_wrong_passwords(username=user.username)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        member = context.get("user")
        language = getattr(member, "language", "") or translation.get_language()
        with translation.override(language):
            message: EmailMultiAlternatives = super().render_mail(
                template_prefix, email, context, headers
            )
            paragraphs = str(message.body).split("\n\n")
            html = render_to_string(
                "members/mail.html", {"subject": message.subject, "paragraphs": paragraphs}
            )
        message.attach_alternative(html, "text/html")
        return message

    def get_user_search_fields(self) -> list[str]:
        return ["username", "display_name", "email"]


class SecondFactorAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are encrypted: a stolen backup holds no second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Member | AnonymousUser) -> str:
        return str(user.get_username())

    def _get_site_name(self) -> str:
        return "Orange Friday"


def _cipher() -> MultiFernet:
    """Encrypts with the site's secret key, still reads what older ones (fallbacks) wrote."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = (sha256(b"second factors:" + secret.encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])
