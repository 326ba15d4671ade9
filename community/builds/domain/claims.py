"""Claims: a member says "that is me", a manager decides."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from community.builds.domain.refusals import Invalid, Taken, said_as
from community.builds.models import Engineer, EngineerClaim
from community.members.models import Member

State = EngineerClaim.State


@transaction.atomic
def claim(*, engineer: Engineer, member: Member, evidence: str, at: datetime) -> EngineerClaim:
    """Say "that is me"; asked twice it is the same claim.

    Raises Taken when the engineer is somebody already, or the member another engineer.
    """
    row = Engineer.objects.select_for_update().get(pk=engineer.pk)
    if row.member_id or row.merged_into_id:
        raise Taken(_("%(engineer)s is a member already.") % {"engineer": row})
    if Engineer.objects.filter(member=member).exists():
        raise Taken(_("You are an engineer here already."))
    # The row above is locked, and one claim of a member may wait (engineerclaim_one_waiting).
    made, _is_new = EngineerClaim.objects.get_or_create(
        engineer=row,
        member=member,
        state=State.WAITING,
        defaults={"evidence": evidence.strip(), "created_at": at},
    )
    return made


@transaction.atomic
def decide(*, claim_id: int, is_accepted: bool, by: Member, at: datetime) -> bool:
    """Accept or refuse a claim; accepting one refuses the others on the same engineer.

    Raises Invalid (no such claim), Taken (the engineer or the member is somebody meanwhile).
    """
    waiting = EngineerClaim.objects.select_for_update(of=("self",)).filter(pk=claim_id).first()
    if waiting is None:
        raise Invalid("claim", _("This claim does not exist any more."))
    if waiting.state != State.WAITING:
        return False
    if is_accepted:
        _link(waiting)
        others = EngineerClaim.objects.filter(engineer=waiting.engineer_id, state=State.WAITING)
        others.exclude(pk=claim_id).update(state=State.REFUSED, decided_at=at, decided_by=by)
    EngineerClaim.objects.filter(pk=claim_id).update(
        state=State.ACCEPTED if is_accepted else State.REFUSED, decided_at=at, decided_by=by
    )
    return True


def _link(accepted: EngineerClaim) -> None:
    taken = Taken(_("%(member)s is another engineer already.") % {"member": accepted.member})
    free = Engineer.objects.filter(pk=accepted.engineer_id, member=None, merged_into=None)
    with said_as({"builds_engineer_member_id_key": taken}), transaction.atomic():
        if not free.update(member=accepted.member):
            raise Taken(_("%(engineer)s is a member already.") % {"engineer": accepted.engineer})


def let_go(*, engineer: Engineer) -> bool:
    """Part an engineer from their account; the credits stay."""
    linked = Engineer.objects.filter(pk=engineer.pk).exclude(member=None)
    return bool(linked.update(member=None))
