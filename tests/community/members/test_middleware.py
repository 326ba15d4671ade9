"""Language, zone and second factor of whoever asks."""

from datetime import timedelta

import pytest
from django.conf import settings as site
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries, Settings

from community.members.middleware import PreferencesMiddleware
from community.members.models import Member
from tests.community.members.making import PASSWORD, make_member, signed_in
from tests.community.members.test_signing import confirm, sign_in, with_app

pytestmark = pytest.mark.django_db
FORUM = "/forum/"


def zone_for(member: Member) -> str:
    """The zone in which a page of this member is rendered."""
    seen = []

    def page(_request: HttpRequest) -> HttpResponse:
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    request = RequestFactory().get("/")
    request.COOKIES[site.SESSION_COOKIE_NAME] = "any"
    request.user = member
    PreferencesMiddleware(page)(request)
    return seen[0]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("America/New_York", "America/New_York"),
        ("", "Asia/Shanghai"),
        ("Gone/Away", "Asia/Shanghai"),
    ],
)
def test_pages_are_in_the_members_zone(chosen: str, shown: str) -> None:
    assert zone_for(make_member(time_zone=chosen)) == shown
    assert timezone.get_current_timezone_name() == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("account", "cookie", "browser", "spoken"),
    [
        ("zh-hans", "en", "en", "zh-hans"),
        ("", "zh-hans", "en", "zh-hans"),
        ("", "", "zh-hans", "zh-hans"),
        ("en", "zh-hans", "zh-hans", "en"),
        ("", "", "fr", "en"),
    ],
)
def test_the_account_speaks_before_the_cookie_before_the_browser(
    account: str, cookie: str, browser: str, spoken: str
) -> None:
    client = signed_in(make_member(language=account))
    if cookie:
        client.cookies["django_language"] = cookie
    page = client.get(FORUM, headers={"accept-language": browser})
    assert page.headers["Content-Language"] == spoken
    assert f'<html lang="{spoken}"' in page.content.decode()


def test_the_language_of_one_is_not_left_for_the_next(client: Client) -> None:
    signed_in(make_member(language="zh-hans")).get(FORUM)
    assert client.get(FORUM).headers["Content-Language"] == "en"
    assert translation.get_language() == "en"


def test_a_visitor_costs_no_session(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10) as queries:
        page = client.get(FORUM)
    assert not [query for query in queries if "django_session" in query["sql"]]
    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.content.decode()


# --- staff ------------------------------------------------------------------------------------
@pytest.fixture
def _in_production(settings: Settings) -> None:
    settings.LOCAL = False


def staff() -> Client:
    client = Client()
    make_member("ada", password=PASSWORD, is_staff=True)
    sign_in(client, "ada")
    return client


@pytest.mark.usefixtures("_in_production")
def test_staff_set_up_a_second_factor_before_anything_else() -> None:
    client = staff()
    page = client.get(FORUM, follow=True)
    assert page.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "Staff sign in with a second factor" in page.content.decode()
    assert client.post(reverse("account_logout")).url == "/"


@pytest.mark.usefixtures("_in_production")
def test_staff_with_a_factor_prove_it_and_go_on() -> None:
    client = staff()
    confirm(client)
    with_app(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    other = Client()
    sign_in(other, "ada")
    other.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert other.get(FORUM).status_code == 200


@pytest.mark.usefixtures("_in_production")
def test_a_session_from_before_the_factor_proves_it_where_it_is_asked() -> None:
    client = staff()
    earlier = Client()
    sign_in(earlier, "ada")
    confirm(client)
    with_app(client)
    assert earlier.get(FORUM).url == f"{reverse('mfa_reauthenticate')}?next=%2Fforum%2F"


@pytest.mark.usefixtures("_in_production")
def test_members_need_none() -> None:
    assert signed_in(make_member()).get(FORUM).status_code == 200


def test_on_a_local_instance_staff_need_none() -> None:
    assert staff().get(FORUM).status_code == 200


@pytest.mark.usefixtures("_in_production")
def test_the_administration_has_no_door_of_its_own(client: Client) -> None:
    answer = client.get(reverse("admin:login"), secure=True)
    assert answer.url.startswith(reverse("account_login"))


def test_a_suspension_has_an_end() -> None:
    now = timezone.now()
    member = make_member()
    member.suspended_until = now + timedelta(hours=1)
    assert member.is_suspended(now)
    assert not member.is_suspended(now + timedelta(hours=1))
