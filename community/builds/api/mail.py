"""/api/v1/products/{slug}/mail/: what a product sends by mail."""

from rest_framework import serializers

from community.builds.api.settings import SettingsShape, addresses
from community.builds.mail_section import MAIL
from community.builds.mails import mails
from community.builds.sections import Values


class MailShape(SettingsShape):
    """Whether each kind of notice goes out by mail as well."""

    mails = serializers.DictField(child=serializers.BooleanField())

    def validate_mails(self, typed: Values) -> Values:
        known = {mail.kind for mail in mails()}
        if set(typed) != known:
            raise serializers.ValidationError(", ".join(sorted(known)))
        return typed


MailAddress, MailPreview = addresses(MAIL, MailShape, name="mail")
