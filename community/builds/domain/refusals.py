"""Why something is not done, in a sentence a person can act on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError


class Refused(Exception):
    """Nothing was changed; ``str()`` says why in the reader's language, ``code`` to a program."""

    code = "refused"


class NoSuchBuild(Refused):
    """The row is gone."""

    code = "no_such_build"


class WrongState(Refused):
    """The build's state does not allow this."""

    code = "wrong_state"


class ChangeListIncomplete(Refused):
    """Not every change is signed in full; ``features`` holds the titles."""

    code = "change_list_incomplete"

    def __init__(self, sentence: str, features: list[str]) -> None:
        super().__init__(sentence)
        self.features = features


class ChangeListFrozen(Refused):
    """Changes and credits of this build stand."""

    code = "change_list_frozen"


class Held(Refused):
    """A manager holds the build back."""

    code = "held"


class TooEarly(Refused):
    """The moment has not come."""

    code = "too_early"


class TooLate(Refused):
    """The moment is over."""

    code = "too_late"


class OutOfOrder(Refused):
    """Edges would change places."""

    code = "out_of_order"


class Taken(Refused):
    """Something else has this name, number or day already."""

    code = "taken"


class Invalid(Refused):
    """A value is impossible; ``field`` names it."""

    code = "invalid"

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NotAllowedHere(Refused):
    """Only a development database lets the clock be set."""

    code = "not_allowed_here"


@contextmanager
def said_as(refusals: Mapping[str, Refused]) -> Iterator[None]:
    """Turn the violation of a named constraint into the refusal given for it."""
    try:
        yield
    except IntegrityError as error:
        refusal = refusals.get(violated(error))
        if refusal is None:
            raise
        raise refusal from error


def violated(error: IntegrityError) -> str:
    """The name of the constraint (or of the trigger's refusal) that was violated."""
    cause = error.__cause__
    diagnostics = getattr(cause, "diag", None)
    return getattr(diagnostics, "constraint_name", None) or ""
