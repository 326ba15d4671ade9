"""What notices say of wishes: in the reader's language, and of what may still be read."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.notices.models import Notice
from feedback.proposals.models import Proposal

Status = Proposal.Status
# What stands for a title one may not read any more, in any language.
UNSEEN = "…"
SENTENCES: Mapping[str, str | Promise] = {
    Status.OPEN: _("“%(title)s” is open again"),
    Status.UNDER_REVIEW: _("“%(title)s” is under review"),
    Status.ACCEPTED: _("“%(title)s” was accepted"),
    Status.IN_DEVELOPMENT: _("“%(title)s” is being built"),
    Status.DEFERRED: _("“%(title)s” was deferred, and its votes with it"),
    Status.DECLINED: _("“%(title)s” was declined"),
    Status.MERGED: _("“%(title)s” became one with “%(other)s”"),
}
FOR_A_BUILD: Mapping[str, str | Promise] = {
    Status.ACCEPTED: _("“%(title)s” was accepted for %(build)s"),
    Status.IN_DEVELOPMENT: _("“%(title)s” is being built for %(build)s"),
}


def words_now(notices: Sequence[Notice]) -> Mapping[int, Mapping[str, str]]:
    """The titles as they are now and the answers as sentences; one query."""
    ids = {int(n.words[name]) for n in notices for name in ("proposal", "into") if name in n.words}
    readable = Proposal.objects.readable_by(notices[0].member).filter(pk__in=ids)
    titles = {str(pk): title for pk, title in readable.values_list("pk", "title")} if ids else {}
    return {notice.pk: _words(notice.words, titles) for notice in notices}


def _words(told: Mapping[str, str], titles: Mapping[str, str]) -> Mapping[str, str]:
    if "proposal" not in told:
        return {}
    title = titles.get(told["proposal"], UNSEEN)
    words = {"title": title, "other": titles.get(told.get("into", ""), UNSEEN)}
    if title == UNSEEN:
        words["excerpt"] = ""
    if status := told.get("status"):
        by_build = FOR_A_BUILD if told.get("build") else {}
        sentence = by_build.get(status) or SENTENCES[status]
        words["sentence"] = str(sentence) % {**told, **words}
    return words
