"""Topics that a new title may repeat: those of the same build and device come first."""

from collections.abc import Sequence

from community.forum.models import Post, Topic
from community.forum.search import facets, finding
from community.forum.search.finding import Wanted
from community.text import pairs
from community.text.width import columns

MIN_COLUMNS = 4
SHOWN, LOOKED_AT = 5, 60
# How much of the new title an old one has to share.
ENOUGH = 0.4


def similar_topics(
    title: str, boards: Sequence[int], *, build: str = "", device: str = ""
) -> list[Topic]:
    """At most SHOWN topics on these boards whose titles share words with this one."""
    asked = pairs.units_of(title)
    if columns(title) < MIN_COLUMNS or not asked:
        return []
    words = f"({pairs.any_of(title, mark=facets.IN_TITLE)})"
    same = [f"'{facet}'" for facet in _same(build, device)]
    found = [Wanted(terms=" & ".join([words, *same]), boards=boards)] if same else []
    posts: dict[int, None] = {}
    for wanted in (*found, Wanted(terms=words, boards=boards)):
        hits = finding.newest(wanted, enough=LOOKED_AT, patience_s=finding.PATIENCE_S / 2).hits
        posts |= dict.fromkeys(post for _entry, post in hits)
    first = Post.objects.filter(pk__in=posts).select_related("topic__board")
    scored = [(_likeness(post.topic, asked, build, device), post.topic) for post in first]
    enough = [pair for pair in scored if pair[0][1] >= ENOUGH]
    enough.sort(key=lambda pair: (pair[0], pair[1].pk), reverse=True)
    return [topic for _score, topic in enough[:SHOWN]]


def _same(build: str, device: str) -> list[str]:
    named = ((build, facets.of_build), (device, facets.of_device))
    return [facet_of(name) for name, facet_of in named if any(map(str.isalnum, name))]


def _likeness(topic: Topic, asked: frozenset[str], build: str, device: str) -> tuple[int, float]:
    """How many of build and device are the same, and the share of the title that is."""
    same = bool(build) and build == topic.build, bool(device) and device == topic.device
    return sum(same), len(asked & pairs.units_of(topic.title)) / len(asked)
