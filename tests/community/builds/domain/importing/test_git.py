"""Commits of a range as changes, in a repository made by the test."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from community.builds.domain.importing import git
from community.builds.domain.importing.git import UnreadableRange, read_range
from community.builds.domain.importing.notes import Kind, Note, Understood
from tests.community.builds.importing import people

WHEN = "2026-11-20T09:00:00+00:00"


class Repository:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, author: str = "Mei Chen <mei@host.example>") -> str:
        name, _, address = author.rstrip(">").partition(" <")
        who = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", name), ("EMAIL", address), ("DATE", WHEN))
        }
        alone = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
        done = subprocess.run(
            ["git", *arguments], cwd=self.path, env=who | alone, check=True, capture_output=True
        )
        return done.stdout.decode().strip()

    def commit(self, message: str, author: str = "Mei Chen <mei@host.example>") -> str:
        self.git("commit", "-q", "--allow-empty", "-m", message, author=author)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path):
    made = Repository(tmp_path)
    made.commit("Begin")
    made.git("tag", "v1.0")
    return made


def read(repository, revisions="v1.0..HEAD"):
    return read_range(repository.path, revisions)


def test_a_commit_is_a_change_signed_by_its_author(repository):
    repository.commit("fix(dialer): Keep the last number (#12)")
    (found,) = read(repository).sections[0].entries
    assert (found.title, found.area, found.kind) == ("Keep the last number", "dialer", Kind.FIX)
    assert (found.references, people(found)) == (("#12",), ["Mei Chen"])


def test_co_authors_sign_too_each_once(repository):
    repository.commit(
        "Draw tiles\n\nCo-authored-by: Émile Þór <emile@host.example>\n"
        "Co-authored-by: Mei Chen <mei@host.example>"
    )
    assert people(read(repository).sections[0].entries[0]) == ["Mei Chen", "Émile Þór"]


def test_the_mailmap_names_authors_and_co_authors(repository):
    mailmap = "Mei Chen <mei@host.example> <mei@old.example>\nBo Li <bo@host.example>\n"
    (repository.path / ".mailmap").write_text(mailmap)
    repository.commit(
        "Draw tiles\n\nCo-authored-by: bobo <bo@host.example>", author="mc <mei@old.example>"
    )
    assert people(read(repository).sections[0].entries[0]) == ["Mei Chen", "Bo Li"]


def test_bots_are_left_out(repository):
    repository.commit("Bump tiles", author="dependabot[bot] <1+dependabot[bot]@host.example>")
    repository.commit("Lint\n\nCo-authored-by: Renovate <29+renovate[bot]@host.example>")
    readings = read(repository).readings
    assert [(r.understood, r.note) for r in readings] == [
        (Understood.BOT, Note.ONLY_BOTS),
        (Understood.CHANGE, Note.BOT_AMONG_PEOPLE),
    ]


def test_merges_are_left_out(repository):
    repository.git("checkout", "-q", "-b", "side")
    repository.commit("Draw tiles")
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "Merge side", "side")
    assert [reading.entry.title for reading in read(repository).readings] == ["Draw tiles"]


def test_what_is_taken_back_within_the_range_is_left_out(repository):
    sha = repository.commit("Draw tiles")
    repository.commit(f'Revert "Draw tiles"\n\nThis reverts commit {sha}.')
    repository.commit("Sort albums")
    notes = read(repository)
    assert [entry.title for entry in notes.sections[0].entries] == ["Sort albums"]
    assert [reading.note for reading in notes.readings[:2]] == [Note.REVERTED] * 2


def test_the_end_of_the_range_is_the_version(repository):
    repository.commit("Draw tiles")
    repository.git("tag", "v1.1")
    section = read(repository, "v1.0..v1.1").sections[0]
    assert (section.version, section.released_on) == ("v1.1", date(2026, 11, 20))


def test_a_range_may_end_here(repository):
    repository.commit("Draw tiles")
    assert read(repository, "v1.0..").sections[0].version == ""


def test_only_bots_make_no_section(repository):
    repository.commit("Bump tiles", author="renovate[bot] <bot@host.example>")
    assert read(repository).sections == ()


@pytest.mark.parametrize(
    "revisions", ["v1.0", "--output=x..HEAD", "v1.0..--all", "v1.0...HEAD", "..", "v9..HEAD", ""]
)
def test_what_is_no_range_is_refused(repository, revisions):
    repository.commit("Draw tiles")
    with pytest.raises(UnreadableRange):
        read(repository, revisions)
    assert not (repository.path / "x..HEAD").exists()


def test_an_empty_range_and_no_repository_are_refused(repository, tmp_path_factory):
    with pytest.raises(UnreadableRange, match="no commit"):
        read(repository, "HEAD..HEAD")
    with pytest.raises(UnreadableRange, match="git says"):
        read_range(tmp_path_factory.mktemp("none"), "a..b")


def test_what_would_steer_a_terminal_is_shown_as_a_sign(repository):
    repository.commit("Draw\x1b[31m tiles", author="Mei\x1b Chen <mei@host.example>")
    (found,) = read(repository).sections[0].entries
    assert (found.title, people(found)) == ("Draw\ufffd[31m tiles", ["Mei\ufffd Chen"])


def test_a_commit_without_a_title_is_left_out(repository):
    repository.git("commit", "-q", "--allow-empty", "--allow-empty-message", "-m", "")
    repository.commit("Draw tiles")
    assert [reading.note for reading in read(repository).readings] == [Note.NO_TITLE, Note.NONE]


def test_limits_are_told(repository, monkeypatch):
    repository.commit("Draw tiles")
    repository.commit("Sort albums")
    monkeypatch.setattr(git, "MOST_COMMITS", 1)
    with pytest.raises(UnreadableRange, match="more than 1 commits"):
        read(repository)
    monkeypatch.setattr(git, "TIMEOUT_S", 0)
    with pytest.raises(UnreadableRange, match="did not answer"):
        read(repository)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableRange, match="not installed"):
        read(repository)
