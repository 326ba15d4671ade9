"""What posts name and this room and the members' know: members and topics, by their addresses."""

import re

from community.forum.models import Topic
from community.forum.references import Named
from community.members.models import Member

_MEMBER = re.compile(r"/members/([^/]+)/")
_TOPIC = re.compile(r"/forum/topics/(\d{1,18})/")


def find_members(words: frozenset[str]) -> dict[str, Named]:
    """Members by the address of their profile."""
    names = {word: match[1].lower() for word in words if (match := _MEMBER.fullmatch(word))}
    if not names:
        return {}
    found = Member.objects.filter(is_active=True, username__in=names.values())
    by_name = {member.username: member for member in found}
    return {
        word: Named(kind="member", key=name, title=str(by_name[name]), url=word)
        for word, name in names.items()
        if name in by_name
    }


def find_topics(words: frozenset[str]) -> dict[str, Named]:
    """Topics by address; those only that everybody may read."""
    ids = {word: int(match[1]) for word in words if (match := _TOPIC.fullmatch(word))}
    if not ids:
        return {}
    found = Topic.objects.readable_by_everybody().in_bulk(list(ids.values()))
    return {
        word: Named(kind="topic", key=str(pk), title=str(found[pk]), url=word)
        for word, pk in ids.items()
        if pk in found
    }
