"""A recorded real week: release notes imported, voted on over HTTP, reported, awarded, verified.

    python -m benchmarks.real_week --notes DIR [--ballots 20000] [--seed 1]

runs in an empty database (docs/operations.md) and leaves it there to be looked at.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.stack import ROOT, web_server


def main() -> int:
    """Run the week; 0 when every check held."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.real_week", description=__doc__)
    parser.add_argument("--notes", type=Path, required=True, help="a directory of release notes")
    parser.add_argument("--ballots", type=int, default=20_000, help="members who vote")
    parser.add_argument("--seed", type=int, default=1, help="decides who thinks what")
    arguments = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "orangefriday.settings"
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
    import django

    django.setup()
    from community.builds.models import Product

    if Product.objects.exists():
        parser.error("This database is in use: give --state a directory that does not exist yet.")
    return run(arguments.notes, arguments.ballots, arguments.seed)


def run(notes: Path, ballots: int, seed: int) -> int:
    """Take the week's steps, each with its time."""
    from benchmarks import real_week_builds as builds
    from benchmarks import real_week_checks as checks
    from benchmarks import real_week_voters as voters
    from benchmarks.real_week_vote import Vote

    with step("import, sign, schedule and publish"):
        weeks = builds.bring_out(notes)
    for week in weeks:
        say(week.summary)
    with step("members, sessions, devices and opinions"):
        manager, electorates = voters.gather(weeks, ballots=ballots, seed=seed)
    with web_server() as server:
        vote = Vote(server, electorates, seed)
        with step("installs"):
            say(vote.report_installs())
        for name in ("rush", "second_thoughts", "wrong"):
            with step(name.replace("_", " ")):
                say(getattr(vote, name)())
        for edge in ("ballots_close_at", "tally_at"):
            with step(f"manage.py advance --at {edge}"):
                say(builds.advance(weeks, edge).rstrip())
        with step("late"):
            say(vote.late())
        with step("manage.py advance --at award_at"):
            say(builds.advance(weeks, "award_at").rstrip())
        with step("checks"):
            held = [checks.check(server, electorate, vote, manager) for electorate in electorates]
    say("every check held" if all(held) else "A CHECK FAILED")
    return 0 if all(held) else 1


def say(text: object) -> None:
    """One or more lines of the record."""
    print(text, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say how long a step took."""
    started = time.perf_counter()
    yield
    say(f"  {time.perf_counter() - started:7.1f} s  {name}")


if __name__ == "__main__":
    sys.exit(main())
