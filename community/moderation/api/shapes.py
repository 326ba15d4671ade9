"""Cases, sanctions and the staff log as moderators' programs see them."""

from typing import Any

from rest_framework import serializers

from community.members.api.scoped import Page
from community.members.api.sent import Sent
from community.members.models import Member
from community.moderation import acts
from community.moderation.models import Case, LogEntry, Report, Sanction, WatchedWord


def login(source: str) -> serializers.CharField:
    """The login name of somebody; null when they have left."""
    return serializers.CharField(source=f"{source}.username", default=None, allow_null=True)


class LookShape(serializers.Serializer[Any]):
    """What a case is about, as it is now."""

    title = serializers.CharField()
    url = serializers.CharField()
    html = serializers.CharField()
    is_hidden = serializers.BooleanField()


class CaseShape(serializers.Serializer[Any]):
    """A case. `look` is null when what it was about is gone; `claimed_by` has it in hand now."""

    id = serializers.IntegerField(source="case.pk")
    kind = serializers.CharField(source="case.kind")
    subject = serializers.IntegerField(source="case.subject")
    look = LookShape(allow_null=True)
    board = serializers.CharField(source="case.board")
    author = login("case.author")
    cause = serializers.ChoiceField(Case.Cause.choices, source="case.cause")
    held_for = serializers.CharField(source="case.held_words")
    score = serializers.IntegerField(source="case.score")
    opened_at = serializers.DateTimeField(source="case.opened_at")
    state = serializers.ChoiceField(Case.State.choices, source="case.state")
    claimed_by = serializers.SerializerMethodField()
    settled_by = login("case.settled_by")
    settled_at = serializers.DateTimeField(source="case.settled_at", allow_null=True)
    outcome = serializers.CharField(source="case.outcome")
    answer = serializers.CharField(source="case.answer")

    def get_claimed_by(self, row: dict[str, Any]) -> str | None:
        holder: Member | None = row["case"].held_by(self.context["at"])
        return holder.username if holder else None


class ReportShape(serializers.Serializer[Report]):
    """Who reported it why."""

    reporter = login("reporter")
    reason = serializers.ChoiceField(Report.Reason.choices)
    words = serializers.CharField()
    created_at = serializers.DateTimeField()


class OwnSanction(serializers.Serializer[Sanction]):
    """A step of the ladder; `until` is null for a warning, which has no end."""

    id = serializers.IntegerField()
    step = serializers.ChoiceField(Sanction.Step.choices)
    reason = serializers.CharField()
    given_at = serializers.DateTimeField()
    until = serializers.DateTimeField(allow_null=True)
    lifted_at = serializers.DateTimeField(allow_null=True)
    appeal = serializers.CharField()
    appealed_at = serializers.DateTimeField(allow_null=True)
    appeal_outcome = serializers.CharField()
    appeal_answer = serializers.CharField()


class SanctionShape(OwnSanction):
    """A step of the ladder, and who gave, lifted and judged it."""

    by = login("by")
    lifted_by = login("lifted_by")
    appeal_settled_by = login("appeal_settled_by")
    case = serializers.IntegerField(source="case_id", allow_null=True)


class NoteShape(Sent):
    """What staff tell each other about a member; the member never sees it."""

    words = serializers.CharField(max_length=1000)
    by = serializers.CharField(source="by.username", read_only=True)
    created_at = serializers.DateTimeField(read_only=True)


class SuggestionOfStep(serializers.Serializer[Any]):
    """The step that comes next; a warning lasts 0 hours."""

    step = serializers.ChoiceField(Sanction.Step.choices)
    hours = serializers.IntegerField()


class EarlierCase(serializers.Serializer[Case]):
    """What there was about the same author before."""

    id = serializers.IntegerField()
    cause = serializers.ChoiceField(Case.Cause.choices)
    outcome = serializers.CharField()
    opened_at = serializers.DateTimeField()


