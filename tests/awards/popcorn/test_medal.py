"""Who wins the ranking, or signs what holds the bucket, has won that week: once."""

import pytest
from django.db import connection

from awards.popcorn import medal
from community.builds.models import Credit, Engineer
from tests.awards.popcorn.making import awarded_week
from tests.community.builds.making import make_member

pytestmark = pytest.mark.django_db


def test_a_week_counts_once_for_everybody_who_won_it() -> None:
    award = awarded_week()
    ranked = award.places.filter(is_winner=True).values_list("engineer", flat=True)
    signed = Credit.objects.filter(feature__buckets__award=award).values_list("engineer", flat=True)
    winners = Engineer.objects.filter(pk__in={*ranked, *signed})
    for engineer in winners:
        Engineer.objects.filter(pk=engineer.pk).update(member=make_member())
    assert award.announced_at
    with connection.cursor() as cursor:
        cursor.execute(*medal.won(award.announced_at))
        won = {member: weeks for member, weeks in cursor.fetchall() if member}
    assert won == dict.fromkeys(winners.values_list("member", flat=True), 1)
