"""Web push: the standards' own example, a service on loopback, and no way to a private host."""

import base64
import json
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client

from community.members.models import Member
from community.notices.domain import browsers
from community.notices.models import Delivery, PushSubscription
from community.notices.push import posting
from community.notices.push.encryption import CURVE, encrypt, public_bytes
from community.notices.push.vapid import authorization, decoded, encoded, key_from
from community.notices.tasks import send_all_due
from tests.community.builds.making import make_member
from tests.community.notices.making import NOW, tell

KEY = base64.b64encode(b"\1" * 32).decode()
# RFC 8291, Appendix A.
BROWSER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
OWN = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_a_push_is_encrypted_as_the_standard_shows() -> None:
    body = encrypt(
        b"When I grow up, I want to be a watermelon",
        browser_key=decoded(BROWSER),
        browser_secret=decoded(SECRET),
        own_key=ec.derive_private_key(int.from_bytes(decoded(OWN)), CURVE),
        salt=decoded(SALT),
    )
    assert encoded(body) == BODY


def test_a_push_says_who_sends_it() -> None:
    header = authorization(
        "https://push.example:8443/a?b", key=key_from(KEY), contact="https://here.example", at=NOW
    )
    token, _, key = header.removeprefix("vapid t=").partition(", k=")
    signed, _, signature = token.rpartition(".")
    octets = decoded(signature)
    der = encode_dss_signature(int.from_bytes(octets[:32]), int.from_bytes(octets[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(key))
    public.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    claims = json.loads(decoded(signed.split(".")[1]))
    assert claims["aud"] == "https://push.example:8443"
    assert NOW.timestamp() < claims["exp"] <= NOW.timestamp() + 24 * 3600


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.215.14", True),
        ("2606:4700::1111", True),
        *((private, False) for private in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1")),
        *((private, False) for private in ("::ffff:10.0.0.1", "2002:7f00:1::", "fe80::1%eth0")),
        *((private, False) for private in ("0.0.0.0", "224.0.0.1", "100.64.0.1", "fc00::1")),
    ],
)
def test_which_addresses_are_public(address: str, is_public: bool) -> None:
    assert posting.is_public(address) is is_public


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "http://example.org/", "https://localhost/"])
def test_nothing_is_sent_to_a_private_host(url: str) -> None:
    with pytest.raises(posting.NotPublic):
        posting.post(
            url, body=b"", headers={}, allowed_hosts=frozenset(), tls=ssl.create_default_context()
        )


class Service(HTTPServer):
    """A push service on loopback, with a certificate of its own."""

    status = 201

    def __init__(self, directory: Path) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.authority = make_certificate(directory)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self.authority)
        self.socket = tls.wrap_socket(self.socket, server_side=True)

    @property
    def endpoint(self) -> str:
        return f"https://localhost:{self.server_port}/push/1"


class Taking(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        pass


def make_certificate(directory: Path) -> Path:
    key, now = ec.generate_private_key(CURVE), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = directory / "service.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    return file


@pytest.fixture
def service(tmp_path: Path, settings: Any) -> Iterator[Service]:
    with Service(tmp_path) as service:
        Thread(target=service.serve_forever, args=[0.01], daemon=True).start()
        settings.WEB_PUSH_KEY = KEY
        settings.WEB_PUSH_PRIVATE_HOSTS = ["localhost"]
        settings.WEB_PUSH_AUTHORITY = str(service.authority)
        yield service
        service.shutdown()


@pytest.fixture
def mei(db: None) -> Member:
    return make_member("mei")


def add_browser(member: Member, endpoint: str) -> PushSubscription:
    return browsers.add_browser(
        member=member,
        endpoint=endpoint,
        public_key=decoded(BROWSER),
        secret=decoded(SECRET),
        language="en",
        at=NOW,
    )


def test_a_notice_is_pushed_at_once_and_says_nothing_private(mei: Member, service: Service) -> None:
    add_browser(mei, service.endpoint)
    tell(mei, words={"title": "A secret"})
    assert [send_all_due(NOW), send_all_due(NOW)] == [1, 0]
    ((headers, body),) = service.taken
    assert headers["Content-Encoding"] == "aes128gcm"
    assert headers["Authorization"].endswith(encoded(public_bytes(key_from(KEY))))
    assert b"secret" not in body
    from community.notices.push.sending import payload

    said = payload(PushSubscription.objects.get(), Delivery.objects.get(channel="push").notice)
    assert (said["title"], said["unread"]) == ("Replies", 1)
    assert "secret" not in json.dumps(said)


def test_a_browser_that_is_gone_is_forgotten(mei: Member, service: Service) -> None:
    add_browser(mei, service.endpoint)
    service.status = 410
    tell(mei)
    assert send_all_due(NOW) == 0
    assert not PushSubscription.objects.exists()
    assert Delivery.objects.get(channel="push").dropped_at


def test_a_service_that_is_down_is_tried_again(mei: Member, service: Service) -> None:
    add_browser(mei, service.endpoint)
    service.status = 503
    tell(mei)
    assert send_all_due(NOW) == 0
    service.status = 201
    assert send_all_due(NOW + timedelta(minutes=2)) == 1


def test_an_endpoint_on_a_private_host_is_forgotten(
    mei: Member, service: Service, settings: Any
) -> None:
    settings.WEB_PUSH_PRIVATE_HOSTS = []
    add_browser(mei, service.endpoint)
    tell(mei)
    assert (send_all_due(NOW), service.taken) == (0, [])
    assert not PushSubscription.objects.exists()


def test_a_browser_subscribes_and_leaves(client: Client, mei: Member) -> None:
    client.force_login(mei, backend="community.members.signed_in.Backend")
    said = {"endpoint": "https://push.example/1", "keys": {"p256dh": BROWSER, "auth": SECRET}}

    def send(name: str, what: object) -> int:
        return client.post(f"/notices/push/{name}/", what, "application/json").status_code

    assert [send("subscribe", said), send("subscribe", said)] == [204, 204]
    assert PushSubscription.objects.get().member == mei
    assert send("unsubscribe", {"endpoint": "https://push.example/1"}) == 204
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        [],
        {"endpoint": "http://push.example/1", "keys": {"p256dh": BROWSER, "auth": SECRET}},
        {"endpoint": "https://push.example/1", "keys": {"p256dh": SECRET, "auth": SECRET}},
        {"endpoint": "https://push.example/1", "keys": {"p256dh": BROWSER, "auth": "?"}},
    ],
)
def test_what_is_no_subscription_is_refused(client: Client, mei: Member, said: Any) -> None:
    client.force_login(mei, backend="community.members.signed_in.Backend")
    assert client.post("/notices/push/subscribe/", said, "application/json").status_code == 400


def test_the_worker_is_at_the_root(client: Client) -> None:
    answer = client.get("/service-worker.js")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/javascript")
