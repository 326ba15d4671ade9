"""What posts can be filtered by, as terms of the index beside their words.

A filter is looked up as a word is, so a common word together with a rare filter costs what the
rare filter costs. No word of a text begins with one of these signs.
"""

import re

from community.forum.models import Post, Tag
from community.text import pairs
from community.text.fold import fold
from community.text.marking import plain

IN_TITLE = "^"  # before the words of titles, which stand there a second time
SLICE = 1024  # entries
OPENS_TOPIC = "#1"


def of_author(pk: int) -> str:
    return f"#a{pk}"


def of_board(pk: int) -> str:
    return f"#b{pk}"


def of_kind(kind: str) -> str:
    return f"#k{kind}"


def of_tag(pk: int) -> str:
    return f"#t{pk}"


def of_device(name: str) -> str:
    return f"#d{_plain(name)}"


def of_build(version: str) -> str:
    return f"#v{_plain(version)}"


def of_slice(entry: int) -> str:
    """Neighbours in time; a search goes from slice to slice and stops when it has enough."""
    return f"#s{entry // SLICE}"


def terms_of(post: Post) -> tuple[str, str]:
    """The texts of two tsvectors that follow each other: title and facets, and the words.

    Needs the post's topic and the tags of that.
    """
    return f"{_head(post)} {_facets(post)}", pairs.index_terms(plain(post.rendered))


def _head(post: Post) -> str:
    if post.number > 1:
        return ""
    title = post.topic.title
    in_title = pairs.index_terms(title, mark=IN_TITLE)
    return f"{pairs.index_terms(title, weight='A')} {in_title} '{OPENS_TOPIC}'"


def _facets(post: Post) -> str:
    topic, tags = post.topic, list(post.topic.tags.all())
    facets = [of_board(topic.board_id), of_kind(topic.kind), *(of_tag(tag.pk) for tag in tags)]
    if post.author_id:
        facets.append(of_author(post.author_id))
    if topic.device:
        facets.append(of_device(topic.device))
    builds = [topic.build, *(tag.name for tag in tags if tag.sort == Tag.Sort.BUILD)]
    facets += [of_build(version) for build in builds for version in _versions(build)]
    return " ".join(f"'{facet}'" for facet in dict.fromkeys(facets))


def _versions(build: str) -> list[str]:
    """A build is found by the beginning of its number too: 3.5.7, 3.5, 3."""
    parts = _plain(build).split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1) if parts[0]]


def _plain(name: str) -> str:
    return re.sub(r"[^\w.]+", "", fold(name)).strip(".")
