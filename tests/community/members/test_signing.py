"""Signing up, in and out, as a browser does it."""

import base64
import hmac
import re
import struct
import time
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from community.members.domain.accounts import create_member
from community.members.forms import SignUpForm
from community.members.models import Member
from tests.community.members.making import AT, PASSWORD, make_member, signed_in

pytestmark = pytest.mark.django_db
ANSWERS = {
    "email": "ada@example.org",
    "username": "Ada",
    "display_name": "小明",
    "password1": PASSWORD,
    "time_zone": "Asia/Calcutta",
}
CODE = re.compile(r"^[A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*$", re.MULTILINE)


def post(client: Client, name: str, data: dict[str, str], **headers: str) -> object:
    return client.post(reverse(name), data, headers=headers)


def sign_in(client: Client, login: str, password: str = PASSWORD) -> object:
    return post(client, "account_login", {"login": login, "password": password})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def body(response: object) -> str:
    """The page without what differs by design: the token of the form."""
    html = response.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


# --- signing up -------------------------------------------------------------------------------
def test_sign_up_and_verify(client: Client, mailoutbox: list[EmailMultiAlternatives]) -> None:
    answer = post(client, "account_signup", ANSWERS, accept_language="zh-hans")
    assert answer.url == reverse("account_email_verification_sent")
    assert not Member.objects.verified().exists()
    code = CODE.search(mailoutbox[0].body)
    assert code is not None
    post(client, "account_email_verification_sent", {"code": code[0]})
    member = Member.objects.verified().get()
    assert is_signed_in(client)
    assert (member.username, member.display_name, member.name_skeleton) == ("ada", "小明", "小明")
    assert (member.language, member.time_zone) == ("zh-hans", "Asia/Kolkata")


def test_the_code_comes_as_text_and_as_html_in_the_readers_language(
    client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    post(client, "account_signup", ANSWERS, accept_language="zh-hans")
    mail = mailoutbox[0]
    code = CODE.search(mail.body)
    assert code is not None
    assert "验证码" in mail.subject
    assert code[0] in str(mail.alternatives[0].content)
    assert 'lang="zh-hans"' in str(mail.alternatives[0].content)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("display_name", "官方客服", "kept for the site"),
        ("display_name", "Αda", "mixes alphabets"),
        ("display_name", "小\u200b明", "nobody can see"),
        ("display_name", "小 明明明明明明明明明明", "at most 20"),
        ("display_name", "明", ""),
        ("username", "ada lovelace", "cannot stand there"),
        ("username", "admin", "kept for the site"),
        ("username", "taken", "already"),
        ("display_name", "米粉", "looks the same"),
        ("password1", "12345678", "too common"),
        ("email", "nobody", "valid email"),
    ],
)
def test_what_sign_up_refuses(client: Client, field: str, value: str, says: str) -> None:
    make_member("taken", display_name="米 粉")
    answer = post(client, "account_signup", ANSWERS | {field: value})
    if says:
        assert answer.status_code == 200
        assert says in " ".join(answer.context["form"].errors[field])
    else:
        assert answer.status_code == 302


@pytest.mark.parametrize(("taken", "field"), [("ada", "username"), ("bob", "display_name")])
def test_who_is_slower_by_a_moment_is_told_and_keeps_what_was_typed(
    client: Client, monkeypatch: pytest.MonkeyPatch, taken: str, field: str
) -> None:
    check = SignUpForm.full_clean

    def somebody_is_faster(form: SignUpForm) -> None:
        check(form)
        display_name = "小明" if field == "display_name" else "小红"
        if not Member.objects.exists():
            create_member(username=taken, display_name=display_name, at=AT)

    monkeypatch.setattr(SignUpForm, "full_clean", somebody_is_faster)
    answer = post(client, "account_signup", ANSWERS)
    assert answer.status_code == 409
    assert 'value="ada@example.org"' in body(answer)
    assert 'aria-invalid="true"' in body(answer)
    assert Member.objects.count() == 1