class OneCase(CaseShape):
    """A case with all that helps to settle it; `outcomes` are those that fit it."""

    reports = ReportShape(many=True)
    outcomes = serializers.ListField(child=serializers.ChoiceField(Case.Outcome.choices))
    earlier = EarlierCase(many=True)
    sanctions = SanctionShape(many=True)
    notes = NoteShape(many=True)
    suggested = SuggestionOfStep(allow_null=True)
    may_sanction = serializers.BooleanField()
    may_suspend = serializers.BooleanField()


class CasePage(Page):
    """Cases: the most urgent first, or of those that were settled the last."""

    results = CaseShape(many=True)


class MemberShape(serializers.Serializer[Any]):
    """A member as moderators see them."""

    member = serializers.CharField(source="member.username")
    name = serializers.CharField(source="member.display_name")
    silenced_until = serializers.DateTimeField(source="member.silenced_until", allow_null=True)
    suspended_until = serializers.DateTimeField(source="member.suspended_until", allow_null=True)
    sanctions = SanctionShape(many=True)
    notes = NoteShape(many=True)
    cases = EarlierCase(many=True)
    suggested = SuggestionOfStep()
    may_sanction = serializers.BooleanField()
    may_suspend = serializers.BooleanField()


class ActOfStaff(serializers.Serializer[LogEntry]):
    """Who of the staff looked at one's data, and when."""

    by = serializers.CharField(source="by_name")
    act = serializers.SlugField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # a field of that name
    at = serializers.DateTimeField()

    def get_label(self, entry: LogEntry) -> str:
        return str(acts.find(entry.act).label)


class LineShape(ActOfStaff):
    """A line of the staff log; `subject` is what it was done to: post:12."""

    id = serializers.IntegerField()
    subject = serializers.CharField()
    board = serializers.CharField()
    detail = serializers.DictField()
    undoes = serializers.IntegerField(source="undoes_id", allow_null=True)
    can_be_undone = serializers.SerializerMethodField()

    def get_can_be_undone(self, entry: LogEntry) -> bool:
        return acts.find(entry.act).undo is not None and not hasattr(entry, "undone_by")


class LinePage(Page):
    """Lines of the staff log, newest first."""

    results = LineShape(many=True)


class StandingShape(serializers.Serializer[Any]):
    """One's own ladder, and who of the staff looked at one's data."""

    sanctions = OwnSanction(many=True)
    looks = ActOfStaff(many=True)


class WordShape(Sent):
    """A watched word: plain letters or Han, however it is dressed up in a text.

    `rule` is what members are told; `board` is "" for every board; `text` are other words in its
    place, or the answer.
    """

    id = serializers.IntegerField(read_only=True)
    pattern = serializers.CharField(max_length=60)
    action = serializers.ChoiceField(WatchedWord.Action.choices)
    rule = serializers.CharField(max_length=80)
    board = serializers.SlugField(max_length=50, default="", allow_blank=True)
    text = serializers.CharField(max_length=500, default="", allow_blank=True)
    is_active = serializers.BooleanField(default=True)
    added_by = serializers.CharField(
        source="added_by.username", default=None, allow_null=True, read_only=True
    )
    added_at = serializers.DateTimeField(read_only=True)


class HitShape(serializers.Serializer[Any]):
    """A watched word that was found, and how it was written."""

    word = serializers.IntegerField(source="word.pk")
    pattern = serializers.CharField(source="word.pattern")
    dress = serializers.CharField()


class JudgementShape(serializers.Serializer[Any]):
    """What would become of a text."""

    is_blocked = serializers.BooleanField()
    is_held = serializers.BooleanField()
    text = serializers.SerializerMethodField()
    reply = serializers.CharField()
    rules = serializers.ListField(child=serializers.CharField())
    hits = HitShape(many=True)

    def get_text(self, judgement: Any) -> str:
        return str(judgement.texts[0])
