"""From release notes to builds that are out: what a product manager does on a Friday."""

import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from awards.popcorn.domain.world import AUDIENCE
from benchmarks.stack import ROOT
from community.builds.domain import products, signing, week
from community.builds.domain.calendar import next_release_on
from community.builds.domain.importing.guard import MOST_BYTES, decode
from community.builds.domain.importing.notes import Section
from community.builds.domain.importing.parse import parse
from community.builds.models import Build, Engineer, Feature, Product
from community.builds.queries import unsigned_features

NOTES = {".md", ".rst", ".txt"}
# For notes that do not say which version they are of.
VERSION = "1.0"
# Signs what the notes credit to nobody: they do not tell who it was.
TEAM = "The team"
# One family for each segment of the world that opinions are drawn from.
FAMILIES = ("Everyday", "Enthusiast")


@dataclass(frozen=True)
class Week:
    """A build that is out, and what was imported for it."""

    build: Build
    source: str
    features: list[Feature]
    signed_by_team: int

    @property
    def summary(self) -> str:
        people = Engineer.objects.filter(credits__feature__build=self.build).distinct().count()
        return (
            f"{self.source}: {self.build.product} {self.build.version}, "
            f"{len(self.features)} features, {people} engineers, "
            f"{self.signed_by_team} signed as “{TEAM}”"
        )


def bring_out(notes: Path) -> list[Week]:
    """A product for each file with its build out, ballots open."""
    files = sorted(
        path
        for path in notes.iterdir()
        if path.suffix in NOTES and not path.stem.casefold().startswith("readme")
    )
    if not files:
        sys.exit(f"There are no release notes in {notes}.")
    return [_bring_out(path) for path in files]


def _bring_out(path: Path) -> Week:
    slug = path.stem.removeprefix("changelog-")
    version = choose_version(path)
    name = slug.replace("-", " ").capitalize()
    words = ["--product", slug, "--create-product", name, "--version", version, "--yes"]
    manage("import_changelog", str(path), *words)
    product = Product.objects.get(slug=slug)
    shares = {family: Decimal(str(share)) for family, share in zip(FAMILIES, AUDIENCE, strict=True)}
    products.set_devices(product=product, shares=shares)
    build = product.builds.get()
    now = timezone.now()
    unsigned = list(unsigned_features(build.pk))
    signing.sign_all(named=dict.fromkeys(unsigned, (TEAM,)), at=now)
    week.schedule(build_id=build.pk, release_on=next_release_on(now.date()), at=now)
    week.publish(build_id=build.pk, at=now, is_early=True)
    build.refresh_from_db()
    features = list(build.features.order_by("position").prefetch_related("credits"))
    return Week(build, path.name, features, len(unsigned))


def choose_version(path: Path) -> str:
    """The version with the most credited changes, of those the one with the most changes."""
    with path.open("rb") as file:
        sections = parse(decode(file.read(MOST_BYTES + 1))).sections
    named = [section for section in sections if section.version]
    return max(named, key=_credited).version if named else VERSION


def _credited(section: Section) -> tuple[int, int]:
    return sum(bool(entry.credits) for entry in section.entries), len(section.entries)


def advance(weeks: list[Week], edge: str) -> str:
    """Let the moment come at which an edge is behind all builds; gives what was done then."""
    return manage("advance", "--at", max(getattr(week.build, edge) for week in weeks).isoformat())


def manage(*words: str) -> str:
    """Run a management command; gives what it says, and stops with it when it fails."""
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"manage.py {words[0]}: {done.stderr or done.stdout}")
    return done.stdout
