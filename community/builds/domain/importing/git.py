"""Reads a range of a git repository: one change a commit, signed by authors and co-authors."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from community.builds.domain.importing.collect import Collected
from community.builds.domain.importing.credit import read_signed
from community.builds.domain.importing.entry import split_title
from community.builds.domain.importing.guard import FORBIDDEN
from community.builds.domain.importing.headings import read_version
from community.builds.domain.importing.kinds import guess_kind, read_title
from community.builds.domain.importing.markup import plain
from community.builds.domain.importing.names import LONGEST_NAME, Trust, is_bot
from community.builds.domain.importing.notes import (
    Entry,
    Format,
    Kind,
    LineReading,
    Name,
    Note,
    Notes,
    Section,
    Understood,
)
from community.builds.domain.refusals import Refused

MOST_COMMITS = 5_000
TIMEOUT_S = 60

# A revision begins with a letter, digit or @, so that git cannot take it for an option.
RANGE = re.compile(
    r"(?P<begin>[\w@][\w./@^~{}+-]*?)(?<!\.)\.\.(?P<end>(?:[\w@][\w./@^~{}+-]*)?)$", re.ASCII
)
CONTACT = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<address>[^<>\s]+)>$")
REVERTS = re.compile(r"This reverts commit ([0-9a-f]{7,64})")
FIELDS = ("%H", "%aN", "%aE", "%cI", "%s", "%b", "%(trailers:key=Co-authored-by,valueonly)")
# Neither fetch, nor prompt, nor run what a repository's own settings name.
SETTINGS = ("protocol.allow=never", "log.showSignature=false", "core.fsmonitor=false")
QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}


class UnreadableRange(Refused):
    """The repository or the range cannot be read."""

    code = "unreadable_range"


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit with everybody who signed it, as (name, address)."""

    sha: str
    committed_at: datetime
    subject: str
    reverts: str
    people: tuple[tuple[str, str], ...]


def read_range(repository: Path, revisions: str) -> Notes:
    """The commits of FROM..TO, oldest first, merges left out; raises UnreadableRange.

    The version is TO when that is one, with the day of its commit. A reading is one commit.
    """
    asked = RANGE.match(revisions)
    if asked is None or ".." in asked["end"]:
        raise UnreadableRange(_("Give a range such as v1.0..v1.1, not “%s”.") % revisions)
    commits = _commits(repository, f"{asked['begin']}..{asked['end'] or 'HEAD'}")
    if not commits:
        raise UnreadableRange(_("There is no commit in %s.") % revisions)
    collected = Collected()
    undone = _undone(commits)
    readings = [
        _read(number, commit, collected, undone) for number, commit in enumerate(commits, start=1)
    ]
    title = read_version(1, 1, asked["end"].removeprefix("refs/tags/"))
    section = Section(
        line=1,
        last_line=len(readings),
        version=title.version if title else "",
        released_on=commits[-1].committed_at.date() if title else None,
        is_released=True,
        entries=collected.entries,
    )
    return Notes(Format.GIT, (section,) if section.entries else (), tuple(readings))


def _read(number: int, commit: Commit, collected: Collected, undone: set[str]) -> LineReading:
    people = tuple(
        dict.fromkeys(name for name, address in commit.people if not _bot(name, address))
    )
    signed = read_signed(plain(commit.subject), Trust.HANDLES)
    titled = read_title(signed.text.strip())
    title, rest = split_title(titled.title)
    entry = Entry(
        line=number,
        raw=commit.subject,
        title=title,
        body=rest,
        area=titled.area,
        kind=titled.kind or guess_kind(title) or Kind.IMPROVEMENT,
        credits=tuple(Name("person", name) for name in people),
        references=signed.names.references,
    )
    text = f"{commit.sha[:10]} {commit.subject}"
    if commit.sha in undone:
        return LineReading(number, text, Understood.IGNORED, Note.REVERTED, entry)
    if not entry.title:
        return LineReading(number, text, Understood.IGNORED, Note.NO_TITLE)
    if not people:
        return LineReading(number, text, Understood.BOT, Note.ONLY_BOTS, entry)
    some_bot = Note.BOT_AMONG_PEOPLE if len(people) < len(set(commit.people)) else Note.NONE
    return LineReading(number, text, Understood.CHANGE, collected.add(entry) or some_bot, entry)