def test_signing_up_with_a_known_address_looks_the_same_and_tells_its_owner(
    client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    make_member("bob", email="ada@example.org")
    known = client.post(reverse("account_signup"), ANSWERS, follow=True)
    unknown = Client().post(
        reverse("account_signup"),
        ANSWERS | {"email": "eve@example.org", "username": "eve", "display_name": "小红"},
        follow=True,
    )
    assert body(known) == body(unknown).replace("eve@example.org", "ada@example.org")
    assert mailoutbox[0].to == ["ada@example.org"]
    assert not CODE.search(mailoutbox[0].body)
    assert Member.objects.filter(username="ada").count() == 0


# --- in and out -------------------------------------------------------------------------------
@pytest.mark.parametrize("login", ["ada", "ADA", "ada@example.org", "Ada@Example.org"])
def test_sign_in_by_name_or_address(client: Client, login: str) -> None:
    make_member("ada", password=PASSWORD)
    sign_in(client, login)
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("known", "unknown"), [("lovelace", "somebody"), ("lovelace@x.org", "somebody@x.org")]
)
def test_a_wrong_password_says_the_same_for_known_and_unknown(known: str, unknown: str) -> None:
    make_member("lovelace", email="lovelace@x.org", password=PASSWORD)
    answers = [body(sign_in(Client(), login, "wrong")) for login in (known, unknown)]
    assert answers[0].replace(known, "") == answers[1].replace(unknown, "")


def test_who_has_not_verified_is_sent_to_the_code(client: Client) -> None:
    member = make_member("ada", password=PASSWORD, is_verified=False)
    EmailAddress.objects.create(user=member, email=member.email, primary=True)
    answer = sign_in(client, "ada")
    assert answer.url == reverse("account_email_verification_sent")
    assert not is_signed_in(client)


def test_only_a_post_signs_out() -> None:
    client = signed_in(make_member())
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    post(client, "account_logout", {})
    assert not is_signed_in(client)


def test_a_session_gets_another_key_when_somebody_signs_in(client: Client) -> None:
    make_member("ada", password=PASSWORD)
    client.session.save()
    before = client.session.session_key
    sign_in(client, "ada")
    assert client.session.session_key != before


def follow_link(client: Client, mail: EmailMultiAlternatives, password: str = PASSWORD) -> None:
    """Open the link of a mail about a new password, and choose one."""
    link = re.search(r"http://\S+", mail.body)
    assert link is not None
    page = client.get(urlsplit(link[0]).path, follow=True)
    client.post(page.redirect_chain[-1][0], dict.fromkeys(("password1", "password2"), password))


# --- a new password ---------------------------------------------------------------------------
def test_asking_for_a_new_password_says_the_same_for_known_and_unknown(client: Client) -> None:
    make_member("ada")
    answers = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in ("ada@example.org", "nobody@example.org")
    ]
    assert body(answers[0]) == body(answers[1])


