"""`manage.py audit_ballots VERSION`: names every ballot that is not what its member saved."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.builds.models import Build
from feedback.fourgrid.domain.audit import PROBLEMS, findings


class Command(BaseCommand):
    """Compare the ballots of a build with the log of their versions and with their receipts."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("version", help="address of the build")

    def handle(self, *, version: str, **options: Any) -> None:
        """Print one line a finding; fails when there is any."""
        build = Build.objects.filter(slug=version).first()
        if build is None:
            raise CommandError(f"There is no build {version}.")
        found = list(findings(build.pk))
        for finding in found:
            self.stdout.write(f"member {finding.member_id}: {PROBLEMS[finding.problem]}")
        if found:
            raise CommandError(f"{len(found)} findings in the ballots of {build}.")
        self.stdout.write(f"The {build.ballots.count()} ballots of {build} are as they were saved.")
