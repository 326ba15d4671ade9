"""Importing release notes: paste or upload, see every line as it was understood, confirm."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from community.builds import permissions
from community.builds.domain.importing.apply import Imported, apply
from community.builds.domain.importing.notes import NOTES, UNDERSTOOD, Section, Understood
from community.builds.domain.importing.people import SAME_REASONS
from community.builds.domain.importing.plan import Outcome, Preview, preview
from community.builds.domain.refusals import Refused
from community.builds.forms.importing import ImportForm, pair_value, same_people
from community.builds.models import Build, Feature
from community.builds.views.member import the_member


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_notes(request: HttpRequest) -> HttpResponse:
    """Three steps on one address; nothing is saved before the last."""
    if not permissions.can_open_studio(request.user):
        raise Http404
    if request.method != "POST":
        known = {name: request.GET.get(name, "") for name in ("product", "version")}
        form = ImportForm(user=request.user, initial=known)
        return render(request, "builds/import.html", {"form": form})
    form = ImportForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid() or form.notes is None:
        return render(request, "builds/import.html", {"form": form})
    section = _chosen(form, form.notes.sections)
    if section is None:
        return render(request, "builds/import_choose.html", {"form": form, "notes": form.notes})
    version = section.version or form.cleaned_data["version"]
    if not version:
        form.add_error("version", _("The notes do not say which version they are of: give one."))
        # Below notes of any length: brought into sight.
        form.fields["version"].widget.attrs["autofocus"] = True
        return render(request, "builds/import.html", {"form": form})
    if "save" in request.POST:
        return _save(request, form, section, version)
    return _preview(request, form, section, version)


def _chosen(form: ImportForm, sections: tuple[Section, ...]) -> Section | None:
    """The section asked for by its line, or the only one."""
    line = form.cleaned_data["section"]
    found = [section for section in sections if section.line == line]
    if not found and len(sections) == 1:
        found = list(sections)
    return found[0] if found else None


def _preview(
    request: HttpRequest, form: ImportForm, section: Section, version: str
) -> HttpResponse:
    product = form.cleaned_data["product"]
    seen = preview(product=product, section=section, version=version)
    context = {
        "form": form,
        "text": form.cleaned_data["text"],
        "product": product,
        "section": section,
        "version": version,
        "preview": seen,
        "counts": {outcome.value: seen.count(outcome) for outcome in Outcome},
        "lines": _lines(form, section, seen),
        "pairs": [
            (pair_value(same.a, same.b), same.a, same.b, SAME_REASONS[same.reason])
            for same in seen.same
        ],
    }
    return render(request, "builds/import_preview.html", context)


def _lines(form: ImportForm, section: Section, seen: Preview) -> list[dict[str, object]]:
    """Every line of the section that is not blank, with what it was understood as."""
    outcomes = {planned.entry.line: planned.outcome.value for planned in seen.planned}
    readings = form.notes.of(section) if form.notes else ()
    return [
        {
            "number": reading.number,
            "text": reading.text,
            "understood": UNDERSTOOD[reading.understood],
            "is_change": reading.understood is Understood.CHANGE,
            "note": NOTES[reading.note],
            "entry": reading.entry,
            "kind": Feature.Kind(reading.entry.kind.value).label if reading.entry else "",
            "outcome": outcomes.get(reading.number, ""),
        }
        for reading in readings
        if reading.understood is not Understood.BLANK
    ]


def _save(request: HttpRequest, form: ImportForm, section: Section, version: str) -> HttpResponse:
    product = form.cleaned_data["product"]
    try:
        seen = preview(product=product, section=section, version=version)
        # What was ticked among what these notes offer; anybody else is not theirs to merge.
        offered = {(pair.a, pair.b) for pair in seen.same}
        imported = apply(
            product=product,
            section=section,
            version=version,
            at=timezone.now(),
            by=the_member(request),
            same=[p for p in same_people(request.POST.getlist("same")) if p in offered],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _preview(request, form, section, version)
    messages.success(request, _summary(imported, imported.build))
    return redirect("builds:change_list", imported.build.slug)


def _summary(imported: Imported, build: Build) -> str:
    if not (imported.created or imported.signed):
        return _("Nothing to add: %(build)s has all of this already.") % {"build": build}
    created = ngettext("%d change is new", "%d changes are new", imported.created)
    signed = ngettext("%d got its engineers", "%d got their engineers", imported.signed)
    return _("%(build)s: %(created)s, %(signed)s.") % {
        "build": build,
        "created": created % imported.created,
        "signed": signed % imported.signed,
    }
