"""A wish that went out counts for its author; one that is planned does not yet."""

import pytest
from django.db import connection
from django.utils import timezone

from feedback.proposals import medal
from feedback.proposals.models import Proposal
from tests.community.builds.making import make_member, make_product

pytestmark = pytest.mark.django_db


def test_only_shipped_wishes_count() -> None:
    author, product = make_member(), make_product()
    for status in ("shipped", "accepted"):
        Proposal.objects.create(
            product=product, title=status, status=status, author=author, created_at=timezone.now()
        )
    with connection.cursor() as cursor:
        cursor.execute(*medal.shipped(timezone.now()))
        assert cursor.fetchall() == [(author.pk, 1)]
