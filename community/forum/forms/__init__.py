"""What people write into the forum."""

from community.forum.forms.posts import EditForm, PostForm, ShortReply, reply_form
from community.forum.forms.topics import MIN_TITLE_COLUMNS, TopicForm

__all__ = [
    "MIN_TITLE_COLUMNS",
    "EditForm",
    "PostForm",
    "ShortReply",
    "TopicForm",
    "reply_form",
]
