"""A poll as files, line by line: its result, its ballots, everything as JSON."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from community.members.permissions import User
from feedback.polls.domain.counting import profiles_of
from feedback.polls.models import Choice, Poll
from feedback.polls.showing import ShownPoll, shown_one

# Excel reads a file as UTF-8 only when it begins with this.
BOM = "\ufeff"
# A spreadsheet would run what begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CHUNK = 2000

Cell = str | int
# How many such ballots, whose (in open polls), the options in order.
Ballot = tuple[int, str, Sequence[str]]


@dataclass(frozen=True)
class File:
    """A file that is written while it is sent."""

    name: str
    kind: str
    lines: Iterator[str]

    def response(self) -> StreamingHttpResponse:
        answer = StreamingHttpResponse(self.lines, content_type=f"{self.kind}; charset=utf-8")
        name = content_disposition_header(as_attachment=True, filename=self.name)
        answer["Content-Disposition"] = name or "attachment"
        answer["Cache-Control"] = "private, no-store"
        return answer


def file_for(user: User, poll: Poll, name: str, at: datetime) -> File | None:
    """The file of this name; None for one that is not there, or not for this reader."""
    shown = shown_one(poll, user, at)
    if shown.outcome is None or name not in FILES:
        return None
    may_have = shown.may_see_voters or shown.is_over
    if name == "ballots.csv" and not may_have:
        return None
    kind = "application/json" if name.endswith(".json") else "text/csv"
    return File(f"poll-{poll.pk}-{name}", kind, FILES[name](shown))


def _result_csv(shown: ShownPoll) -> Iterator[str]:
    assert shown.outcome is not None  # noqa: S101 - file_for has looked
    counted = {row["option"]: row for row in shown.outcome["options"]}
    rows = ((o.text, counted[o.pk]["votes"], counted[o.pk]["place"]) for o in shown.options)
    return _lines(["option", "votes", "place"], rows)


def _ballots_csv(shown: ShownPoll) -> Iterator[str]:
    """One line a ballot with its voter, or in a secret poll one line for all equal ballots."""
    most = min(shown.poll.most, len(shown.options))
    header = ["ballots", "voter", *(f"choice {n}" for n in range(1, most + 1))]
    return _lines(header, ((n, who, *texts) for n, who, texts in ballots(shown)))


def _json(shown: ShownPoll) -> Iterator[str]:
    """The document of the API without what is its reader's own; then the ballots, if any."""
    from feedback.polls.representation import PollDocument

    head = json.dumps(PollDocument(shown).data, ensure_ascii=False, default=str)
    yield head[:-1] + ', "ballots": ['
    between = ""
    if shown.may_see_voters or shown.is_over:
        for n, who, texts in ballots(shown):
            row = {"ballots": n, "voter": who or None, "choices": texts}
            yield between + json.dumps(row, ensure_ascii=False)
            between = ",\n"
    yield "]}\n"


FILES: dict[str, Callable[[ShownPoll], Iterator[str]]] = {
    "result.csv": _result_csv,
    "ballots.csv": _ballots_csv,
    "poll.json": _json,
}


def ballots(shown: ShownPoll) -> Iterator[Ballot]:
    """What was voted: by login name in open polls, in secret ones equal ballots as one.

    Never in the order of voting.
    """
    texts = {option.pk: option.text for option in shown.options}
    if shown.may_see_voters:
        chosen = Choice.objects.filter(ballot__poll=shown.poll)
        rows = chosen.order_by("ballot__member", "rank").values_list(
            "ballot__member__username", "option"
        )
        for who, group in groupby(rows.iterator(chunk_size=CHUNK), itemgetter(0)):
            yield 1, who, [texts.get(option, "") for _who, option in group]
        return
    profile = profiles_of([shown.poll.pk])[shown.poll.pk]
    places = {option.pk: option.place for option in shown.options}
    for ranking in sorted(
        profile, key=lambda options: [places.get(option, 0) for option in options]
    ):
        yield profile[ranking], "", [texts.get(option, "") for option in ranking]


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _lines(header: Sequence[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    writer: Any = csv.writer(_Echo())
    yield BOM + writer.writerow(header)
    for row in rows:
        yield writer.writerow([_harmless(cell) for cell in row])


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
