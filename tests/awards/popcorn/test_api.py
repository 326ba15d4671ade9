"""The award over the API: what is out is public, the file comes in parts, a receipt is proved."""

import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from awards.popcorn.domain import award as awards
from awards.popcorn.models import Award, BundlePart
from feedback.fourgrid.models import Ballot
from orangefriday.embedded.state import PROJECT_DIR
from tests.awards.popcorn.making import (
    AWARD,
    awarded_week,
    bundle_of,
    manager_of,
)

pytestmark = pytest.mark.django_db
NOWHERE = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1"}


def address(award: Award, name: str = "api_award", *more: str) -> str:
    return reverse(name, args=[award.build.slug, *more])


def fetched(client: Client, award: Award, **headers: str) -> Any:
    return client.get(address(award, "api_award_bundle"), headers=headers)


def test_the_result_is_public(awarded: Award, client: Client) -> None:
    told = client.get(address(awarded)).json()
    assert [bucket["title"] for bucket in told["bucket"]] == ["Call recording"]
    assert told["bucket"][0]["engineers"] == ["林浩", "Mei"]
    assert (told["ballots"], told["state"], told["revision"]) == (120, "announced", 1)
    assert told["digest"] == bytes(awarded.digest).hex()


def test_it_shows_no_bottom(awarded: Award, client: Client) -> None:
    told = client.get(address(awarded)).json()
    shown = awarded.places.filter(is_shown=True)
    assert {row["engineer"] for row in told["ranking"]} == {row.engineer.name for row in shown}
    assert set(told["ranking"][0]) == {
        "engineer",
        "is_winner",
        "p_best",
        "place",
        "place_high",
        "place_low",
        "score",
        "score_high",
        "score_low",
    }


def test_what_is_known_is_not_sent_again(small: Award, client: Client) -> None:
    etag = client.get(address(small)).headers["ETag"]
    assert client.get(address(small), headers={"If-None-Match": etag}).status_code == 304
    assert fetched(client, small, **{"If-None-Match": '"other"'}).status_code == 200


def test_before_it_is_out_only_managers_find_it(computed: Award, client: Client) -> None:
    assert client.get(address(computed)).status_code == 404
    client.force_login(manager_of(computed.build))
    assert client.get(address(computed)).json()["state"] == "computed"
    assert "private" in fetched(client, computed).headers["Cache-Control"]


def test_a_withheld_award_says_why(computed: Award, client: Client) -> None:
    awards.withhold(build_id=computed.build_id, reason="Disputed.", by=manager_of(computed.build))
    problem = client.get(address(computed)).json()
    assert (problem["status"], problem["detail"]) == (404, "This award is withheld: Disputed.")


@pytest.mark.parametrize(
    ("revision", "status"), [("1", 200), ("2", 404), ("x", 404), ("9" * 30, 404)]
)
def test_a_revision_can_be_asked_for(
    small: Award, client: Client, revision: str, status: int
) -> None:
    assert client.get(address(small), {"revision": revision}).status_code == status


@pytest.fixture(scope="module")
def made_in_parts(stage: None) -> Award:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BundlePart, "SIZE", 1000)
        return awarded_week(ballots=20)


@pytest.fixture
def in_parts(made_in_parts: Award, monkeypatch: pytest.MonkeyPatch) -> Award:
    """An award of twenty ballots whose file was cut every thousand bytes."""
    monkeypatch.setattr(BundlePart, "SIZE", 1000)
    return deepcopy(made_in_parts)


def test_the_bundle_is_the_file_that_was_sealed(in_parts: Award, client: Client) -> None:
    answer = client.get(address(in_parts, "api_award_bundle"), {"revision": 1})
    assert answer.getvalue() == bundle_of(in_parts)
    assert BundlePart.objects.filter(award=in_parts).count() > 3
    size = int(answer.headers["Content-Length"])
    assert size == in_parts.bundle_size == len(bundle_of(in_parts))
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=995-1004", 995, 1005),
        ("bytes=1500-", 1500, None),
        ("bytes=-7", -7, None),
        ("bytes=10-99999999", 10, None),
    ],
)
def test_an_interrupted_download_goes_on(
    in_parts: Award, client: Client, asked: str, begin: int, end: int | None
) -> None:
    whole, answer = bundle_of(in_parts), fetched(client, in_parts, Range=asked)
    assert (answer.status_code, answer.getvalue()) == (206, whole[begin:end])
    first = range(len(whole))[begin]
    last = first + int(answer.headers["Content-Length"]) - 1
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"


@pytest.mark.parametrize("asked", ["bytes=9-1", "bytes=0-1,5-6", "lines=1-2", "bytes=-"])
def test_a_range_that_makes_no_sense_gets_the_whole(
    small: Award, client: Client, asked: str
) -> None:
    answer = fetched(client, small, Range=asked)
    assert (answer.status_code, answer.getvalue()) == (200, bundle_of(small))


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(small: Award, client: Client, asked: str) -> None:
    answer = fetched(client, small, Range=asked)
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{small.bundle_size}"


def test_a_part_of_another_file_is_not_appended(small: Award, client: Client) -> None:
    answer = fetched(client, small, Range="bytes=5-", **{"If-Range": '"older"'})
    assert answer.status_code == 200


def test_the_file_is_not_sent_to_who_has_it(small: Award, client: Client) -> None:
    etag = fetched(client, small).headers["ETag"]
    unchanged = fetched(client, small, **{"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.headers["ETag"]) == (304, etag)


def test_its_size_can_be_asked_for_alone(small: Award, client: Client) -> None:
    answer = client.head(address(small, "api_award_bundle"))
    assert int(answer.headers["Content-Length"]) == small.bundle_size


def test_its_own_type_is_accepted_and_errors_are_problems(computed: Award, client: Client) -> None:
    answer = fetched(client, computed, Accept="application/jsonl")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_a_receipt_is_proved(small: Award, client: Client) -> None:
    receipt = bytes(Ballot.objects.filter(build=small.build).first().receipt).hex()
    proof = client.get(address(small, "api_award_receipt", receipt)).json()
    assert (proof["count"], proof["root"]) == (5, bytes(small.receipts_root).hex())


@pytest.mark.parametrize("receipt", ["ab" * 32, "ab", "zz" * 32])
def test_another_receipt_is_not_found(small: Award, client: Client, receipt: str) -> None:
    assert client.get(address(small, "api_award_receipt", receipt)).status_code == 404


def test_a_downloaded_bundle_verifies_without_the_site(
    awarded: Award, client: Client, tmp_path: Path
) -> None:
    award, file = awarded, tmp_path / "award.jsonl"
    file.write_bytes(fetched(client, award).getvalue())
    assert "is what its 120 ballots make of it" in verified(file).stdout
    content = file.read_bytes()
    file.write_bytes(content.replace(b'"hour":1,', b'"hour":2,', 1))
    assert "Line " in verified(file).stderr


def verified(file: Path) -> subprocess.CompletedProcess[str]:
    """`manage.py verify_award` where no server answers."""
    command = [sys.executable, "manage.py", "verify_award", str(file)]
    return subprocess.run(
        command, cwd=PROJECT_DIR, env=NOWHERE, capture_output=True, text=True, check=False
    )


def test_after_a_correction_the_old_bundle_stays(small: Award, client: Client) -> None:
    awards.correct(
        build_id=small.build_id, corrects=1, reason="x", by=manager_of(small.build), at=AWARD
    )
    earlier = client.get(address(small, "api_award_bundle"), {"revision": 1})
    assert earlier.getvalue() == bundle_of(small) != fetched(client, small).getvalue()
