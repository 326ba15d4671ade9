"""Language and scheme: remembered for everybody, never set from elsewhere."""

import pytest
from django.test import Client

from tests.community.builds.making import make_member

pytestmark = pytest.mark.django_db


def test_the_language_is_remembered_in_a_cookie(client: Client) -> None:
    answer = client.post("/preferences/language/", {"language": "zh-hans", "next": "/builds/"})
    assert (answer.headers["Location"], answer.cookies["django_language"].value) == (
        "/builds/",
        "zh-hans",
    )


def test_the_language_of_a_member_stands_on_the_account(client: Client) -> None:
    member = make_member()
    client.force_login(member, backend="community.members.signed_in.Backend")
    client.post("/preferences/language/", {"language": "zh-hans"})
    member.refresh_from_db()
    assert member.language == "zh-hans"


@pytest.mark.parametrize(
    ("path", "data"),
    [("language", {"language": "tlh"}), ("scheme", {"scheme": "sepia"}), ("scheme", {})],
)
def test_what_is_not_offered_is_refused(client: Client, path: str, data: dict[str, str]) -> None:
    assert client.post(f"/preferences/{path}/", data).status_code == 400


def test_another_site_cannot_choose(client: Client) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = client.post("/preferences/scheme/", {"scheme": "dark"}, headers=headers)
    assert answer.status_code == 400


def test_one_does_not_leave_the_site(client: Client) -> None:
    data = {"scheme": "dark", "next": "https://elsewhere.example/"}
    assert client.post("/preferences/scheme/", data).headers["Location"] == "/"
