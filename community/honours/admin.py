"""Rules of experience in the administration; what was given is not changed by hand."""

from django.contrib import admin
from django.http import HttpRequest

from community.honours.models import Rule


@admin.register(Rule)
class RuleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To change what a rule gives, add its next version: what was given by this one stays."""

    list_display = ("name", "version", "amount", "daily_cap", "starts_at")
    ordering = ("name", "-version")

    def has_change_permission(self, request: HttpRequest, obj: Rule | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Rule | None = None) -> bool:  # noqa: ARG002
        return False
