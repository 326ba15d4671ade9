"""A page of results: posts found and marked, in the order asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.safestring import SafeString

from community.forum.models import Post
from community.forum.search import facets, finding
from community.forum.search.finding import Wanted
from community.forum.search.meaning import NEWEST, Meaning
from community.text import pairs
from community.text.marking import excerpt, marked, plain

A_PAGE = 20
EXCERPT_COLUMNS = 200
# Of how many the best are shown: the newest with the words in their title, and the newest.
IN_TITLES, IN_ALL = 100, 200


@dataclass(frozen=True, kw_only=True)
class Result:
    """A post that was found: its topic's title and an excerpt with marks, both safe HTML."""

    post: Post
    title: SafeString
    excerpt: SafeString


@dataclass(frozen=True, kw_only=True)
class Results:
    """A page. `older` leads to the next one; `is_cut_short`: there may be more further back."""

    results: Sequence[Result]
    older: str = ""
    is_cut_short: bool = False


def page_of(meaning: Meaning, boards: Sequence[int], at: datetime, after: str = "") -> Results:
    """One page of what a question finds on these boards; `after` is the key of the last one."""
    if meaning.is_empty:
        return Results(results=[])
    wanted = Wanted(terms=meaning.terms, boards=boards, since=meaning.since, before=meaning.before)
    page = _newest if meaning.order == NEWEST else _best
    posts, older, is_cut_short = page(meaning, wanted, at, after)
    return Results(results=_shown(posts, meaning), older=older, is_cut_short=is_cut_short)


def _newest(
    _meaning: Meaning, wanted: Wanted, _at: datetime, after: str
) -> tuple[list[int], str, bool]:
    before = int(after) if after.isdecimal() and len(after) < 19 else 0  # noqa: PLR2004 - a bigint
    found = finding.newest(wanted, enough=A_PAGE + 1, before=before)
    posts = [post for _entry, post in found.hits[:A_PAGE]]
    if len(found.hits) > A_PAGE:
        return posts, str(found.hits[A_PAGE - 1][0]), False
    return posts, str(found.looked_to or ""), bool(found.looked_to)


def _best(
    meaning: Meaning, wanted: Wanted, at: datetime, after: str
) -> tuple[list[int], str, bool]:
    in_title = pairs.query(meaning.text, mark=facets.IN_TITLE)
    found = finding.newest(wanted, enough=IN_ALL, patience_s=finding.PATIENCE_S / 2)
    entries = {entry for entry, _post in found.hits}
    if len(entries) >= IN_ALL or found.looked_to:
        titled = replace(wanted, terms=f"{wanted.terms} & {in_title}")
        titles = finding.newest(titled, enough=IN_TITLES, patience_s=finding.PATIENCE_S / 2)
        entries |= {entry for entry, _post in titles.hits}
    ranked = finding.ranked(sorted(entries), meaning.words, at)
    start = 1 + next((n for n, row in enumerate(ranked) if str(row[1]) == after), -1)
    shown = ranked[start : start + A_PAGE]
    older = str(shown[-1][1]) if len(ranked) > start + A_PAGE else ""
    return [post for post, _entry, _rank in shown], older, bool(found.looked_to and not older)


def _shown(pks: Sequence[int], meaning: Meaning) -> list[Result]:
    posts = Post.objects.select_related("author", "topic__board").in_bulk(pks)
    return [
        Result(
            post=post,
            title=marked(post.topic.title, meaning.needles),
            excerpt=excerpt(plain(post.rendered), meaning.needles, EXCERPT_COLUMNS),
        )
        for pk in pks
        if (post := posts.get(pk))
    ]
