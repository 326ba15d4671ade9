"""What people looked for and nobody had written: counted by day, without who it was."""

from datetime import date

from django.db import connection

from community.forum.models.search import MISS_LENGTH
from community.text.fold import fold

_COUNT = """
INSERT INTO forum_searchmiss (query, missed_on, count) VALUES (%s, %s, 1)
ON CONFLICT ON CONSTRAINT searchmiss_once_a_day DO UPDATE SET count = forum_searchmiss.count + 1
"""


def record(*, question: str, on: date) -> None:
    """Count a question that found nothing; one without words is no question."""
    query = " ".join(fold(question).replace("\0", "").split())[:MISS_LENGTH].strip()
    if query:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [query, on])
