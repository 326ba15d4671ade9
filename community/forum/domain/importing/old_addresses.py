"""Addresses of the forums that were taken over, and where what they named is now."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs

from django.urls import reverse

from community.forum.models import Board, Imported, ImportRun, Post, Topic
from community.members.models import Member

Named = dict[str, str]  # what the row of the thing is found by

_DISCOURSE, _DISCUZ, _CSV = (
    ImportRun.System.DISCOURSE,
    ImportRun.System.DISCUZ,
    ImportRun.System.CSV,
)
_KIND = Imported.Kind
_PATHS = (
    (_DISCOURSE, _KIND.POST, "alias", r"/t/(?:[^/]+/)?(\d+/\d+)"),
    (_DISCOURSE, _KIND.TOPIC, "old_id", r"/t/(?:[^/]+/)?(\d+)(?:/\d+)?"),
    (_DISCOURSE, _KIND.POST, "old_id", r"/p/(\d+)(?:/\d+)?"),
    (_DISCOURSE, _KIND.MEMBER, "alias", r"/u(?:sers)?/([^/]+)(?:/.*)?"),
    (_DISCOURSE, _KIND.BOARD, "old_id", r"/c/(?:[^/]+/)*(\d+)(?:/.*)?"),
    (_DISCUZ, _KIND.TOPIC, "old_id", r"/(?:.*/)?thread-(\d+)-\d+-\d+\.html"),
    (_DISCUZ, _KIND.BOARD, "old_id", r"/(?:.*/)?forum-(\d+)-\d+\.html"),
    (_DISCUZ, _KIND.MEMBER, "old_id", r"/(?:.*/)?space-uid-(\d+)\.html"),
)
_SYSTEMS = tuple(
    (system, kind, field, re.compile(path + "/?")) for system, kind, field, path in _PATHS
)
# Of forum.php and home.php: what `mod` says, the kind it names, and the parameter with its id.
_QUERIES = (
    ("redirect", _KIND.POST, "pid"),
    ("viewthread", _KIND.TOPIC, "tid"),
    ("redirect", _KIND.TOPIC, "ptid"),
    ("forumdisplay", _KIND.BOARD, "fid"),
    ("space", _KIND.MEMBER, "uid"),
)
_SCRIPT = re.compile(r"/(?:.*/)?(?:forum|home)\.php")
LONGEST = 200


def new_address(path: str, query: str = "") -> str | None:
    """Where the thing is that an old address names; None for an address no forum had here.

    One query, or one for each thing that the address could name.
    """
    if len(path) > LONGEST or len(query) > LONGEST:
        return None
    for named in _named(path, query):
        if thing := Imported.objects.filter(**named).order_by("run").first():
            return _address(thing)
    return None


def _named(path: str, query: str) -> Iterator[Named]:
    for system, kind, field, pattern in _SYSTEMS:
        if match := pattern.fullmatch(path):
            named = match[1].lower() if kind == _KIND.MEMBER else match[1]
            yield {"run__system": system, "kind": kind, field: named}
    if _SCRIPT.fullmatch(path):
        given = {name: values[0] for name, values in parse_qs(query).items()}
        for mod, kind, parameter in _QUERIES:
            if given.get("mod") == mod and given.get(parameter, "").isdecimal():
                yield {"run__system": _DISCUZ, "kind": kind, "old_id": given[parameter]}
    yield {"run__system": _CSV, "alias": f"{path}?{query}" if query else path}


def _address(thing: Imported) -> str | None:
    """Not there any more: None."""
    match thing.kind:
        case _KIND.MEMBER:
            member = Member.objects.filter(pk=thing.new_id).first()
            return reverse("members:profile", args=[member.username]) if member else None
        case _KIND.BOARD:
            board = Board.objects.filter(pk=thing.new_id).first()
            return board.get_absolute_url() if board else None
        case _KIND.TOPIC:
            topic = Topic.objects.filter(pk=thing.new_id).first()
            return topic.get_absolute_url() if topic else None
        case _KIND.POST:
            post = Post.objects.filter(pk=thing.new_id).first()
            return post.get_absolute_url() if post else None
    return None
