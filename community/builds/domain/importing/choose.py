"""Which sections of the notes are imported, and as which versions."""

from django.utils.translation import gettext as _

from community.builds.domain.importing.notes import Notes, Section
from community.builds.domain.refusals import Refused

Chosen = tuple[Section, str]


class NoSuchSection(Refused):
    """The notes hold no section, or several, that answer the choice."""

    code = "no_such_section"


def choose(
    notes: Notes, *, version: str = "", is_all: bool = False, is_unreleased: bool = False
) -> list[Chosen]:
    """Sections with the versions they become, as in the notes.

    A version names one section, or becomes the version of notes without one (of the part without
    one when `is_unreleased`). Without any choice the notes must have exactly one section. Raises
    NoSuchSection, which names the versions there are.
    """
    if is_all:
        return _all(notes)
    named = [section for section in notes.sections if section.version]
    if version and not is_unreleased:
        if found := [section for section in named if _same(section.version, version)]:
            return [(found[0], found[0].version)]
        if named:
            raise NoSuchSection(
                _("The notes have no version %(version)s, only %(versions)s.")
                % {"version": version, "versions": listed(notes)}
            )
    sections = [s for s in notes.sections if not (is_unreleased and s.version)]
    if len(sections) != 1:
        raise NoSuchSection(
            _("The notes hold %(versions)s: choose one of them, or all.")
            % {"versions": listed(notes)}
        )
    if not (sections[0].version or version):
        raise NoSuchSection(_("The notes do not say which version they are of: give one."))
    return [(sections[0], sections[0].version or version)]


def listed(notes: Notes) -> str:
    """The versions of the notes, in their order."""
    return ", ".join(section.version or _("an unreleased part") for section in notes.sections)


def _all(notes: Notes) -> list[Chosen]:
    """Every section with a version, the oldest first: builds are numbered in that order."""
    named = [section for section in notes.sections if section.version]
    if not named:
        raise NoSuchSection(_("The notes do not say which version they are of: give one."))
    if all(section.released_on for section in named):
        named.sort(key=lambda section: (section.released_on, -section.line))
    else:
        named.reverse()
    return [(section, section.version) for section in named]


def _same(a: str, b: str) -> bool:
    return a.casefold().removeprefix("v") == b.strip().casefold().removeprefix("v")
