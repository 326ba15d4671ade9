"""Gathers the changes of one section: the same change told twice is one, signed by everybody."""

from dataclasses import dataclass, field, replace

from community.builds.domain.importing.fingerprint import fingerprint
from community.builds.domain.importing.notes import Entry, Note


@dataclass(slots=True)
class Collected:
    """Changes by fingerprint, in order of appearance."""

    by_fingerprint: dict[str, Entry] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self.by_fingerprint.values())

    def add(self, entry: Entry) -> Note:
        """Take in a change; REPEATED when it was there, then it only gains credits."""
        key = fingerprint(entry.title, entry.references)
        known = self.by_fingerprint.get(key)
        if known is None:
            self.by_fingerprint[key] = entry
            return Note.NONE
        everybody = tuple(dict.fromkeys(known.credits + entry.credits))
        self.by_fingerprint[key] = replace(known, credits=everybody)
        return Note.REPEATED
