"""What notices may still say of the posts they are about."""

from collections.abc import Mapping, Sequence

from community.forum.models import Post, Topic
from community.notices.models import Notice
from community.text.markdown import excerpt

EXCERPT_COLUMNS = 160
# What stands for a title one may not read any more, in any language.
UNSEEN = "…"


def words_of(post: Post) -> dict[str, str]:
    """What a notice says of a post; `post` finds it again."""
    topic = post.topic
    return {
        "post": str(post.pk),
        "title": topic.title,
        "place": topic.board.name,
        "place_zh": topic.board.name_zh,
        "excerpt": excerpt(post.body, EXCERPT_COLUMNS) if post.is_visible else "",
    }


def words_now(notices: Sequence[Notice]) -> Mapping[int, Mapping[str, str]]:
    """What the posts say now to the member who was told of them; one query.

    What was edited is quoted as it is now, what is out of sight not at all; of a topic out of
    reach not even the title is said. Notices that do not know their post quote nothing.
    """
    ids = {notice.words["post"] for notice in notices if "post" in notice.words}
    readable = Topic.objects.readable_by(notices[0].member)
    posts = Post.objects.filter(pk__in=ids, topic__in=readable).select_related("topic__board")
    found = {str(post.pk): post for post in posts.defer("html", "names")} if ids else {}
    return {notice.pk: _words(notice.words, found) for notice in notices}


def _words(told: Mapping[str, str], found: Mapping[str, Post]) -> Mapping[str, str]:
    if "post" not in told:
        return {"excerpt": ""}
    if post := found.get(told["post"]):
        is_quoted_anew = bool(told.get("excerpt")) and (post.edited_at or not post.is_visible)
        return words_of(post) if is_quoted_anew else {"title": post.topic.title}
    return {"title": UNSEEN, "excerpt": "", "place": "", "place_zh": ""}
