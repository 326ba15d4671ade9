"""What search knows: an entry for each post, what is still to be read, what nobody found."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from community.forum.models.topics import Post

MISS_LENGTH = 80


class SearchEntry(models.Model):
    """A post as search knows it; derived, forum.domain.indexing writes it (检索条目).

    Entries are numbered in the order of their posts, so the higher number is the newer post. The
    terms hold the words, and beside them what one may filter by (forum.search.facets).
    """

    post = models.OneToOneField(Post, models.CASCADE, related_name="search_entry")
    created_at = models.DateTimeField()
    terms = SearchVectorField()

    class Meta:
        indexes = [
            # Every search. A list of what is pending would be read through for each slice.
            GinIndex(fields=["terms"], name="searchentry_terms", fastupdate=False),
            # Where a span of days begins and ends.
            models.Index(fields=["created_at"], name="searchentry_by_day"),
        ]


class SearchDue(models.Model):
    """A post that search has to read; triggers add it, forum.domain.indexing takes it away.

    A row for each change: one that comes while its post is being read stays for the next time.
    """

    # The post may be gone when its turn comes.
    post = models.ForeignKey(Post, models.DO_NOTHING, db_constraint=False, db_index=False)


class SearchMiss(models.Model):
    """How often something was searched in vain on a day; by whom is not kept (空搜索)."""

    query = models.CharField(max_length=MISS_LENGTH)  # folded
    missed_on = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["missed_on", "query"], name="searchmiss_once_a_day"),
            models.CheckConstraint(condition=~Q(query=""), name="searchmiss_has_words"),
        ]

    def __str__(self) -> str:
        return self.query
