"""What people write into the forum."""

from community.forum.forms.posts import EditForm, PostForm, reply_form, short_reply_form
from community.forum.forms.topics import MIN_TITLE_COLUMNS, TopicForm

__all__ = [
    "MIN_TITLE_COLUMNS",
    "EditForm",
    "PostForm",
    "TopicForm",
    "reply_form",
    "short_reply_form",
]
