"""Members in the administration; its door is the site's own, with the second factor."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from community.members import witness
from community.members.models import ApiToken, Device, Member

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth documents it


class DeviceInline(admin.TabularInline):
    model = Device
    extra = 0
    fields = ("family", "label", "is_main", "added_at")
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Member | None = None) -> bool:
        return False


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin):
    """Standing and roles. Names, passwords and factors are the member's own business."""

    list_display = ("display_name", "username", "level", "is_staff", "is_active", "date_joined")
    list_filter = ("is_staff", "is_superuser", "is_active", "level")
    search_fields = ("username", "display_name", "email")
    ordering = ("name_sort_key", "pk")
    readonly_fields = (
        *("username", "display_name", "email", "date_joined", "last_login"),
        "level",  # kept by the ledger of experience
    )
    fieldsets = (
        (None, {"fields": ("username", "display_name", "email", "date_joined", "last_login")}),
        ("Standing", {"fields": ("is_active", "level", "suspended_until", "suspension_reason")}),
        ("Roles", {"fields": ("is_staff", "is_superuser", "groups")}),
    )
    inlines = (DeviceInline,)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Nobody looks at an account without a trace."""
        shown, by = kwargs.get("obj"), request.user
        if isinstance(shown, Member) and isinstance(by, Member):
            witness.saw(by=by, member=shown, at=timezone.now())
        return super().render_change_form(request, context, *args, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People join by signing up."""
        return False


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    """What exists and what it may do; the keys are nowhere to be seen. Deleting revokes."""

    list_display = ("name", "member", "scopes", "expires_at", "last_used_on")
    list_select_related = ("member",)
    search_fields = ("name", "member__username")
    readonly_fields = ("name", "member", "scopes", "created_at", "expires_at", "last_used_on")
    exclude = ("digest",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
