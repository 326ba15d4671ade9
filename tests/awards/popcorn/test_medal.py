"""Who wins the ranking, or signs what holds the bucket, has won that week: once."""

import pytest
from django.db import connection

from awards.popcorn import medal
from awards.popcorn.models import Award
from community.builds.models import Credit, Engineer
from tests.community.builds.making import make_member

pytestmark = pytest.mark.django_db


def test_a_week_counts_once_for_everybody_who_won_it(awarded: Award) -> None:
    ranked = awarded.places.filter(is_winner=True).values_list("engineer", flat=True)
    signed = Credit.objects.filter(feature__buckets__award=awarded).values_list(
        "engineer", flat=True
    )
    winners = Engineer.objects.filter(pk__in={*ranked, *signed})
    for engineer in winners:
        Engineer.objects.filter(pk=engineer.pk).update(member=make_member())
    assert awarded.announced_at
    with connection.cursor() as cursor:
        cursor.execute(*medal.won(awarded.announced_at))
        won = {member: weeks for member, weeks in cursor.fetchall() if member}
    assert won == dict.fromkeys(winners.values_list("member", flat=True), 1)
