"""`manage.py rebuild_search`: make every search entry anew, in the order of the posts."""

from typing import Any

from django.core.management.base import BaseCommand

from community.forum.domain import indexing


class Command(BaseCommand):
    help = "Make every search entry anew, in the order of the posts. The site may go on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        read = 0
        for done in indexing.index_all():
            read += done
            self.stdout.write(f"{read} posts", ending="\r")
        self.stdout.write(f"{read} posts are in the search index.")
