"""What the database notes by itself, whoever writes: which posts search has to read again."""

import pgtrigger

post_to_index = pgtrigger.Trigger(
    name="post_to_index",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("body", "topic_id", "author_id"),
    func="INSERT INTO forum_searchdue (post_id) VALUES (NEW.id); RETURN NULL;",
)

# The third, on the rows between topics and tags, is made by migration 0009.
topic_to_index = pgtrigger.Trigger(
    name="topic_to_index",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.AnyChange("title", "board", "kind", "build", "device"),
    func="""
    INSERT INTO forum_searchdue (post_id)
    SELECT id FROM forum_post WHERE topic_id = NEW.id;
    RETURN NULL;
""",
)
