"""Tags of topics: chosen by who opens one, made when nobody had them yet."""

import unicodedata
from collections.abc import Iterable

from community.forum import known
from community.forum.domain.counting import recount_tags
from community.forum.models import Tag, Topic
from community.text.fold import fold
from community.text.pinyin import initials, spelled
from community.text.width import columns

MOST_TAGS = 5
MOST_TAG_COLUMNS = 20
_SIGNS = "-_.+#&'·× "


class BadTag(ValueError):
    """Not a tag: too long, without a letter, or with a sign that no tag has; `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def clean_tags(names: Iterable[str]) -> list[str]:
    """Tags as they are kept, each once, at most MOST_TAGS; raises BadTag."""
    cleaned = {fold(name): name for name in map(clean_tag, names)}
    return list(cleaned.values())[:MOST_TAGS]


def clean_tag(name: str) -> str:
    """One tag as it is kept: NFKC, single spaces, 1 to 20 columns; raises BadTag."""
    tag = " ".join(unicodedata.normalize("NFKC", name).split()).strip("#").strip()
    letters = [character for character in tag if unicodedata.category(character)[0] in "LN"]
    strange = [c for c in tag if unicodedata.category(c)[0] not in "LNM" and c not in _SIGNS]
    if not letters or strange or columns(tag) > MOST_TAG_COLUMNS:
        raise BadTag(name)
    return tag


def tag_topic(*, topic: Topic, names: Iterable[str]) -> list[Tag]:
    """Let these be the tags of a topic, whatever it had; raises BadTag."""
    tags = _ensured(clean_tags(names))
    before = set(topic.tags.values_list("pk", flat=True))
    if before == {tag.pk for tag in tags}:
        return tags
    topic.tags.set(tags)
    recount_tags(before | {tag.pk for tag in tags})
    return tags


def _ensured(names: list[str]) -> list[Tag]:
    if not names:
        return []
    sorts = {fold(word): sort for sort, word in known.tag_words()}
    by_fold = {fold(name): name for name in names}
    new = [
        Tag(
            name=name,
            folded=folded,
            sort=sorts.get(folded, Tag.Sort.FREE),
            spelled=f"{spelled(name)} {initials(name)}"[:120],
        )
        for folded, name in by_fold.items()
    ]
    # Two topics may bring the same new tag at once: one of them makes it.
    Tag.objects.bulk_create(sorted(new, key=lambda tag: tag.folded), ignore_conflicts=True)
    return list(Tag.objects.filter(folded__in=by_fold))
