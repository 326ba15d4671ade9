"""The settings of a product: a page for each section, with what it would have changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.builds import permissions, queries, sections
from community.builds.domain import settings
from community.builds.domain.refusals import Refused
from community.builds.domain.settings import ChangedElsewhere
from community.builds.models import Product, SettingsChange
from community.builds.sections import Question, Section, SectionForm, Typed, Values
from community.builds.views.member import the_member
from community.text.joining import sentences
from community.text.whole import number

CHANGES = 20


def managed_product_or_404(request: HttpRequest, slug: str) -> Product:
    """The product of a manager; for everybody else there is no such address."""
    product = get_object_or_404(Product, slug=slug)
    if not permissions.can_manage(request.user, product):
        raise Http404
    return product


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_section(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Look at a section, try what else it could say, change it, go back to what it said once."""
    product = managed_product_or_404(request, slug)
    section = sections.section(name)
    if section is None:
        raise Http404
    desk = _Desk(request, product, section, at=timezone.now())
    if request.method == "POST" and desk.form.is_valid():
        if request.POST.get("do") == "save" and desk.save():
            messages.success(request, sentences(_("Saved."), section.in_force(product)))
            return redirect("builds:section", product.slug, section.name)
        desk.look()
    return render(request, "builds/section.html", desk.context())


class _Desk:
    """One section on a manager's desk."""

    def __init__(
        self, request: HttpRequest, product: Product, section: Section, *, at: datetime
    ) -> None:
        self.request, self.product, self.section, self.at = request, product, section, at
        self.standing = settings.standing(product, section)
        is_sent = request.method == "POST"
        typed = Typed(data=request.POST, files=request.FILES) if is_sent else None
        self.went_back_to, begin = self._begin()
        self.form: SectionForm = section.form(product, begin, typed)
        self.seen = (
            (number(request.POST.get("version", "")) or 0) if is_sent else self.standing.version
        )
        self.theirs: Sequence[SettingsChange] = ()
        self.shown: dict[str, Any] = {}

    def _begin(self) -> tuple[int | None, Values]:
        """What the form begins with: what stands, or what stood at an earlier version."""
        asked = self.request.GET.get("version", "")
        if not asked:
            return None, self.standing.values
        version = number(asked) or 0
        values = settings.at_version(self.product, self.section, version)
        if values is None:
            raise Http404
        return version, values

    def save(self) -> bool:
        """Whether what was typed is in force; else the form says why not, and keeps it."""
        try:
            settings.change(
                product=self.product,
                section=self.section,
                values=self.form.values(),
                seen=self.seen,
                by=the_member(self.request),
                at=self.at,
            )
        except ChangedElsewhere as refusal:
            # Shown what the other did, the manager decides again.
            self.theirs = refusal.changes
            self.standing = settings.standing(self.product, self.section)
            self.seen = self.standing.version
        except Refused as refusal:
            field = getattr(refusal, "field", None)
            self.form.add_error(field if field in self.form.fields else None, str(refusal))
        else:
            return True
        return False

    def look(self) -> None:
        """What the last build would have been with what was typed."""
        if not self.form.is_valid():
            return
        build, after = queries.last_closed(self.product), self.form.values()
        question = Question(
            product=self.product,
            build=build,
            before=self.standing.values,
            after=after,
            at=self.at,
        )
        self.shown = {
            "build": build,
            "preview": sections.preview(self.section, question),
            "differences": _differences(self.section, self.standing.values, after),
        }

    def context(self) -> dict[str, Any]:
        changes = SettingsChange.objects.of(self.product, self.section.name)
        before = number(self.request.GET.get("before", "")) or 0
        if before:
            changes = changes.filter(version__lt=before)
        rows = list(changes.select_related("changed_by")[: CHANGES + 1])
        return {
            "product": self.product,
            "section": self.section,
            "sections": sections.sections(),
            "form": self.form,
            "seen": self.seen,
            "went_back_to": self.went_back_to,
            "in_force": self.section.in_force(self.product),
            "theirs": [_told(self.section, row) for row in self.theirs],
            "changes": [_told(self.section, row) for row in rows[:CHANGES]],
            "older": rows[CHANGES - 1].version if len(rows) > CHANGES else None,
            "lines": self.section.lines(self.standing.values),
            **self.shown,
        }


def _told(section: Section, row: SettingsChange) -> dict[str, Any]:
    return {"row": row, "differences": _differences(section, row.before, row.after)}


def _differences(section: Section, before: Values, after: Values) -> list[tuple[str, str, str]]:
    """Label, before and after of each line that is not the same."""
    was, will = section.lines(before), section.lines(after)
    labels = list(dict.fromkeys([*will, *was]))
    return [
        (label, was.get(label, ""), will.get(label, ""))
        for label in labels
        if was.get(label) != will.get(label)
    ]
