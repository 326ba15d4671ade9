"""Giving and thanking."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from community.builds.models import Engineer, Product
from community.gifts.domain.telling import tell_giver, tell_receivers
from community.gifts.models import Gift
from community.media.domain import pictures
from community.media.models import Picture
from community.members.models import Member
from community.moderation.domain.approval import reasons_to_wait
from community.moderation.domain.cases import open_case
from community.moderation.domain.judging import TextRefused, refuse_blocked
from community.moderation.models import ApprovalRule, Case

KIND = "gift"
MOST_A_DAY = 5
_DAY = timedelta(days=1)


class GiftRefused(Exception):
    """Nothing was given; `code` says why to a program."""

    code = "refused"


class ToOneself(GiftRefused):
    """Nobody gives to themselves here."""

    code = "to_oneself"


class TooMany(GiftRefused):
    """The member gave MOST_A_DAY gifts within a day."""

    code = "too_many"


def give(
    *,
    member: Member,
    picture: Picture,
    words: str,
    at: datetime,
    engineer: Engineer | None = None,
    product: Product | None = None,
    submission_key: UUID | None = None,
) -> Gift:
    """Put a gift on the wall: for an engineer, or for the team of a product.

    The same submission key of the same member is one gift, however often it is sent. What waits
    for approval is held. Raises ToOneself, TooMany or TextRefused.
    """
    engineer = engineer.merged_into or engineer if engineer else None
    if engineer and engineer.member_id == member.pk:
        raise ToOneself
    _refuse_excess(member, submission_key, at)
    (words,), waits_for = _judged(member, words)
    try:
        with transaction.atomic():
            gift = Gift.objects.create(
                member=member,
                engineer=engineer,
                product=product,
                picture=picture,
                words=words,
                created_at=at,
                submission_key=submission_key,
                held_at=at if waits_for else None,
            )
            pictures.mark_used([picture.address()])
            if waits_for:
                open_case(
                    kind=KIND, subject=gift.pk, cause=Case.Cause.HELD, at=at, held_for=waits_for
                )
            else:
                tell_receivers(gift, at)
    except IntegrityError as error:
        return _sent_before(error, member, submission_key)
    return gift


def thank(*, gift: Gift, words: str, at: datetime) -> bool:
    """Say thanks for a gift, once; False when it was said before.

    Raises TextRefused, also for what would have to wait for a moderator.
    """
    judgement = refuse_blocked(texts=[words])
    if judgement.is_held:
        raise TextRefused(judgement.rules)
    with transaction.atomic():
        waiting = Gift.objects.visible().filter(pk=gift.pk, thanked_at=None)
        if not Gift.objects.filter(pk__in=waiting).update(thanked_at=at, thanks=judgement.texts[0]):
            return False
        gift.refresh_from_db(fields=["thanked_at", "thanks"])
        tell_giver(gift, at)
    return True


def withdraw(*, gift: Gift, at: datetime) -> bool:
    """Take one's own gift off the wall; False when it was off already."""
    return bool(Gift.objects.filter(pk=gift.pk, withdrawn_at=None).update(withdrawn_at=at))


def _judged(member: Member, words: str) -> tuple[tuple[str, ...], Collection[str]]:
    """The words as they are kept, and why the gift waits for a moderator."""
    judgement = refuse_blocked(texts=[words])
    watched = judgement.rules if judgement.is_held else ()
    rules = reasons_to_wait(
        member=member,
        board="",
        sorts={ApprovalRule.Rule.FIRST_POSTS, ApprovalRule.Rule.FIRST_PICTURES},
        published=lambda _sort, most: Gift.objects.visible().filter(member=member)[:most].count(),
    )
    return judgement.texts, (*watched, *rules)


def _refuse_excess(member: Member, submission_key: UUID | None, at: datetime) -> None:
    """A brake, not a lock: gifts sent in the same instant may pass together."""
    lately = Gift.objects.filter(member=member, created_at__gt=at - _DAY)
    if submission_key:
        lately = lately.exclude(submission_key=submission_key)
    if lately.count() >= MOST_A_DAY:
        raise TooMany


def _sent_before(error: IntegrityError, member: Member, submission_key: UUID | None) -> Gift:
    """The gift this submission made the first time; any other error goes on its way."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if getattr(diagnosis, "constraint_name", "") != "gift_submitted_once":
        raise error
    return Gift.objects.get(member=member, submission_key=submission_key)
