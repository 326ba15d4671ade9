"""What lets anybody check an award: the bundle, the receipts, and the key that is destroyed."""

import pgtrigger
from django.db import models

from awards.popcorn.models.award import Award
from community.builds.models import Build


class PseudonymKey(models.Model):
    """The key that turns voters into a build's pseudonyms; deleted when the award is final."""

    build = models.OneToOneField(Build, models.CASCADE, related_name="+")
    key = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()


class BundlePart(models.Model):
    """A stretch of the file that anybody can download and verify; parts are equally long."""

    SIZE = 1 << 20

    award = models.ForeignKey(Award, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    content = models.BinaryField(max_length=SIZE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="bundlepart_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class ReceiptPage(models.Model):
    """Receipts of counted ballots in their order, with the Merkle root over this stretch.

    ``SIZE`` is a power of two, so that a page is a whole subtree: a proof reads one page and the
    roots of the others.
    """

    SIZE = 1024

    award = models.ForeignKey(Award, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    # The lowest receipt of the page, and all of them one behind the other, 32 bytes each.
    first = models.BinaryField(max_length=32)
    receipts = models.BinaryField(max_length=32 * SIZE)
    root = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="receiptpage_once"),
            # Also finds the page that may hold a receipt.
            models.UniqueConstraint(fields=["award", "first"], name="receiptpage_in_order"),
        ]
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
