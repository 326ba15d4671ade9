"""Writes the demo's ballots of past weeks in one stream, as the vote would have."""

import json
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from numpy.random import Generator

from community.builds.models import Build, Feature, Install
from community.members.models import Device, Member
from feedback.fourgrid.domain import receipts
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.models import Ballot
from orangefriday.demo.remarks import PHONE
from orangefriday.demo.voters import Vote

VERIFIED = 0.71
SHARED = (
    "build_id", "member_id", "mood", "loved", "let_down", "wishes", "comments", "revision",
    "saved_at", "receipt", "nonce",
)  # fmt: skip
SAVED_AT = SHARED.index("saved_at")
OF_BALLOT = (*SHARED, "first_saved_at", "family", "level", "region", "is_staff")


def store(
    *, build: Build, voters: list[Member], votes: list[Vote], wishes: list[int], rng: Generator
) -> None:
    """Store one ballot for each voter with its first version, and the installs of most."""
    families = dict(
        Device.objects.filter(member__in=voters, is_main=True).values_list("member_id", "family")
    )
    rows = list(_rows(build, voters, votes, wishes, families, rng))
    whole = (
        (*row, row[SAVED_AT], families[member.pk], member.level, member.region, member.is_staff)
        for member, row in rows
    )
    _copy("fourgrid_ballot", OF_BALLOT, whole)
    _copy("fourgrid_ballotversion", SHARED, (row for _member, row in rows))
    _install(build, voters, rng)


def _rows(
    build: Build, voters: list[Member], votes: list[Vote], wishes: list[int],
    families: dict[int, str], rng: Generator,
) -> Iterator[tuple[Member, tuple[object, ...]]]:  # fmt: skip
    features = list(
        Feature.objects.filter(build=build).order_by("position").values_list("pk", flat=True)
    )
    opened = build.ballots_open_at
    if opened is None:
        raise ValueError("Only a published build has ballots.")
    for member, vote in zip(voters, votes, strict=True):
        answers = Answers(
            mood=Ballot.Mood(vote.mood),
            loved=tuple(features[n] for n in vote.loved),
            let_down=tuple(features[n] for n in vote.let_down),
            wishes=tuple(wishes[n] for n in vote.wishes),
            comments={
                _place(place, features): text.replace(PHONE, families[member.pk])
                for place, text in vote.comments.items()
            },
        )
        nonce = rng.bytes(receipts.NONCE_BYTES)
        content = receipts.canonical(build_id=build.pk, member_id=member.pk, answers=answers)
        row = (
            build.pk, member.pk, int(answers.mood), list(answers.loved), list(answers.let_down),
            list(answers.wishes), json.dumps(answers.comments, ensure_ascii=False), 1,
            opened + timedelta(seconds=vote.second), receipts.digest(nonce, content), nonce,
        )  # fmt: skip
        yield member, row


def _place(place: str, features: list[int]) -> str:
    kind, _, position = place.partition(":")
    return f"feature:{features[int(position)]}" if kind == "feature" else place


def _copy(table: str, columns: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor:
        names = ", ".join(columns)
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _install(build: Build, voters: list[Member], rng: Generator) -> None:
    reported_at = build.published_at
    if reported_at is None:
        raise ValueError("Only a published build is installed.")
    devices = list(Device.objects.filter(member__in=voters, is_main=True).order_by("pk"))
    kept = rng.random(len(devices)) < VERIFIED
    Install.objects.bulk_create(
        Install(build=build, device=device, reported_at=reported_at)
        for device, is_kept in zip(devices, kept, strict=True)
        if is_kept
    )
