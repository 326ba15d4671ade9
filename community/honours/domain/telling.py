"""What members are told of medals: given, taken back, asked for in vain."""

from collections.abc import Collection

from community.honours.models import MedalApplication, MedalGrant, MedalStage
from community.notices.domain.telling import Telling

MEDAL, TAKEN, REFUSED = "honours.medal", "honours.taken", "honours.refused"


def news_of(stage: MedalStage, members: Collection[int], source: str = "") -> Telling:
    """Who has reached a stage hears of it."""
    return Telling(
        kind=MEDAL,
        members=members,
        about=f"medalstage:{stage.pk}",
        source=source,
        url=stage.medal.get_absolute_url(),
        words=_words(stage),
    )


def news_of_end(grant: MedalGrant, reason: str) -> Telling:
    return Telling(
        kind=TAKEN,
        members=[grant.member_id],
        about=f"medalgrant:{grant.pk}",
        url=grant.stage.medal.get_absolute_url(),
        words=_words(grant.stage) | {"answer": reason},
    )


def news_of_refusal(application: MedalApplication) -> Telling:
    return Telling(
        kind=REFUSED,
        members=[application.member_id],
        about=f"medalapplication:{application.pk}",
        url=application.stage.medal.get_absolute_url(),
        words=_words(application.stage) | {"answer": application.answer or "–"},
    )


def _words(stage: MedalStage) -> dict[str, str]:
    """The name in one language; notices say it in the reader's, found by the stage."""
    return {"title": stage.medal.name, "stage": str(stage.pk)}
