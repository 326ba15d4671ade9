"""Messages as they are reported: admins alone read one, and that they did is in the log."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.conversations import queries
from community.conversations.models import Message
from community.members.permissions import User, is_member
from community.moderation.acts import Act
from community.moderation.subjects import Look, Subject

KIND = "message"
READ = Act(name="message.read", label=gettext_lazy("read a reported message"), is_look=True)


def _looks(ids: Collection[int]) -> Mapping[int, Look]:
    """Where it can be read; the words are not in the queue, so that who reads them is known."""
    title = _("Private message")
    return {
        message.pk: Look(
            title=title,
            url=(url := reverse("conversations:reported", args=[message.pk])),
            html=format_html('<a href="{}">{}</a>', url, _("Read it: that is written down.")),
            author=message.author,
        )
        for message in Message.objects.filter(pk__in=ids).select_related("author")
    }


def _may_report(user: User, pk: int) -> bool:
    """What one may read, but did not write."""
    message = Message.objects.filter(pk=pk).first()
    if message is None or not is_member(user) or message.author_id == user.pk:
        return False
    own = queries.own(user).filter(conversation=message.conversation_id).first()  # type: ignore[arg-type]  # asked of members alone
    return own is not None and message.pk > own.sees_after


MESSAGES = Subject(
    kind=KIND, label=gettext_lazy("private message"), look=_looks, may_report=_may_report
)
