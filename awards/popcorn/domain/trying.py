"""What other knobs, or another installed base, would have made of an award; nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from awards.popcorn.domain import knobs
from awards.popcorn.domain.columns import columns
from awards.popcorn.domain.gathering import gather, segments_of
from awards.popcorn.domain.inputs import Ballot, Header
from awards.popcorn.domain.result import Result, compute
from awards.popcorn.domain.segments import fold_segments
from awards.popcorn.domain.storing import CODE_VERSION, confirmed_overrides
from awards.popcorn.models import Award
from community.builds.models import Build
from community.builds.sections import Values

# Pseudonyms are needed for no more than telling ballots apart; where nothing was drawn yet,
# both sides of a comparison are drawn alike.
NO_KEY = bytes(32)


@dataclass(frozen=True, eq=False)
class Trial:
    """The frozen ballots of a closed build, read once, to be judged in several ways."""

    header: Header
    ballots: list[Ballot]
    digest: bytes

    def judged(
        self, *, values: Values | None = None, shares: Mapping[str, Decimal] | None = None
    ) -> Result:
        """The award with other knobs or another installed base (shares by family).

        Drawn as the real award was: with what the build went out with, it is the same to the last
        digit, and only what was changed makes a difference. Raises InputError.
        """
        header = self.header
        if values is not None:
            header = replace(header, settings=knobs.settings_of(values))
        if shares is not None:
            header = replace(header, segments=segments_of(shares))
        header, folded = fold_segments(header, self.ballots)
        return compute(header, columns(header, folded), self.digest)


def trial(build: Build) -> Trial:
    """The ballots of a closed build; reads every one of them. Raises InputError."""
    gathered = gather(
        build, key=NO_KEY, code_version=CODE_VERSION, overrides=confirmed_overrides(build)
    )
    award = Award.objects.newest().filter(build=build).only("digest").first()
    return Trial(gathered.header, gathered.ballots, bytes(award.digest) if award else NO_KEY)
