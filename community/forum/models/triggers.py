"""What the database notes by itself, whoever writes: which posts search has to read again."""

import pgtrigger

post_to_index = pgtrigger.Trigger(
    name="post_to_index",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("body", "topic_id", "author_id"),  # type: ignore[no-untyped-call]
    func="INSERT INTO forum_searchdue (post_id) VALUES (NEW.id); RETURN NULL;",
)

_ALL_POSTS = """
    INSERT INTO forum_searchdue (post_id)
    SELECT id FROM forum_post WHERE topic_id = {topic};
    RETURN NULL;
"""

topic_to_index = pgtrigger.Trigger(
    name="topic_to_index",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.AnyChange("title", "board", "kind", "build", "device"),
    func=_ALL_POSTS.format(topic="NEW.id"),
)

tags_to_index = pgtrigger.Trigger(
    name="tags_to_index",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Delete,
    func=_ALL_POSTS.format(topic="coalesce(NEW.topic_id, OLD.topic_id)"),
)
