"""Members: accounts, devices, roles."""

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    name = "community.members"

    def ready(self) -> None:
        from community.members.middleware import note_signing_in

        user_logged_in.connect(note_signing_in)
        post_migrate.connect(derive_names, sender=self)
        post_migrate.connect(derive_signatures, sender=self)


def derive_names(apps: Apps = installed_apps, **_kwargs: object) -> None:
    """After every migration: what members joined without, from what they are called."""
    from community.members.domain.accounts import derive_name_keys
    from community.members.models import Member

    if hasattr(apps.get_model("members.Member"), "name_keys"):
        while derive_name_keys(Member.objects.filter(name_keys=None)[:1000]):
            pass


def derive_signatures(apps: Apps = installed_apps, **_kwargs: object) -> None:
    """After every migration: signatures as HTML, of before and by the rules of before."""
    from community.members.domain.accounts import derive_signatures
    from community.members.models import Member
    from community.text.markdown import RULES

    if hasattr(apps.get_model("members.Member"), "signature_html"):
        signed = Member.objects.exclude(signature="").exclude(signature_rules=RULES)
        while derive_signatures(signed.order_by("pk")[:1000]):
            pass
