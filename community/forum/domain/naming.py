"""Naming: what the words of a post name, found once, when they are saved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from community.forum.models import Post, Reference
from community.forum.references import Named, find_all
from community.members.models import Member
from community.text.markdown import candidates
from community.text.names import skeleton

# Whoever calls a whole town at once is a nuisance: what is beyond stays text.
MOST_NAMED = 30


@dataclass(frozen=True)
class Naming:
    """What a text names, by what is written there."""

    by_word: dict[str, Named]

    @property
    def names(self) -> dict[str, list[str]]:
        """As community.text.markdown.render takes it."""
        return {word: [named.url, named.title] for word, named in self.by_word.items()}

    @property
    def things(self) -> set[tuple[str, str]]:
        return {(named.kind, named.key) for named in self.by_word.values()}


def names_in(body: str) -> Naming:
    """Everything a body names; at most a query for members and those of the registered kinds."""
    groups = [group for group in candidates(body) if group]  # a lone @ may name nobody
    mentions = [word for group in groups for word in group if word.startswith("@")]
    others = {_bare(word): word for (word, *_) in groups if not word.startswith("@")}
    known = _members(mentions)
    if others:
        known |= {others[bare]: named for bare, named in find_all(others).items()}
    chosen = (next((word for word in group if word in known), "") for group in groups)
    words = [word for word in dict.fromkeys(chosen) if word]
    return Naming({word: known[word] for word in words[:MOST_NAMED]})


def write_references(post: Post, things: Iterable[tuple[str, str]]) -> None:
    """Make the references of a saved post those of its words; twice is the same."""
    wanted = set(things)
    kept = set(post.references.values_list("kind", "key"))
    for kind, key in kept - wanted:
        post.references.filter(kind=kind, key=key).delete()
    Reference.objects.bulk_create(
        [Reference(post=post, kind=kind, key=key) for kind, key in sorted(wanted - kept)],
        ignore_conflicts=True,
    )


def _bare(word: str) -> str:
    return word.strip("[]").strip() if word.startswith("[[") else word


def _members(mentions: Sequence[str]) -> dict[str, Named]:
    """Display names that look like what is written, and login names."""
    if not mentions:
        return {}
    spelled = {mention: skeleton(mention[1:]) for mention in mentions}
    found = Member.objects.filter(is_active=True).filter(
        Q(name_skeleton__in={look for look in spelled.values() if look})
        | Q(username__in={mention[1:].lower() for mention in mentions})
    )
    by_word: dict[str, Member] = {}
    for member in found:
        by_word.setdefault(member.username, member)
        by_word[f"look {member.name_skeleton}"] = member
    named = {}
    for mention in mentions:
        # A name that is shown goes before a login name nobody sees.
        member = by_word.get(f"look {spelled[mention]}") or by_word.get(mention[1:].lower())
        if member:
            named[mention] = _as_named(member)
    return named


def _as_named(member: Member) -> Named:
    return Named(
        kind="member",
        key=member.username,
        title=str(member),
        url=reverse("members:profile", args=[member.username]),
    )
