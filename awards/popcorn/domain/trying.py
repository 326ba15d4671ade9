"""What other knobs, or another installed base, would have made of an award; nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from awards.popcorn.domain import knobs, summing
from awards.popcorn.domain.columns import columns, segment_order
from awards.popcorn.domain.gathering import gather, header_of, segments_of
from awards.popcorn.domain.inputs import Header, InputError
from awards.popcorn.domain.integrity import weigh
from awards.popcorn.domain.result import Judgement, judge
from awards.popcorn.domain.segments import fold, fold_segments
from awards.popcorn.domain.storing import CODE_VERSION, confirmed_overrides
from awards.popcorn.domain.summing import ByFamily
from awards.popcorn.models import Award
from community.builds.models import Build, Product
from community.builds.queries import last_closed
from community.builds.sections import Values
from feedback.fourgrid.models import Ballot

# Pseudonyms are needed for no more than telling ballots apart; where nothing was drawn yet,
# both sides of a comparison are drawn alike.
NO_KEY = bytes(32)
# So many ballots are read within half a second.
MOST_READ = 10_000


class NotCountedYet(Exception):
    """There is no award yet, and more ballots than anybody waits for."""


@dataclass(frozen=True, eq=False)
class Trial:
    """What the ballots of a closed build come to, to be judged in several ways."""

    header: Header
    voters: ByFamily
    digest: bytes

    def judged(
        self, *, values: Values | None = None, shares: Mapping[str, Decimal] | None = None
    ) -> Judgement:
        """The award with other knobs or another installed base (shares by family).

        Drawn as the real award was: with what the build went out with, it is the same to the last
        digit, and only what was changed makes a difference. Raises InputError.
        """
        header, voters = self.header, self.voters
        if values is not None:
            header = replace(header, settings=knobs.settings_of(values))
        if shares is not None:
            header = replace(header, segments=segments_of(shares))
        header, names = fold(header, voters.ballots)
        order = segment_order(header)
        into = np.array([order[names[family]] for family in voters.families], dtype=np.int64)
        sums = voters.sums.merged(into, len(order))
        is_plain = voters.undiscounted is voters.sums
        undiscounted = sums if is_plain else voters.undiscounted.merged(into, len(order))
        return judge(header, sums, undiscounted, self.digest)


def trial(build: Build) -> Trial:
    """By the sums its award keeps, whatever their number; a small build's ballots are read.

    Raises InputError, NotCountedYet.
    """
    award = Award.objects.newest().filter(build=build).select_related("sums").first()
    header = header_of(build, code_version=CODE_VERSION, overrides=confirmed_overrides(build))
    voters = summing.kept_by(award, header) if award else None
    if voters is None:
        if Ballot.objects.filter(build=build)[MOST_READ : MOST_READ + 1].exists():
            raise NotCountedYet
        voters = read(build)
    return Trial(header, voters, bytes(award.digest) if award else NO_KEY)


def read(build: Build) -> ByFamily:
    """Every ballot of a closed build, added up. Raises InputError."""
    overrides = confirmed_overrides(build)
    gathered = gather(build, key=NO_KEY, code_version=CODE_VERSION, overrides=overrides)
    families = [ballot.segment for ballot in gathered.ballots]
    # Segments do not matter to what a ballot weighs.
    header, as_one = fold_segments(replace(gathered.header, segments=()), gathered.ballots)
    laid_out = columns(header, as_one)
    return summing.by_family(families, laid_out, weigh(header, laid_out))


def keep_missing() -> list[int]:
    """Sums for awards from before awards kept them, where previews ask for them; gives the builds.

    A build whose inputs contradict each other has none: its preview says what is wrong.
    """
    asked = filter(None, map(last_closed, Product.objects.all()))
    lacking = Award.objects.newest().filter(sums=None, build__in=[build.pk for build in asked])
    return [award.build_id for award in lacking.select_related("build").light() if _kept(award)]


def _kept(award: Award) -> bool:
    try:
        header = header_of(award.build, code_version=CODE_VERSION)
        summing.keep(award, header, read(award.build))
    except InputError:
        return False
    return True
