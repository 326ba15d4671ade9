"""Engineers: the list, what one of them built, thanks, claims, opting out."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.builds import panels, permissions, queries
from community.builds.domain import claims, engineers
from community.builds.domain.refusals import Refused
from community.builds.forms.engineers import ClaimForm, NameForm, ThankForm
from community.builds.models import Build, Engineer, EngineerClaim, Thanks
from community.builds.views.member import the_member

PAGE = 60
CREDITS = 50


@require_safe
def engineer_list(request: HttpRequest) -> HttpResponse:
    """Engineers by pinyin; ``?q=`` finds names, handles and pinyin."""
    search = request.GET.get("q", "")[:80]
    pages = Paginator(queries.engineers(search=search), PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "builds/engineer_list.html", {"page": page, "search": search})


@require_safe
def engineer_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What an engineer built, newest build first; a merged name leads to who it is."""
    engineer = _engineer_or_404(request, slug)
    if engineer.merged_into:
        return redirect("builds:engineer", engineer.merged_into.slug)
    signed = queries.credits_of(engineer)
    page = Paginator(signed, CREDITS).get_page(request.GET.get("page"))
    latest = page.object_list[0].feature.build if page.number == 1 and page.object_list else None
    context = {
        "engineer": engineer,
        "page": page,
        "latest": latest,
        "areas": queries.areas_of(engineer),
        "build_count": signed.order_by().values("feature__build").distinct().count(),
        "thanks_count": engineer.thanks.count(),
        "after": panels.of_engineer("engineer.after", request, engineer),
        **_rights(request, engineer, latest),
    }
    return render(request, "builds/engineer.html", context)


def _rights(request: HttpRequest, engineer: Engineer, latest: Build | None) -> dict[str, object]:
    user = request.user
    can_claim = permissions.can_claim(user, engineer)
    return {
        "can_claim": can_claim,
        "can_hide": permissions.can_hide_engineer(user, engineer),
        "can_thank": latest is not None and permissions.can_thank(user, engineer),
        "has_thanked": user.is_authenticated
        and Thanks.objects.filter(engineer=engineer, member=user.pk, build=latest).exists(),
        "has_claimed": can_claim
        and EngineerClaim.objects.filter(
            engineer=engineer, member=user.pk, state=EngineerClaim.State.WAITING
        ).exists(),
    }


def _engineer_or_404(request: HttpRequest, slug: str) -> Engineer:
    found = Engineer.objects.select_related("member", "merged_into").filter(slug=slug).first()
    if found is None or not permissions.can_see_engineer(request.user, found):
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """“That is me”."""
    engineer = _engineer_or_404(request, slug)
    if not permissions.can_claim(request.user, engineer):
        raise Http404
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claims.claim(
                engineer=engineer,
                member=the_member(request),
                evidence=form.cleaned_data["evidence"],
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("A manager will look at it soon."))
            return redirect("builds:engineer", engineer.slug)
    return render(request, "builds/claim.html", {"engineer": engineer, "form": form})


@login_required
@require_POST
def thank(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank an engineer for a build, or take it back (``take_back``)."""
    engineer = _engineer_or_404(request, slug)
    form = ThankForm(request.POST)
    if not form.is_valid() or not permissions.can_thank(request.user, engineer):
        raise Http404
    build = get_object_or_404(Build.objects.public(), slug=form.cleaned_data["build"])
    member = the_member(request)
    try:
        if "take_back" in request.POST:
            engineers.take_back_thanks(engineer=engineer, member=member, build=build)
        else:
            engineers.thank(engineer=engineer, member=member, build=build, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("builds:engineer", engineer.slug)


@login_required
@require_POST
def set_hidden(request: HttpRequest, slug: str) -> HttpResponse:
    """Opt out of having a page (``is_hidden=1``), or come back."""
    engineer = _engineer_or_404(request, slug)
    if not permissions.can_hide_engineer(request.user, engineer):
        raise Http404
    act: Callable[..., bool] = engineers.show
    if request.POST.get("is_hidden") == "1":
        act = engineers.hide
        messages.success(request, _("The page is hidden. Every credit stays where it was signed."))
    act(engineer=engineer)
    return redirect("builds:engineer", engineer.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The name shown, by the engineer."""
    engineer = _engineer_or_404(request, slug)
    if not permissions.can_hide_engineer(request.user, engineer):
        raise Http404
    form = NameForm(request.POST or None, initial={"name": engineer.name})
    if request.method == "POST" and form.is_valid():
        engineers.rename(engineer=engineer, name=form.cleaned_data["name"])
        return redirect("builds:engineer", engineer.slug)
    return render(request, "builds/engineer_edit.html", {"engineer": engineer, "form": form})
