"""The first version of every rule that rooms register."""

from datetime import UTC, datetime

from community.honours import rules
from community.honours.models import Rule

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


def ensure_rules() -> None:
    """Create the first versions that are missing; later ones and changed ones stay."""
    Rule.objects.bulk_create(
        [
            Rule(
                name=kind.name,
                version=1,
                amount=kind.amount,
                daily_cap=kind.daily_cap,
                starts_at=ALWAYS,
            )
            for kind in rules.kinds()
        ],
        ignore_conflicts=True,
    )
