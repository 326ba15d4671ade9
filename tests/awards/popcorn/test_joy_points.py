"""A report counts joy by the points of the award."""

import pytest

from awards.popcorn.domain import award
from community.builds.models import Product
from feedback.reports.domain import store
from tests.awards.popcorn.making import TALLIED, closed_week
from tests.community.builds.making import make_product

pytestmark = pytest.mark.django_db


def test_report_and_award_count_by_what_the_build_went_out_with() -> None:
    build = closed_week(ballots=20, product=make_product(award_joy_points=[0, 20, 80, 100]))
    Product.objects.update(award_joy_points=[0, 1, 2, 3])
    computed = award.compute(build_id=build.pk, at=TALLIED)
    report = store(build_id=build.pk, at=TALLIED)
    # An award has the worst verdict first, a report the best.
    assert report.content["points"] == [100, 80, 20, 0]
    assert computed.parameters["joy"] == ["0", "20", "80", "100"]
