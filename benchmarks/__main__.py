"""`python -m benchmarks [S1 …]`: run the measurements that are named, or all of them."""

import sys
from importlib import import_module

MEASUREMENTS = {
    "S1": "benchmarks.s1_ballot_rush",
    "S2": "benchmarks.s2_release_minute",
    "S3": "benchmarks.s3_award_night",
    "themes": "benchmarks.themes",
    "S4": "benchmarks.forum.s4_reading",
    "S5": "benchmarks.s5_reading_reports",
    "shipped": "benchmarks.closing_the_loop",
    "pictures": "benchmarks.forum.pictures",
}


def main(wanted: list[str]) -> int:
    """Each measurement prints lines that begin with its id, and says whether it holds."""
    unknown = set(wanted) - set(MEASUREMENTS)
    if unknown:
        sys.stderr.write(
            f"There is no {', '.join(unknown)}; there are {', '.join(MEASUREMENTS)}.\n"
        )
        return 2
    held = [import_module(MEASUREMENTS[name]).run() for name in wanted or MEASUREMENTS]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
