"""/api/v1/moderation/cases/: the queue, taking a case in hand, settling it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api.scoped import DONE, Conflict, address, done
from community.members.api.sent import Sent, sent
from community.moderation import permissions, queries, subjects
from community.moderation.api import shapes
from community.moderation.api.desk import AtTheDesk
from community.moderation.domain import cases, sanctions, settling
from community.moderation.finding import case_or_404
from community.moderation.forms import HOURS
from community.moderation.models import Case, Report, Sanction

Taken = cases.InOtherHands | cases.SettledBefore


class Wanted(serializers.Serializer[Any]):
    """What of the queue is listed; `state=settled` is its history."""

    state = serializers.ChoiceField(Case.State.choices, default="", allow_blank=True)
    cause = serializers.ChoiceField(Case.Cause.choices, default="", allow_blank=True)
    reason = serializers.ChoiceField(Report.Reason.choices, default="", allow_blank=True)
    board = serializers.SlugField(default="", allow_blank=True)
    mine = serializers.BooleanField(default=False)
    after = serializers.CharField(max_length=80, default="", allow_blank=True)

    def filters(self) -> queries.Filters:
        chosen = dict(self.validated_data)
        return queries.Filters(
            is_mine=chosen["mine"],
            **{name: chosen[name] for name in ("state", "cause", "reason", "board")},
        )


class Settlement(Sent):
    """How a case is settled; with a `step` its author is put on the ladder, and told why."""

    outcome = serializers.ChoiceField(Case.Outcome.choices)
    answer = serializers.CharField(
        max_length=500, default="", allow_blank=True, help_text="What the author is told."
    )
    step = serializers.ChoiceField(Sanction.Step.choices, required=False)
    hours = serializers.ChoiceField([hours for hours, _name in HOURS], default=HOURS[0][0])

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if said.get("step") and not said["answer"]:
            raise ValidationError({"answer": [_("Say why: the member reads it.")]})
        return said

    @property
    def penalty(self) -> settling.Penalty | None:
        step, hours = self.validated_data.get("step"), self.validated_data["hours"]
        lasts = step != Sanction.Step.WARNING
        return settling.Penalty(step, hours if lasts else 0) if step else None


class CaseList(AtTheDesk):
    """The queue."""

    @extend_schema(
        operation_id="cases_list",
        summary="List the queue of my boards",
        tags=["moderation"],
        parameters=[Wanted],
        responses=shapes.CasePage,
    )
    def get(self, request: Request) -> Response:
        asked = Wanted(data=request.query_params)
        after = sent(asked)["after"]
        found = queries.queue(self.desk, self.member, asked.filters(), after)
        page = {
            "next": address(request, {"after": found.further}),
            "results": [{"case": case, "look": look} for case, look in found.rows],
        }
        return Response(shapes.CasePage(page, context={"at": timezone.now()}).data)


class OneCase(AtTheDesk):
    @extend_schema(
        operation_id="cases_retrieve",
        summary="Read a case",
        tags=["moderation"],
        responses=shapes.OneCase,
    )
    def get(self, request: Request, pk: int) -> Response:
        return _told(request, case_or_404(self.desk, pk))


class Claim(AtTheDesk):
    """Whether one has a case in hand."""

    @extend_schema(
        operation_id="claims_update",
        summary="Take a case in hand for 15 minutes",
        tags=["moderation"],
        request=None,
        responses=DONE,
    )
    def put(self, request: Request, pk: int) -> Response:
        try:
            cases.claim(case=case_or_404(self.desk, pk), by=self.member, at=timezone.now())
        except (cases.InOtherHands, cases.SettledBefore) as taken:
            raise _taken(taken) from taken
        return done()

    @extend_schema(
        operation_id="claims_destroy",
        summary="Give a case back to the queue",
        tags=["moderation"],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int) -> Response:
        cases.let_go(case=case_or_404(self.desk, pk), by=self.member)
        return done()


class Settle(AtTheDesk):
    @extend_schema(
        operation_id="cases_settle",
        summary="Settle a case",
        tags=["moderation"],
        request=Settlement,
        responses=shapes.OneCase,
    )
    def post(self, request: Request, pk: int) -> Response:
        case, form = case_or_404(self.desk, pk), Settlement(data=request.data)
        said = sent(form)
        self._refuse_step(case, said.get("step"))
        try:
            settled = settling.settle(
                case=case,
                outcome=said["outcome"],
                answer=said["answer"],
                penalty=form.penalty,
                by=self.member,
                at=timezone.now(),
            )
        except (cases.InOtherHands, cases.SettledBefore) as taken:
            raise _taken(taken) from taken
        except (sanctions.OwnDecision, cases.CannotBeDone) as error:
            text = _("You cannot settle this case like that.")
            raise Conflict(text, "cannot_be_done") from error
        return _told(request, settled)

    def _refuse_step(self, case: Case, step: str | None) -> None:
        is_suspension = step == Sanction.Step.SUSPENSION
        may = permissions.may_suspend if is_suspension else permissions.may_sanction
        if step and not may(self.request.user, case.author):
            raise PermissionDenied(_("This step is not yours to take for this member."))


def _told(request: Request, case: Case) -> Response:
    now, author, user = timezone.now(), case.author, request.user
    is_appeal = case.cause == Case.Cause.APPEAL
    shown = {
        "case": case,
        "look": subjects.looks([(case.kind, case.subject)]).get((case.kind, case.subject)),
        "reports": queries.reports_of(case),
        "outcomes": settling.outcomes(case),
        "earlier": queries.earlier_cases(case) if author else [],
        "sanctions": queries.sanctions_of(author) if author else [],
        "notes": queries.notes_of(author) if author else [],
        "suggested": sanctions.suggested(member=author, at=now) if author else None,
        "may_sanction": not is_appeal and permissions.may_sanction(user, author),
        "may_suspend": not is_appeal and permissions.may_suspend(user, author),
    }
    return Response(shapes.OneCase(shown, context={"at": now}).data)


def _taken(taken: Taken) -> Conflict:
    name = taken.by or _("somebody who left")
    if isinstance(taken, cases.InOtherHands):
        return Conflict(_("%(name)s has this case in hand.") % {"name": name}, "in_other_hands")
    return Conflict(_("%(name)s has settled this case already.") % {"name": name}, "settled_before")
