"""Pages of private conversations; each finds its conversation through who takes part in it."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.conversations import queries
from community.conversations.domain import refusals, taking_part, talking
from community.conversations.forms import AddForm, BeginForm, EditForm, MessageForm
from community.conversations.models import Message, Participation
from community.conversations.permissions import may_change
from community.conversations.subjects import KIND, READ
from community.conversations.words import sentence
from community.members.models import Member
from community.members.permissions import is_admin, may_write
from community.members.queries import unheard_by
from community.moderation.domain.log import record
from community.notices.domain.reading import read_about
from community.text.whole import number

View = Callable[..., HttpResponse]


def _page(view: View) -> View:
    return login_required(never_cache(require_http_methods(["GET", "HEAD", "POST"])(view)))


def _action(view: View) -> View:
    return login_required(require_POST(view))


def _member(request: HttpRequest) -> Member:
    return cast("Member", request.user)


def _own(request: HttpRequest, pk: int) -> Participation:
    """The reader's part in a conversation; 404 for everybody else, staff too."""
    return get_object_or_404(queries.own(_member(request)), conversation=pk)


def _own_message(request: HttpRequest, pk: int) -> Message:
    """A message of the reader's own, in a conversation they have not left."""
    message = get_object_or_404(Message, pk=pk, author=_member(request))
    _own(request, message.conversation_id)
    return message


@login_required
@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    page = queries.inbox(_member(request), request.GET.get("before", ""))
    return render(request, "conversations/inbox.html", {"inbox": page, "now": timezone.now()})


@_page
def begin(request: HttpRequest) -> HttpResponse:
    now, member = timezone.now(), _member(request)
    form = BeginForm(request.POST or None, initial={"others": request.GET.get("to", "")[:40]})
    is_heard = may_write(member, now)
    if form.is_valid() and is_heard:
        try:
            conversation = talking.begin(author=member, at=now, **form.cleaned_data)
        except refusals.Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            return redirect(conversation)
    context = {"form": form, "may_write": is_heard, "now": now}
    return render(request, "conversations/begin.html", context)


@login_required
@never_cache
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _conversation(request, _own(request, pk), MessageForm())


def _conversation(
    request: HttpRequest, own: Participation, form: MessageForm, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    page = queries.page_of(own, request.GET.get("before", ""))
    context = {
        "conversation": own.conversation,
        "others": queries.others_of(own),
        "page": page,
        "form": form,
        "add_form": AddForm(),
        "changeable": {each.pk for each in page.messages if may_change(request.user, each, now)},
        "unheard": unheard_by(request.user),
        "is_unread": own.read_until < page.last,
        "now": now,
    }
    return render(request, "conversations/detail.html", context, status=status)


@_action
def mark_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The last message that was shown; from the button without script, back to the page."""
    own, until = _own(request, pk), number(request.POST.get("until", ""))
    if until is None:
        return HttpResponseBadRequest()
    taking_part.mark_read(participation=own, until=until)
    about = [f"conversation:{own.conversation_id}"]
    read_about(member=own.member, about=about, at=timezone.now())
    return redirect(own.conversation)


@_action
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    now, own = timezone.now(), _own(request, pk)
    form = MessageForm(request.POST)
    if not may_write(_member(request), now):
        form.add_error(None, _("You cannot write now."))
    if form.is_valid():
        try:
            talking.answer(
                conversation=own.conversation, author=own.member, at=now, **form.cleaned_data
            )
        except refusals.Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            return redirect(own.conversation)
    return _conversation(request, own, form, status=422)


@_action
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    now, own, form = timezone.now(), _own(request, pk), AddForm(request.POST)
    if not form.is_valid():
        messages.warning(request, str(form.errors["others"][0]))
        return redirect(own.conversation)
    for other in form.cleaned_data["others"]:
        try:
            taking_part.add_member(
                conversation=own.conversation, by=_member(request), other=other, at=now
            )
        except refusals.Refused as refused:
            messages.warning(request, sentence(refused))
        else:
            messages.success(request, _("%(name)s takes part from now on.") % {"name": other})
    return redirect(own.conversation)


@_action
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    taking_part.leave(participation=_own(request, pk), at=timezone.now())
    messages.success(request, _("You have left the conversation."))
    return redirect("conversations:inbox")


@_page
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    now, message = timezone.now(), _own_message(request, pk)
    if not may_change(request.user, message, now):
        raise Http404
    form = EditForm(request.POST or None, initial={"body": message.body})
    if form.is_valid():
        body = form.cleaned_data["body"]
        talking.edit(message=message, author=_member(request), body=body, at=now)
        return redirect(message.conversation)
    return render(request, "conversations/edit.html", {"form": form, "message": message})


@_action
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    message = _own_message(request, pk)
    try:
        talking.withdraw(message=message, author=_member(request), at=timezone.now())
    except refusals.TooLate as refused:
        messages.warning(request, sentence(refused))
    return redirect(message.conversation)


@login_required
@never_cache
@require_safe
def reported(request: HttpRequest, pk: int) -> HttpResponse:
    """A reported message and the three before it, for admins; each look is written down."""
    now = timezone.now()
    message = get_object_or_404(Message.objects.select_related("author"), pk=pk)
    if not is_admin(request.user) or not queries.is_reported(message):
        raise Http404
    shown = queries.with_context(message)
    record(
        by=_member(request),
        act=READ.name,
        subject=f"{KIND}:{message.pk}",
        about=sorted({each.author_id for each in shown if each.author_id}),
        at=now,
    )
    context = {"said": shown, "reported": message, "now": now}
    return render(request, "conversations/reported.html", context)
