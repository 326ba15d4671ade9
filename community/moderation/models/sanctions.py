"""What follows for a member: warnings, silence, suspension; and what staff note of them."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.moderation.models.cases import Case

# What may be said of a sanction later; all else stays as it was given.
_LATER = (
    "lifted_at lifted_by_id appeal appealed_at appeal_outcome appeal_answer appeal_settled_by_id"
)
_SAME = " - ".join(["to_jsonb({row})", *(f"'{column}'" for column in _LATER.split())])


class Sanction(models.Model):
    """A step of the ladder a member was put on: told why, until when, and heard once (处罚)."""

    class Step(models.TextChoices):
        WARNING = "warning", _("warning")
        SILENCE = "silence", _("silence")
        SUSPENSION = "suspension", _("suspension")

    class AppealOutcome(models.TextChoices):
        UPHELD = "upheld", _("it stands")
        LIFTED = "lifted", _("it is lifted")

    member = models.ForeignKey(Member, models.PROTECT, related_name="sanctions")
    step = models.CharField(max_length=10, choices=Step.choices)
    reason = models.CharField(_("reason"), max_length=500)
    given_at = models.DateTimeField()
    # Null for a warning, which has no end.
    until = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="sanctions_given")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="sanctions")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="sanctions_lifted"
    )
    appeal = models.CharField(_("your appeal"), max_length=1000, blank=True, default="")
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal_outcome = models.CharField(
        max_length=8, choices=AppealOutcome.choices, blank=True, default=""
    )
    appeal_answer = models.CharField(max_length=500, blank=True, default="")
    appeal_settled_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="appeals_settled"
    )
    # Known again when it is sent twice.
    submission_key = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "by", "submission_key"],
                condition=Q(submission_key__isnull=False),
                name="sanction_given_once",
            ),
            models.CheckConstraint(
                condition=Q(step="warning", until=None)
                | (~Q(step="warning") & Q(until__gt=F("given_at"))),
                name="sanction_lasts_unless_warning",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="sanction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(appeal="", appealed_at=None)
                | (~Q(appeal="") & Q(appealed_at__isnull=False)),
                name="sanction_appealed_in_words",
            ),
            models.CheckConstraint(
                condition=Q(appeal_settled_by=None) | ~Q(appeal_settled_by=F("by")),
                name="sanction_appeal_settled_by_another",
            ),
            models.CheckConstraint(
                condition=Q(appeal_outcome="") | ~Q(appeal=""),
                name="sanction_no_outcome_without_appeal",
            ),
        ]
        indexes = [
            # A member's ladder, newest first.
            models.Index(fields=["member", "-given_at"], name="sanction_by_member"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="sanction_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF TG_OP = 'UPDATE' AND {_SAME.format(row="OLD")} = {_SAME.format(row="NEW")}
                       AND (OLD.appeal = '' OR NEW.appeal = OLD.appeal)
                       AND (OLD.lifted_at IS NULL OR NEW.lifted_at = OLD.lifted_at) THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'a sanction stays as it was given'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'sanction_stands';
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.get_step_display()


class Note(models.Model):
    """What staff tell each other about a member; rows are added, never changed (备注)."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="staff_notes")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    words = models.CharField(_("note"), max_length=1000)
    created_at = models.DateTimeField()
    # Known again when it is sent twice.
    submission_key = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "by", "submission_key"],
                condition=Q(submission_key__isnull=False),
                name="note_written_once",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="note_has_words"),
        ]
        triggers = [
            pgtrigger.Protect(name="note_stands", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.words
