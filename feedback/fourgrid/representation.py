"""A ballot as JSON: the same in the API's answers, on the page and on the short road."""

from django.http import HttpRequest

from community.text.whole import INTEGER, number
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.ballots import SavedBallot
from feedback.fourgrid.models import Ballot

Document = dict[str, object]
NEVER = -1  # no ballot has this revision


def of_answers(answers: Answers) -> Document:
    """The four cells and the comments, as ``Answers.parse`` reads them."""
    return {
        "mood": answers.mood.name.lower(),
        "loved": answers.loved,
        "let_down": answers.let_down,
        "wishes": answers.wishes,
        "comments": answers.comments,
    }


def of_saved(version: str, answers: Answers, saved: SavedBallot) -> Document:
    return {
        "build": version,
        **of_answers(answers),
        "revision": saved.revision,
        "saved_at": saved.saved_at.isoformat(),
        "receipt": saved.receipt.hex(),
    }


def of_stored(version: str, ballot: Ballot) -> Document:
    saved = SavedBallot(ballot.revision, ballot.saved_at, bytes(ballot.receipt), is_repeat=True)
    return of_saved(version, Answers.of(ballot), saved)


def headers(document: Document) -> dict[str, str]:
    """What goes with it: its revision as a tag, and that no cache keeps it."""
    return {"ETag": f'"{document["revision"]}"', "Cache-Control": "no-store"}


def replaces(request: HttpRequest) -> int | None:
    """The revision a writer has seen, by ``If-Match: "2"`` or ``If-None-Match: *`` (0: none)."""
    # Not request.headers, which would read every header of the busiest request of all.
    if request.META.get("HTTP_IF_NONE_MATCH") == "*":
        return 0
    tag = request.META.get("HTTP_IF_MATCH")
    if tag is None or tag == "*":
        return None
    revision = number(tag.removeprefix("W/").strip('"'), below=INTEGER)
    return NEVER if revision is None else revision
