"""Every zone once, in the reader's words."""

import pytest
from django.utils.translation import override

from community.members.zones import PARTS, grouped_zones, listed


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("US/Pacific", "America/Los_Angeles"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("Nowhere/Else", ""),
        ("../../etc/passwd", ""),
        ("", ""),
    ],
)
def test_listed(name: str, expected: str) -> None:
    assert listed(name) == expected


@pytest.mark.parametrize(
    ("language", "part", "city"), [("en", "Asia", "Shanghai"), ("zh-hans", "亚洲", "上海")]
)
def test_cities_are_grouped_in_the_readers_language(language: str, part: str, city: str) -> None:
    with override(language):
        groups = dict(grouped_zones())
    assert ("Asia/Shanghai", city) in groups[part]


def test_every_zone_is_listed_once_and_under_its_own_name() -> None:
    zones = [zone for _part, cities in grouped_zones() for zone, _city in cities]
    assert len(zones) == len(set(zones)) > 300
    assert all(listed(zone) == zone for zone in zones)
    assert len(grouped_zones()) == len(PARTS) + 1
