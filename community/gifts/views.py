"""The gift wall: its pages, giving, thanking, taking down."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.builds.models import Engineer, Product
from community.gifts import permissions, queries
from community.gifts.domain import giving, moderating
from community.gifts.forms import GiveForm, ThankForm
from community.gifts.models import Gift
from community.gifts.words import sentence
from community.media.domain import pictures
from community.members.models import Member
from community.moderation.domain.judging import TextRefused


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """Every gift, or those ?engineer= or ?team= was given."""
    engineer, team = _chosen(request)
    page = queries.page_of(
        queries.wall(engineer=engineer, product=team), request.GET.get("before", "")
    )
    teams, engineers = queries.receivers_on_the_wall()
    context = {
        "page": page,
        "engineer": engineer,
        "team": team,
        "teams": teams,
        "engineers": engineers,
    }
    return render(request, "gifts/wall.html", context)


def _chosen(request: HttpRequest) -> tuple[Engineer | None, Product | None]:
    engineer, team = (request.GET.get(name, "")[:80] for name in ("engineer", "team"))
    return (
        get_object_or_404(Engineer.objects.shown(), slug=engineer) if engineer else None,
        get_object_or_404(Product, slug=team) if team else None,
    )


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    gift = _gift_or_404(request, pk)
    may_thank = permissions.may_thank(request.user, gift)
    context = {
        "gift": gift,
        "may_withdraw": permissions.may_withdraw(request.user, gift),
        "may_hide": permissions.may_hide(request.user),
        "may_report": gift.is_visible and gift.member_id != request.user.pk,
        "thank_form": ThankForm() if may_thank else None,
    }
    return render(request, "gifts/detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    may_give = permissions.may_give(request.user, timezone.now())
    form = GiveForm(
        request.POST or None,
        request.FILES or None,
        initial={"receiver": request.GET.get("receiver", "")},
    )
    if form.is_bound and not may_give:
        form.add_error(None, _("You cannot give anything here now."))
    if form.is_valid() and (gift := _given(request, form)):
        if gift.held_at:
            messages.info(request, _("A moderator looks at your gift before everybody sees it."))
        else:
            messages.success(request, _("Your gift is on the wall."))
        return redirect(gift)
    context = {"form": form, "may_give": may_give}
    return render(request, "gifts/give.html", context, status=422 if form.is_bound else 200)


def _given(request: HttpRequest, form: GiveForm) -> Gift | None:
    now, member, sent = timezone.now(), cast("Member", request.user), dict(form.cleaned_data)
    try:
        picture = pictures.keep(file=sent.pop("photograph"), member=member, at=now)
        return giving.give(member=member, picture=picture, at=now, **sent)
    except pictures.PictureRefused as refused:
        form.add_error("photograph", str(refused))
    except TextRefused as refused:
        form.add_error("words", sentence(refused))
    except giving.GiftRefused as refused:
        form.add_error(None, sentence(refused))
    return None


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own gift down."""
    gift = _gift_or_404(request, pk)
    if not permissions.may_withdraw(request.user, gift):
        raise Http404
    giving.withdraw(gift=gift, at=timezone.now())
    messages.success(request, _("Your gift is off the wall."))
    return redirect("gifts:wall")


@login_required
@require_POST
def thank(request: HttpRequest, pk: int) -> HttpResponse:
    gift = _gift_or_404(request, pk)
    if not permissions.may_thank(request.user, gift):
        raise Http404
    form = ThankForm(request.POST)
    if form.is_valid():
        try:
            giving.thank(gift=gift, words=form.cleaned_data["words"], at=timezone.now())
        except TextRefused as refused:
            messages.warning(request, sentence(refused))
    return redirect(gift)


@login_required
@require_POST
def set_hidden(request: HttpRequest, pk: int) -> HttpResponse:
    """Staff take a gift off the wall (``is_hidden=1``), or put it back."""
    gift = _gift_or_404(request, pk)
    if not permissions.may_hide(request.user):
        raise Http404
    by, now = cast("Member", request.user), timezone.now()
    if request.POST.get("is_hidden") == "1":
        moderating.hide(gift=gift, by=by, reason="", at=now)
    else:
        moderating.show(gift=gift, by=by, at=now)
    return redirect(gift)


def _gift_or_404(request: HttpRequest, pk: int) -> Gift:
    gift = get_object_or_404(Gift.objects.with_people(), pk=pk)
    if not permissions.may_see(request.user, gift):
        raise Http404
    return gift
