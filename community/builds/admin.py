"""Products in the administration: what ships, and who looks after it; the rest is the studio's."""

from django.contrib import admin

from community.builds.models import Product


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):
    """A product begins here; its managers do the rest in the studio."""

    list_display = ("name", "slug", "time_zone")
    search_fields = ("name", "slug")
    ordering = ("name",)
    fields = ("name", "slug", "tagline", "time_zone", "managers")
    autocomplete_fields = ("managers",)
    prepopulated_fields = {"slug": ("name",)}
