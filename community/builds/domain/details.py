"""What stands on a build's page beside its changes: notes, files, known issues, vote rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from community.builds.domain.drafts import refusals
from community.builds.domain.refusals import Invalid, said_as
from community.builds.domain.week.rows import State, locked, require
from community.builds.models import Build, BuildFile, InstalledShare, KnownIssue


@dataclass(frozen=True)
class Download:
    """A file to download: ``sha256`` as 64 hexadecimal digits, ``byte_count`` if known."""

    name: str
    url: str
    sha256: str
    byte_count: int | None = None


@transaction.atomic
def edit_identity(*, build_id: int, version: str, channel: str, number: int) -> None:
    """Change what a build is called before it is scheduled; its address stays.

    Raises WrongState, Taken, Invalid.
    """
    build = locked(build_id)
    require(build, State.DRAFT)
    version = " ".join(version.split())
    if not version:
        raise Invalid("version", _("A build needs a version such as 6.11.20."))
    with said_as(refusals()):
        Build.objects.filter(pk=build.pk).update(version=version, channel=channel, number=number)


@transaction.atomic
def edit_vote_rules(
    *,
    build_id: int,
    result_rule: str,
    requires_verified_install: bool,
    requires_older_account: bool,
) -> None:
    """Who may vote and when results show; fixed when the build goes out (WrongState)."""
    build = locked(build_id)
    require(build, State.DRAFT, State.SCHEDULED)
    Build.objects.filter(pk=build.pk).update(
        result_rule=result_rule,
        requires_verified_install=requires_verified_install,
        requires_older_account=requires_older_account,
    )


@transaction.atomic
def edit_page(
    *, build_id: int, notes: str, files: Sequence[Download], known_issues: Sequence[str]
) -> None:
    """Notes, downloads and known issues; these may be put right after publishing as well."""
    build = locked(build_id)
    Build.objects.filter(pk=build.pk).update(notes=notes.strip())
    build.files.all().delete()
    once = Invalid("files", _("Two downloads have the same name."))
    no_hash = Invalid("files", _("A SHA-256 is 64 hexadecimal digits."))
    with said_as({"buildfile_name_once": once, "buildfile_sha256_is_hex": no_hash}):
        BuildFile.objects.bulk_create(
            BuildFile(
                build=build,
                name=file.name.strip(),
                url=file.url,
                sha256=file.sha256.strip().lower(),
                byte_count=file.byte_count,
            )
            for file in files
        )
    build.known_issues.all().delete()
    KnownIssue.objects.bulk_create(
        KnownIssue(build=build, text=text.strip()) for text in known_issues if text.strip()
    )


@transaction.atomic
def set_installed_shares(*, build_id: int, shares: Mapping[str, Decimal]) -> None:
    """How the installed base of a build splits into device families; all or nothing, summing to 1.

    Fixed with the end of the window (WrongState): the award is computed with them.
    """
    build = locked(build_id)
    require(build, State.DRAFT, State.SCHEDULED, State.PUBLISHED)
    refuse_partial(list(shares.values()))
    build.installed_shares.all().delete()
    InstalledShare.objects.bulk_create(
        InstalledShare(build=build, family=family, share=share) for family, share in shares.items()
    )


def refuse_partial(shares: Sequence[Decimal]) -> None:
    """Raise Invalid unless there are no shares or they sum to 1."""
    if shares and sum(shares) != 1:
        raise Invalid(
            "share",
            _("The shares sum to %(sum)s; they must sum to 1.")
            % {"sum": sum(shares, Decimal()).normalize()},
        )
