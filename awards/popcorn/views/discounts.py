"""Ballots that move together: what was discounted and why, and taking it back by two people."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards.popcorn import queries
from awards.popcorn.domain import overrides
from awards.popcorn.forms import OverrideForm
from awards.popcorn.models import DiscountOverride
from awards.popcorn.patterns import patterns
from awards.popcorn.views.podium import seen
from awards.popcorn.views.steering import refuse, steered_or_404, take
from community.builds.models import Feature
from community.builds.views.member import the_member

ROWS = 50


@login_required
@require_safe
def discounts(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest award's patterns and every discounted ballot with its reason code."""
    steered_or_404(request, slug)
    award = seen(request, slug)
    found = patterns(award)
    rows = queries.discounts(award)
    chosen = request.GET.get("pattern", "")
    if chosen in map(str, range(len(found))):
        rows = rows.filter(pattern=int(chosen))
    context = {
        "award": award,
        "patterns": found,
        "chosen": chosen,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "titles": dict(Feature.objects.filter(build=award.build).values_list("pk", "title")),
    }
    return render(request, "popcorn/discounts.html", context)


@login_required
@require_POST
def ask_override(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to take one pattern's discount back."""
    steered_or_404(request, slug)
    award, form = seen(request, slug), OverrideForm(request.POST)
    if not form.is_valid():
        refuse(request, form)
    else:
        typed, by, at = form.cleaned_data, the_member(request), timezone.now()
        take(
            request,
            lambda: overrides.ask(award=award, **typed, by=by, at=at),
            _("Written down. It takes effect when a second manager has confirmed it."),
        )
    return redirect("popcorn:discounts", slug)


@login_required
@require_POST
def confirm_override(request: HttpRequest, slug: str, override_id: int) -> HttpResponse:
    """Confirm what another manager asked for."""
    build = steered_or_404(request, slug)
    override = get_object_or_404(DiscountOverride, pk=override_id, build=build)
    by, at = the_member(request), timezone.now()
    take(
        request,
        lambda: overrides.confirm(override=override, by=by, at=at),
        _("Confirmed. Compute the award again to let it take effect."),
    )
    return redirect("popcorn:discounts", slug)
