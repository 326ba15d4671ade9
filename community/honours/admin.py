"""Rules and medals in the administration; what was given is not changed by hand."""

from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from community.honours.domain import medals
from community.honours.models import Medal, MedalGrant, MedalStage, Rule
from community.members.models import Member


@admin.register(Rule)
class RuleAdmin(admin.ModelAdmin):
    """To change what a rule gives, add its next version: what was given by this one stays."""

    list_display = ("name", "version", "amount", "daily_cap", "starts_at")
    ordering = ("name", "-version")

    def has_change_permission(self, request: HttpRequest, obj: Rule | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Rule | None = None) -> bool:
        return False


class StageInline(admin.TabularInline):
    model = MedalStage
    extra = 1
    can_delete = False


@admin.register(Medal)
class MedalAdmin(admin.ModelAdmin):
    """Medals that are given by hand are made here; those by rule come with the site."""

    list_display = ("name", "name_zh", "is_by_rule", "position")
    inlines = (StageInline,)
    prepopulated_fields = {"slug": ("name",)}

    def has_delete_permission(self, request: HttpRequest, obj: Medal | None = None) -> bool:
        return False


@admin.register(MedalGrant)
class MedalGrantAdmin(admin.ModelAdmin):
    """To give a medal by hand: to whom, which, for what. It is taken back on the profile."""

    list_display = ("member", "stage", "granted_at", "given_by", "reason", "ended_at")
    list_select_related = ("member", "stage__medal", "given_by")
    fields = ("member", "stage", "reason")
    raw_id_fields = ("member",)
    show_full_result_count = False

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)
        if "stage" in form.base_fields:
            by_hand = MedalStage.objects.filter(medal__is_by_rule=False)
            form.base_fields["stage"].queryset = by_hand.select_related("medal")  # type: ignore[attr-defined]  # fields are kept without their kinds
            form.base_fields["reason"].required = True
        return form

    def save_model(self, request: HttpRequest, obj: MedalGrant, form: Any, change: bool) -> None:
        by = cast("Member", request.user)
        given = medals.give(
            stage=obj.stage, member=obj.member, by=by, reason=obj.reason, at=timezone.now()
        )
        held = MedalGrant.objects.filter(stage=obj.stage, member=obj.member, ended_at=None)
        obj.pk = held.get().pk
        if not given:
            messages.warning(request, _("The member holds this medal already."))

    def has_change_permission(self, request: HttpRequest, obj: MedalGrant | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: MedalGrant | None = None) -> bool:
        return False
