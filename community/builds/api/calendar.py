"""/api/v1/products/{slug}/calendar/: the zone and week of a product."""

from rest_framework import serializers

from community.builds.api.settings import SettingsShape, addresses
from community.builds.calendar_section import CALENDAR
from community.builds.domain import product_week
from community.builds.domain.calendar import WEEK
from community.builds.sections import Values


class CalendarShape(SettingsShape):
    """The zone, and edges that differ from the usual week as ``{"publish": [0, "18:00"]}``."""

    time_zone = serializers.CharField(max_length=40)
    rules = serializers.DictField(
        child=serializers.ListField(child=serializers.JSONField(), min_length=2, max_length=2),
        help_text=f"Days from the release day and the time there; edges: {', '.join(WEEK)}.",
    )

    def values(self) -> Values:
        data = dict(self.validated_data)
        rules = {edge: tuple(rule) for edge, rule in data["rules"].items()}
        values = product_week.values_of(data["time_zone"], rules)
        product_week.check(values)
        return values


CalendarAddress, CalendarPreview = addresses(CALENDAR, CalendarShape, name="calendar")