def test_the_link_in_the_mail_sets_a_new_password(
    client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    make_member("ada", password="the old one 1", language="zh-hans")
    post(client, "account_reset_password", {"email": "ada@example.org"})
    assert "设置新密码" in mailoutbox[0].subject
    follow_link(client, mailoutbox[0], "a new one, longer")
    assert Member.objects.get().check_password("a new one, longer")


def test_a_used_or_broken_link_is_explained(client: Client) -> None:
    page = client.get(reverse("account_reset_password_from_key", args=["1", "nonsense"]))
    assert "This link no longer works" in body(page)


# --- too many wrong passwords -----------------------------------------------------------------
def test_five_wrong_passwords_rest_the_account_whatever_was_typed(client: Client) -> None:
    make_member("ada", password=PASSWORD)
    for login in ("ada", "ada@example.org", "ADA", "ada", "Ada@example.org"):
        sign_in(client, login, "wrong")
    answer = sign_in(client, "ada")
    assert answer.status_code == 429
    assert "After 5 wrong passwords this account rests for half an hour" in body(answer)
    assert not is_signed_in(client)


def test_the_rest_is_for_one_account_and_ends_with_a_new_password(
    client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    make_member("ada", password=PASSWORD)
    make_member("bob", password=PASSWORD)
    for _ in range(5):
        sign_in(client, "ada", "wrong")
    sign_in(client, "bob")
    assert is_signed_in(client)
    other = Client()
    post(other, "account_reset_password", {"email": "ada@example.org"})
    follow_link(other, mailoutbox[-1])
    assert is_signed_in(other)


def test_an_address_is_slowed_down(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/m/ip"}
    address = "192.0.2.77"
    for number in range(3):
        answer = client.post(
            reverse("account_login"),
            {"login": f"nobody{number}{time.time_ns()}", "password": "wrong"},
            REMOTE_ADDR=address,
        )
    assert "Too many tries from where you are" in answer.content.decode()


# --- second factors ---------------------------------------------------------------------------
def totp(secret: str) -> str:
    """RFC 6238, as an authenticator app computes it."""
    key = base64.b32decode(secret)
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def confirm(client: Client) -> None:
    """Prove once more who one is, as pages of account settings ask."""
    post(client, "account_reauthenticate", {"password": PASSWORD})


def with_app(client: Client) -> str:
    """Set up an authenticator app; the secret it keeps."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = str(page.context["form"].secret)
    post(client, "mfa_activate_totp", {"code": totp(secret)})
    return secret


def test_an_app_is_set_up_and_asked_for(client: Client) -> None:
    member = make_member("ada", password=PASSWORD)
    sign_in(client, "ada")
    confirm(client)
    secret = with_app(client)
    assert secret not in str(member.authenticator_set.get(type="totp").data)
    other = Client()
    assert sign_in(other, "ada").url == reverse("mfa_authenticate")
    post(other, "mfa_authenticate", {"code": "000000"})
    assert not is_signed_in(other)
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    post(other, "mfa_authenticate", {"code": code})
    assert is_signed_in(other)


def test_the_pages_of_passkeys_render(client: Client) -> None:
    make_member("ada", password=PASSWORD)
    login = client.get(reverse("account_login"))
    assert 'id="passkey_login"' in body(login)
    assert client.get(reverse("account_signup_by_passkey")).status_code == 200
    sign_in(client, "ada")
    confirm(client)
    page = body(client.get(reverse("mfa_add_webauthn")))
    assert '"challenge"' in page
    assert "allauth.webauthn.forms.addForm" in page


def test_signing_up_by_passkey_asks_for_no_password(
    client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    answers = {name: value for name, value in ANSWERS.items() if name != "password1"}
    post(client, "account_signup_by_passkey", answers)
    code = CODE.search(mailoutbox[0].body)
    assert code is not None
    answer = post(client, "account_email_verification_sent", {"code": code[0]})
    assert answer.url == reverse("mfa_signup_webauthn")
    assert "mfa_webauthn_signup" in body(client.get(answer.url))


# --- sessions and addresses -------------------------------------------------------------------
def test_signing_out_everywhere_else(client: Client) -> None:
    make_member("ada", password=PASSWORD)
    other = Client()
    for browser in (client, other):
        sign_in(browser, "ada")
    page = body(client.get(reverse("usersessions_list")))
    assert "Sign out everywhere else" in page
    post(client, "usersessions_list", {})
    assert is_signed_in(client)
    assert other.get(reverse("members:settings")).status_code == 302


def test_another_address_is_verified_before_it_counts(
    client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    member = make_member("ada", password=PASSWORD)
    sign_in(client, "ada")
    confirm(client)
    post(client, "account_email", {"email": "new@example.org", "action_add": ""})
    assert EmailAddress.objects.get(user=member, verified=True).email == "ada@example.org"
    code = CODE.search(mailoutbox[-1].body)
    assert code is not None
    post(client, "account_email_verification_sent", {"code": code[0]})
    assert EmailAddress.objects.get(user=member).email == "new@example.org"
    assert {mail.to[0] for mail in mailoutbox} >= {"ada@example.org", "new@example.org"}


def test_another_password_needs_the_old_one(client: Client) -> None:
    make_member("ada", password=PASSWORD)
    sign_in(client, "ada")
    new = dict.fromkeys(("password1", "password2"), "another one, longer")
    post(client, "account_change_password", {"oldpassword": "wrong"} | new)
    assert Member.objects.get().check_password(PASSWORD)
    post(client, "account_change_password", {"oldpassword": PASSWORD} | new)
    assert Member.objects.get().check_password("another one, longer")
    assert is_signed_in(client)
