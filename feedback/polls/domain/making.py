"""Making polls: what is asked, of whom, until when; adding to them; taking them back."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from django.db import IntegrityError, transaction

from community.forum.domain.approving import judged
from community.forum.models import Board, Topic
from community.media.domain import pictures
from community.media.models import Picture
from community.members.models import Member
from community.moderation.domain.judging import TextRefused
from community.moderation.domain.log import record
from feedback.polls.domain import refusals, window
from feedback.polls.domain.questions import SAME, Question, check
from feedback.polls.models import MOST_OPTIONS, MOST_POLLS, Choice, Option, Poll

REMOVED = "remove_poll"


def make_poll(*, topic: Topic, question: Question, by: Member, at: datetime) -> Poll:
    """Put a poll with its options into a topic; it opens at once unless it says when.

    Raises BadQuestion, WordsRefused, TooManyPolls.
    """
    check(question, at)
    title, *options = _judged([question.title, *question.options], topic.board, by)
    if len(set(options)) < len(options):
        raise refusals.BadQuestion("options", SAME)
    with transaction.atomic():
        # The topic's row: two polls made at once take two places.
        Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
        taken = set(Poll.objects.filter(topic=topic).values_list("place", flat=True))
        place = next((n for n in range(1, MOST_POLLS + 1) if n not in taken), None)
        if place is None:
            raise refusals.TooManyPolls
        fields = {
            **question.__dict__,
            "title": title,
            "opens_at": question.opens_at or at,
        }
        del fields["options"]
        poll = Poll.objects.create(topic=topic, place=place, made_by=by, made_at=at, **fields)
        Option.objects.bulk_create(
            Option(poll=poll, place=n, text=text, added_at=at)
            for n, text in enumerate(options, start=1)
        )
        Topic.objects.filter(pk=topic.pk, has_panels=False).update(has_panels=True)
    return poll


def add_option(
    *, poll: Poll, text: str, by: Member, at: datetime, file: IO[bytes] | None = None
) -> Option:
    """One more option, after votes too: they stay as they are.

    Raises NoAdditions, Closed, WordsRefused, OptionThere, TooManyOptions, or PictureRefused.
    """
    if not poll.takes_additions:
        raise refusals.NoAdditions
    (text,) = _judged([text], poll.topic.board, by)
    picture = _kept(poll, file, by, at) if file else None
    try:
        with transaction.atomic():
            window.hold_closed(poll.pk)
            current = Poll.objects.select_for_update().get(pk=poll.pk)
            if current.is_over(at):
                raise refusals.Closed
            place = 1 + max(poll.options.values_list("place", flat=True))
            if place > MOST_OPTIONS:
                raise refusals.TooManyOptions
            return Option.objects.create(
                poll=poll, place=place, text=text, picture=picture, added_at=at
            )
    except IntegrityError as error:
        raise refusals.OptionThere from error


def put_picture(*, option: Option, file: IO[bytes], by: Member, at: datetime) -> None:
    """Show a picture with an option, as long as nobody has voted.

    Raises HasVotes, WordsRefused, or PictureRefused.
    """
    picture = _kept(option.poll, file, by, at)
    with transaction.atomic():
        window.hold_closed(option.poll_id)
        _refuse_votes(option.poll)
        Option.objects.filter(pk=option.pk).update(picture=picture)


def withdraw(*, poll: Poll, by: Member, at: datetime, may_drop_votes: bool = False) -> None:
    """Take a poll out of its topic. Raises HasVotes unless ``may_drop_votes``: a moderator's act.

    Whoever takes away what another made leaves a line in the staff log.
    """
    with transaction.atomic():
        window.hold_closed(poll.pk)
        if not may_drop_votes:
            _refuse_votes(poll)
        if by.pk != poll.made_by_id:
            record(
                by=by,
                act=REMOVED,
                subject=f"topic:{poll.topic_id}",
                at=at,
                board=poll.topic.board.slug,
                detail={
                    "title": poll.title,
                    "options": list(poll.options.order_by("place").values_list("text", flat=True)),
                    "ballots": poll.ballots.exclude(choices=None).distinct().count(),
                },
            )
        Poll.objects.filter(pk=poll.pk).delete()


def _judged(texts: Sequence[str], board: Board, by: Member) -> list[str]:
    """The words as the site's rules leave them, on one line each."""
    try:
        verdict = judged(texts=texts, board=board, author=by)
    except TextRefused as refused:
        raise refusals.WordsRefused from refused
    if verdict.held_for:
        raise refusals.WordsRefused
    return [" ".join(text.split()) for text in verdict.texts]


def _kept(poll: Poll, file: IO[bytes], by: Member, at: datetime) -> Picture:
    picture = pictures.keep(file=file, member=by, at=at)
    _judged([picture.markdown], poll.topic.board, by)
    pictures.mark_used([picture.address()])
    return picture


def _refuse_votes(poll: Poll) -> None:
    if Choice.objects.filter(ballot__poll=poll).exists():
        raise refusals.HasVotes
