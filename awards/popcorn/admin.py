"""Awards and taken-back discounts in the administration: to look at, never to edit."""

from typing import Any

from django.contrib import admin

from awards.popcorn.models import Award, DiscountOverride


class _ReadOnly(admin.ModelAdmin):
    """What is written here is written once; the steps are taken on the award's own page."""

    show_full_result_count = False

    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False

    def has_delete_permission(self, *_args: Any) -> bool:
        return False


@admin.register(Award)
class AwardAdmin(_ReadOnly):
    list_display = ("build", "revision", "state", "ballot_count", "computed_at", "announced_at")
    list_filter = ("state", "build__product")
    list_select_related = ("build",)
    ordering = ("-computed_at", "-pk")
    fields = (
        "build",
        "revision",
        "reason",
        "state",
        "state_reason",
        "decided_by",
        "computed_at",
        "announced_at",
        "ballot_count",
        "discounted_weight",
        "parameters",
        "code_version",
    )


@admin.register(DiscountOverride)
class DiscountOverrideAdmin(_ReadOnly):
    list_display = ("build", "first", "second", "hour", "asked_by", "confirmed_by")
    list_select_related = ("build", "asked_by", "confirmed_by")
    ordering = ("-asked_at", "-pk")
