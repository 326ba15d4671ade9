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
from community.text.whole import number

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
    """A page. `older` leads to the next one; `is_cut_short`: there may be more further back.

    `further` is where the newest-first order goes on when the best have all been shown.
    """

    results: Sequence[Result]
    older: str = ""
    is_cut_short: bool = False
    further: str = ""


def page_of(meaning: Meaning, boards: Sequence[int], at: datetime, after: str = "") -> Results:
    """One page of what a question finds on these boards; `after` is the key of the last one."""
    if meaning.is_empty:
        return Results(results=[])
    wanted = Wanted(terms=meaning.terms, boards=boards, since=meaning.since, before=meaning.before)
    if meaning.order == NEWEST:
        return _newest(meaning, wanted, after)
    return _best(meaning, wanted, at, after)


def _newest(meaning: Meaning, wanted: Wanted, after: str) -> Results:
    found = finding.newest(wanted, enough=A_PAGE + 1, before=number(after) or 0)
    shown = _shown([post for _entry, post in found.hits[:A_PAGE]], meaning)
    if len(found.hits) > A_PAGE:
        return Results(results=shown, older=str(found.hits[A_PAGE - 1][0]))
    looked_to = found.looked_to
    return Results(results=shown, older=str(looked_to or ""), is_cut_short=bool(looked_to))


def _best(meaning: Meaning, wanted: Wanted, at: datetime, after: str) -> Results:
    in_title = pairs.query(meaning.text, mark=facets.IN_TITLE)
    patience_s, span = finding.PATIENCE_S / 2, finding.span_of(wanted)
    found = finding.newest(wanted, enough=IN_ALL, patience_s=patience_s, span=span)
    entries = {entry for entry, _post in found.hits}
    if len(entries) >= IN_ALL or found.looked_to:
        titled = replace(wanted, terms=f"{wanted.terms} & {in_title}")
        entries.update(
            finding.at_one_look(titled, enough=IN_TITLES, patience_s=patience_s, span=span)
        )
    ranked = finding.ranked(sorted(entries), meaning.words, at)
    start = 1 + next((n for n, row in enumerate(ranked) if str(row[1]) == after), -1)
    shown = ranked[start : start + A_PAGE]
    results = _shown([post for post, _entry, _rank in shown], meaning)
    if len(ranked) > start + A_PAGE:
        return Results(results=results, older=str(shown[-1][1]))
    further = found.looked_to or (found.hits[-1][0] if len(found.hits) >= IN_ALL else 0)
    return Results(results=results, is_cut_short=bool(further), further=str(further or ""))


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
