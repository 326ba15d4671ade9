"""The studio's pages beside the change list: the build's page, the rules of its vote."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.builds.domain import details
from community.builds.domain.details import Download
from community.builds.domain.refusals import Refused
from community.builds.forms.drafts import (
    DownloadFormSet,
    IdentityForm,
    PageForm,
    VoteRulesForm,
    downloads_of,
)
from community.builds.forms.shares import ShareForm
from community.builds.models import Build
from community.builds.views.desk import desk_of, managed_build_or_404

State = Build.State


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Notes, downloads, known issues."""
    build = managed_build_or_404(request, slug)
    issues = "\n".join(build.known_issues.order_by("pk").values_list("text", flat=True))
    form = PageForm(request.POST or None, initial={"notes": build.notes, "known_issues": issues})
    rows = DownloadFormSet(request.POST or None, initial=downloads_of(build), prefix="files")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        files = [
            Download(row["name"], row["url"], row["sha256"], row["byte_count"])
            for row in rows.cleaned_data
            if row and not row["DELETE"]
        ]
        saved = _save(
            form, lambda: details.edit_page(build_id=build.pk, files=files, **form.cleaned_data)
        )
        if saved:
            messages.success(request, _("The page is saved."))
            return redirect("builds:edit_page", build.slug)
    context = {"desk": desk_of(build), "build": build, "form": form, "rows": rows}
    return render(request, "builds/edit_page.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """What the build is called, who may vote on it, and on what it is installed."""
    build = managed_build_or_404(request, slug)
    sent = request.POST.get("form", "")
    forms: dict[str, Form] = {
        "identity": IdentityForm(_sent(request, "identity"), initial=_fields(build, IdentityForm)),
        "vote": VoteRulesForm(_sent(request, "vote"), initial=_fields(build, VoteRulesForm)),
        "shares": ShareForm(_sent(request, "shares"), build=build),
    }
    if sent in forms and forms[sent].is_valid():
        saves: dict[str, Callable[..., None]] = {
            "identity": details.edit_identity,
            "vote": details.edit_vote_rules,
            "shares": details.set_installed_shares,
        }
        form = forms[sent]
        if _save(form, lambda: saves[sent](build_id=build.pk, **form.cleaned_data)):
            messages.success(request, _("Saved."))
            return redirect("builds:edit_rules", build.slug)
    context = {
        "desk": desk_of(build),
        "build": build,
        "forms": forms,
        "may_rename": build.state == State.DRAFT,
        "may_change_rules": build.state in {State.DRAFT, State.SCHEDULED},
        "may_change_shares": build.state in {State.DRAFT, State.SCHEDULED, State.PUBLISHED},
    }
    return render(request, "builds/edit_rules.html", context)


def _sent(request: HttpRequest, name: str) -> QueryDict | None:
    """The data of the form that was sent, nothing for the others on the page."""
    return request.POST if request.POST.get("form") == name else None


def _fields(build: Build, form: type[Form]) -> dict[str, object]:
    return {name: getattr(build, name) for name in form.base_fields}


def _save(form: Form, act: Callable[[], None]) -> bool:
    try:
        act()
    except Refused as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    return True
