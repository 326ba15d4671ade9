"""Joining in without writing: reactions, "me too", the best answer, the build that mends a bug."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.forum import permissions
from community.forum.domain import joining, solving
from community.forum.finding import post_or_404, reader, topic_or_404
from community.forum.forms.joining import FixedForm, MeTooForm
from community.forum.models import Reaction
from community.forum.queries import joining as queries
from community.forum.views.writing import require_form_methods


@login_required
@require_form_methods
def reactions(request: HttpRequest, pk: int) -> HttpResponse:
    """Who felt how about a post, and what one feels oneself; `add` or `remove` is a kind."""
    now = timezone.now()
    post, member = post_or_404(request, pk), reader(request)
    may_react = permissions.may_react(member, post, now)
    if request.method == "POST":
        if not may_react:
            raise Http404
        if (kind := request.POST.get("add", "")) in Reaction.Kind:
            joining.react(post=post, member=member, kind=kind, at=now)
        if (kind := request.POST.get("remove", "")) in Reaction.Kind:
            joining.take_reaction_back(post=post, member=member, kind=kind)
        if not request.htmx:  # type: ignore[attr-defined]  # set by the middleware
            return redirect(post)
        post.refresh_from_db(fields=["reaction_counts"])
    context = {
        "post": post,
        "may_react": may_react,
        "kinds": Reaction.Kind.choices,
        "mine": queries.reactions_by(member, post),
    }
    if request.htmx:  # type: ignore[attr-defined]  # set by the middleware
        return render(request, "forum/reaction_choice.html", context)
    context["people"] = queries.people_by_reaction(post)
    return render(request, "forum/reactions.html", context)


@login_required
@require_form_methods
def me_too(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has met a bug too, with what and in which build; or take it back."""
    now = timezone.now()
    topic, member = topic_or_404(request, pk), reader(request)
    if topic.kind != topic.Kind.BUG:
        raise Http404
    mine = topic.me_toos.filter(member=member).first()
    form = MeTooForm(request.POST or None, instance=mine, user=member)
    may_say = permissions.may_say_me_too(member, topic, now)
    if request.method == "POST":
        if not may_say:
            raise Http404
        if "take_back" in request.POST:
            joining.take_me_too_back(topic=topic, member=member)
            return redirect(topic)
        if form.is_valid():
            joining.say_me_too(topic=topic, member=member, at=now, **form.cleaned_data)
            return redirect(topic)
    met = queries.met_in(topic)
    context = {"topic": topic, "form": form, "mine": mine, "may_say": may_say, "met": met}
    return render(request, "forum/me_too.html", context)


@login_required
@require_POST
def choose_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a post be its question's best answer; the best answer again is none."""
    post = post_or_404(request, pk)
    if not permissions.may_choose_answer(request.user, post.topic, timezone.now()):
        raise Http404
    is_best = post.topic.best_answer_id == post.pk
    try:
        solving.choose_answer(topic=post.topic, post=None if is_best else post)
    except solving.NotAnAnswer as error:
        raise Http404 from error
    return redirect(post)


@login_required
@require_form_methods
def say_fixed(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which build mends a bug; none opens it again."""
    topic = topic_or_404(request, pk)
    if not permissions.may_say_fixed(request.user, topic):
        raise Http404
    form: forms.Form = FixedForm(request.POST or None, initial={"build": topic.fixed_in})
    if form.is_valid():
        build = form.cleaned_data["build"]
        solving.say_fixed(topic=topic, build=build, at=timezone.now(), by=reader(request))
        messages.success(request, _("Those who met it will know.") if build else _("Open again."))
        return redirect(topic)
    return render(request, "forum/say_fixed.html", {"topic": topic, "form": form})
