"""What pages ask about members."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from community.members.models import ApiToken, Audience, Device, Member, Relation
from community.members.prepared import Listing
from community.text.fold import fold
from community.text.pairs import as_lexeme
from community.text.whole import number

User = Member | AnonymousUser

MEMBERS_A_PAGE = 40
# OFFSET 0 keeps the name on its index: most words name nobody, and without it the planner walks
# all members in pinyin order until it knows.
_NAMED = "id IN (SELECT id FROM members_member WHERE name_keys @@ %s::tsquery OFFSET 0)"
_SILENT = (Relation.Kind.IGNORES, Relation.Kind.BLOCKS)
# Whom the member $1 does not want to hear.
UNHEARD = (
    "SELECT other_id FROM members_relation WHERE member_id = $1 AND kind IN ('ignores', 'blocks')"
)
_UNHEARD = Listing("members_unheard", UNHEARD)


def devices_of(member: Member) -> QuerySet[Device]:
    """The main device first, then as they were added."""
    return member.devices.order_by("-is_main", "added_at", "pk")


def tokens_of(member: Member, at: datetime) -> QuerySet[ApiToken]:
    """The tokens that still work, newest first."""
    return member.api_tokens.filter(expires_at__gt=at).order_by("-created_at", "-pk")


def named_like(prefix: str) -> QuerySet[Member]:
    """Active members whose name, login name, pinyin or initials begin so, in pinyin order."""
    members: QuerySet[Member] = Member.objects.filter(is_active=True).by_pinyin()
    begun = fold(prefix.replace("\0", "")).strip().removeprefix("@")
    if not begun:
        return members.none()
    asked = [f"{as_lexeme(begun)}:*"]
    return members.extra(where=[_NAMED], params=asked)  # noqa: S610 - our own words


# --- relations --------------------------------------------------------------------------------
def unheard_by(user: User) -> frozenset[int]:
    """Ids of those whom the reader ignores or blocks: their posts are folded. One query."""
    if not user.is_authenticated:
        return frozenset()
    return frozenset([other for (other,) in _UNHEARD.rows(user.pk)])


def deaf_to(member_id: int) -> frozenset[int]:
    """Ids of those who ignore or block a member: nothing tells them of what the member wrote."""
    deaf = Relation.objects.filter(other=member_id, kind__in=_SILENT)
    return frozenset(deaf.values_list("member", flat=True))


def is_blocked(member: Member, other: Member) -> bool:
    """Whether either blocks the other."""
    pair = (member.pk, other.pk)
    blocks = Relation.objects.filter(kind=Relation.Kind.BLOCKS, member__in=pair, other__in=pair)
    return blocks.exists()


def stance(user: User, other: Member) -> str:
    """What the reader's own relation to somebody is; "" when there is none."""
    if not user.is_authenticated:
        return ""
    own = Relation.objects.filter(member=user.pk, other=other)
    return own.values_list("kind", flat=True).first() or ""


def relations_of(member: Member, kind: str = "") -> QuerySet[Relation]:
    """Whom a member follows, ignores or blocks, the latest first."""
    own = Relation.objects.filter(member=member).select_related("other").order_by("-pk")
    return own.filter(kind=kind) if kind else own


@dataclass(frozen=True, kw_only=True)
class RelationList:
    """One page of a member's relations; `older` is the cursor of the next one, "" on the last."""

    relations: Collection[Relation]
    older: str


def page_of_relations(member: Member, kind: str, before: str = "") -> RelationList:
    """The relations of one kind, the latest first, before a cursor."""
    rows = relations_of(member, kind)
    if cursor := number(before):
        rows = rows.filter(pk__lt=cursor)
    found = list(rows[: MEMBERS_A_PAGE + 1])
    shown = found[:MEMBERS_A_PAGE]
    older = str(shown[-1].pk) if len(found) > MEMBERS_A_PAGE else ""
    return RelationList(relations=shown, older=older)


# --- the list of members ----------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class MemberList:
    """One page of members by pinyin; `later` is the cursor of the next one, "" on the last."""

    members: Collection[Member]
    later: str


def listed_members(
    user: User, *, initial: str = "", region: str = "", after: str = ""
) -> MemberList:
    """Members by pinyin after a cursor (an unknown one: the first), by initial or by region.

    A region finds those who show it to this reader. No page costs more than the first.
    """
    rows = Member.objects.filter(is_active=True)
    if initial:
        letter = initial[0].lower()
        rows = rows.filter(name_sort_key__gte=letter, name_sort_key__lt=chr(ord(letter) + 1))
    if region:
        audiences = [Audience.EVERYBODY]
        audiences += [Audience.MEMBERS] if user.is_authenticated else []
        rows = rows.filter(region=region, region_seen_by__in=audiences)
    key, _, told = after.rpartition("~")
    if pk := number(told):
        rows = rows.filter(Q(name_sort_key__gt=key) | Q(name_sort_key=key, pk__gt=pk))
    found = list(rows.by_pinyin()[: MEMBERS_A_PAGE + 1])
    shown = found[:MEMBERS_A_PAGE]
    more = len(found) > MEMBERS_A_PAGE
    later = f"{shown[-1].name_sort_key}~{shown[-1].pk}" if more else ""
    return MemberList(members=shown, later=later)