def _undone(commits: list[Commit]) -> set[str]:
    """Commits of the range that another one of it takes back, and those that take back."""
    undone: set[str] = set()
    for commit in reversed(commits):
        taken_back = {
            other.sha
            for other in commits
            if commit.reverts and other.sha.startswith(commit.reverts)
        }
        if taken_back and commit.sha not in undone:
            undone |= {commit.sha} | taken_back
    return undone


def _bot(name: str, address: str) -> bool:
    account = address.partition("@")[0].rpartition("+")[2]
    return is_bot(name) or account.endswith("[bot]")


def _commits(repository: Path, revisions: str) -> list[Commit]:
    form = "%x00".join(FIELDS)
    options = ("--no-merges", "--reverse", "--encoding=UTF-8", "--no-color", f"--format={form}")
    log = _git(
        repository, "log", "-z", *options, f"--max-count={MOST_COMMITS + 1}", revisions, "--"
    )
    fields = log.split("\0")
    rows = list(zip(*[iter(fields)] * len(FIELDS), strict=False))
    if len(rows) > MOST_COMMITS:
        raise UnreadableRange(
            _("%(range)s holds more than %(most)d commits.")
            % {"range": revisions, "most": MOST_COMMITS}
        )
    shown = _mailmap(repository, (line for row in rows for line in row[6].splitlines()))
    return [_commit(row, shown) for row in rows]


def _commit(row: tuple[str, ...], shown: dict[str, str]) -> Commit:
    # What could steer a terminal or reorder a line is shown as a sign of its own.
    sha, author, address, committed_at, subject, body, trailers = (
        FORBIDDEN.sub("\ufffd", field) for field in row
    )
    contacts = [f"{author} <{address}>", *trailers.splitlines()]
    reverts = REVERTS.search(body)
    return Commit(
        sha=sha.strip(),
        committed_at=datetime.fromisoformat(committed_at),
        subject=" ".join(subject.split()),
        reverts=reverts[1] if reverts else "",
        people=tuple(
            (" ".join(found["name"].split())[:LONGEST_NAME] or found["address"], found["address"])
            for line in contacts
            if (found := CONTACT.match(shown.get(line, line).strip()))
        ),
    )


def _mailmap(repository: Path, contacts: Iterable[str]) -> dict[str, str]:
    """Co-authors by the names the repository's .mailmap gives them; git maps authors itself."""
    asked = [line for line in dict.fromkeys(contacts) if CONTACT.match(line.strip())]
    if not asked:
        return {}
    answer = _git(repository, "check-mailmap", "--stdin", stdin="\n".join(asked) + "\n")
    return dict(zip(asked, answer.splitlines(), strict=True))


def _git(repository: Path, command: str, *arguments: str, stdin: str = "") -> str:
    program = shutil.which("git")
    if program is None:
        raise UnreadableRange(_("git is not installed here."))
    settings = [part for setting in SETTINGS for part in ("-c", setting)]
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments, no shell, revisions checked
            [program, "--no-pager", "-C", str(repository), *settings, command, *arguments],
            input=stdin.encode(),
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
            env=os.environ | QUIET,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableRange(
            _("git did not answer within %(seconds)d seconds.") % {"seconds": TIMEOUT_S}
        ) from None
    if done.returncode:
        complaint = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UnreadableRange(_("git says: %s") % (complaint[0] if complaint else done.returncode))
    return done.stdout.decode("utf-8", "replace")
