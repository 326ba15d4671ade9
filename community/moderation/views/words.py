"""Watched words: the list, a word, and a box to try what a text would do."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.moderation import permissions, queries, subjects
from community.moderation.desk import Desk
from community.moderation.domain import words
from community.moderation.domain.judging import judge
from community.moderation.forms import TryForm, WordForm
from community.moderation.models import WatchedWord
from community.moderation.views.finding import at_the_desk, the_member


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def word_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The words with the box to try a text; a POST adds a word."""
    _admins_only(request)
    form = WordForm(request.POST or None, instance=WatchedWord(action=WatchedWord.Action.REVIEW))
    if form.is_valid() and _saved(request, form):
        return redirect("moderation:words")
    tried = TryForm(request.GET if "tried" in request.GET else None)
    context = {
        "words": queries.watched_words(),
        "form": form,
        "try_form": tried,
        "judgement": _judged(tried),
        "board_names": subjects.board_names(),
        "may_edit_words": True,
        "may_read_log": True,
    }
    return render(request, "moderation/words.html", context, status=422 if form.errors else 200)


def _judged(form: TryForm) -> object:
    if not form.is_bound or not form.is_valid():
        return None
    return judge(texts=[form.cleaned_data["tried"]], board=form.cleaned_data["board"])


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def word(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    _admins_only(request)
    shown = get_object_or_404(WatchedWord, pk=pk)
    form = WordForm(request.POST or None, instance=shown)
    if form.is_valid() and _saved(request, form):
        return redirect("moderation:words")
    context = {"form": form, "word": shown, "may_edit_words": True, "may_read_log": True}
    return render(request, "moderation/word.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, form: WordForm) -> bool:
    try:
        words.save_word(word=form.instance, by=the_member(request), at=timezone.now())
    except words.WatchedAlready:
        form.add_error("pattern", _("This word is on the list already."))
        return False
    messages.success(request, _("The list is saved."))
    return True


@require_POST
@at_the_desk
def remove_word(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    _admins_only(request)
    shown = get_object_or_404(WatchedWord, pk=pk)
    words.remove_word(word=shown, by=the_member(request), at=timezone.now())
    return redirect("moderation:words")


def _admins_only(request: HttpRequest) -> None:
    if not permissions.may_edit_words(request.user):
        raise Http404
