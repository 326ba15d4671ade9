"""What an award's ballots come to, so that settings can be tried without reading them again."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from awards.popcorn.models.award import Award

VERDICTS = 4


def _numbers() -> "ArrayField[list[int], list[int]]":
    return ArrayField(models.BigIntegerField())


class AwardSums(models.Model):
    """The verdicts of an award's ballots added up by device family, feature and verdict.

    Each array of sums has a number for each of the four verdicts, worst first, on each feature,
    by each family, in this order from the quickest. Families are as voters have them, small ones
    too: it is shown nowhere, as the ballots it comes from.
    """

    award = models.OneToOneField(Award, models.PROTECT, related_name="sums")
    families = ArrayField(models.CharField(max_length=40, blank=True))
    features = _numbers()
    # Ballots by family, those without a verdict included.
    ballots = _numbers()
    verdicts = _numbers()
    # Weights in domain.integrity.WEIGHT_ONE-ths and their squares, with the discount and without.
    weight = _numbers()
    square = _numbers()
    undiscounted_weight = _numbers()
    undiscounted_square = _numbers()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ballots__len=F("families__len")), name="awardsums_of_each_family"
            ),
            models.CheckConstraint(
                condition=Q(verdicts__len=F("families__len") * F("features__len") * VERDICTS),
                name="awardsums_of_each_verdict",
            ),
            models.CheckConstraint(
                condition=Q(
                    weight__len=F("verdicts__len"),
                    square__len=F("verdicts__len"),
                    undiscounted_weight__len=F("verdicts__len"),
                    undiscounted_square__len=F("verdicts__len"),
                ),
                name="awardsums_weigh_each_verdict",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.award_id}"
