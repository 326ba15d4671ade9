"""What the room of polls refuses: a code for programs, a sentence for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.polls.models import MOST_OPTIONS, MOST_POLLS


class Refused(Exception):
    """Nothing changed; ``str()`` says why in the reader's language, ``code`` to a program."""

    code = "refused"
    sentence: str | Promise = _("This cannot be done.")

    def __str__(self) -> str:
        return str(self.sentence) % self.__dict__


class NotOpen(Refused):
    code = "poll_not_open"
    sentence = _("This poll is not open yet.")


class Closed(Refused):
    code = "poll_closed"
    sentence = _("This poll has closed. Your vote was not taken.")


class NotEligible(Refused):
    code = "not_eligible"
    sentence = _("You may not vote in this poll.")


class WrongChoices(Refused):
    """Options named twice, of another poll, too few or too many."""

    code = "wrong_choices"


class Twice(WrongChoices):
    sentence = _("An option stands twice in your vote.")


class OfAnotherPoll(WrongChoices):
    sentence = _("This option is not in the poll.")


class TooFew(WrongChoices):
    sentence = _("Choose at least %(fewest)s.")

    def __init__(self, fewest: int) -> None:
        self.fewest = fewest


class TooMany(WrongChoices):
    sentence = _("Choose at most %(most)s.")

    def __init__(self, most: int) -> None:
        self.most = most


class TooManyPolls(Refused):
    code = "too_many_polls"
    sentence = _("A topic holds at most %(most)s polls.")

    def __init__(self) -> None:
        self.most = MOST_POLLS


class TooManyOptions(Refused):
    code = "too_many_options"
    sentence = _("A poll holds at most %(most)s options.")

    def __init__(self) -> None:
        self.most = MOST_OPTIONS


class OptionThere(Refused):
    code = "option_there"
    sentence = _("This option is there already.")


class NoAdditions(Refused):
    code = "no_additions"
    sentence = _("Nothing can be added to this poll.")


class WordsRefused(Refused):
    code = "words_refused"
    sentence = _("These words break a rule of the site, or would have to be approved first.")


class HasVotes(Refused):
    code = "has_votes"
    sentence = _("Somebody has voted: what was asked stays as it is.")


class BadQuestion(Refused):
    """Something of a new poll does not go together; ``field`` of domain.questions.Question."""

    code = "invalid"

    def __init__(self, field: str, sentence: str | Promise) -> None:
        self.field = field
        self.sentence = sentence
