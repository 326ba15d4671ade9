"""Medals of the demo: earned by rule up to now, and one that is given by hand."""

from datetime import datetime

from community.honours.domain import medals
from community.honours.models import Medal, MedalStage
from community.members.models import Member

PIONEERS = (
    ("fan", "Found the alarm bug on day one"),
    ("laoqin_test", "Ran every inner test since the first build"),
    ("amu_pai", "为相机评测拍了一百张对比样张"),
)


def pin(accounts: dict[str, Member], *, at: datetime) -> None:
    medal, _is_new = Medal.objects.get_or_create(
        slug="pioneer",
        defaults={
            "name": "Pioneer",
            "name_zh": "开拓者",
            "description": "For what nobody had asked for and everybody uses now.",
            "description_zh": "颁给那些无人要求、如今人人受益的贡献。",
            "icon": Medal.Icon.STAR,
        },
    )
    stage, _is_new = MedalStage.objects.get_or_create(medal=medal, number=1)
    for username, reason in PIONEERS:
        if member := Member.objects.filter(username=username).first():
            medals.give(stage=stage, member=member, by=accounts["admin"], reason=reason, at=at)
    medals.grant_due(at=at)
