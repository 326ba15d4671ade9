"""What happens once however often it is asked for: the request or call, and what it leaves."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from awards.popcorn.domain import award
from community.builds.domain import installs, week
from community.builds.models import Build, Product
from community.forum.domain.boards import ensure_boards
from community.forum.domain.posting import open_topic
from community.forum.models import Board, Topic
from community.members.models import Device, Member
from feedback.fourgrid.domain import tally
from feedback.polls.domain.making import make_poll
from feedback.polls.domain.questions import Question
from feedback.reports.domain import store
from tests.faults import volley
from tests.faults.world import (
    HOUR,
    Ballots,
    Person,
    close_build,
    give_token,
    make_draft,
    make_members,
    numbers,
    open_build,
    schedule,
    sign_in,
)


@dataclass(frozen=True)
class Asked:
    """A request or a call, and the table whose rows (by column) tell what it did."""

    what: bytes | Callable[[], object]
    table: str
    rows: dict[str, object]


@dataclass(frozen=True)
class Scene:
    """A product, its manager in a browser, and a member whom nobody has seen yet."""

    product: Product
    manager: Person
    member: Person
    chance: Random


def set_scene(product: Product, manager: Person, chance: Random) -> Scene:
    return Scene(product, manager, sign_in(make_members(1)[0]), chance)


def ballot(scene: Scene) -> Asked:
    build = open_build(scene.product)
    content = Ballots(build, scene.chance).draw("once")
    sent = volley.document("PUT", f"/api/v1/builds/{build.slug}/ballot", scene.member, content)
    mine = {"build_id": build.pk, "member_id": scene.member.member_id}
    return Asked(sent, "fourgrid_ballotversion", mine)


def install(scene: Scene) -> Asked:
    build, key = open_build(scene.product), Ed25519PrivateKey.generate()
    public, moment = key.public_key().public_bytes_raw(), "2026-11-20T17:05:00+08:00"
    member_id, now = scene.member.member_id, timezone.now()
    device = Device.objects.create(
        member_id=member_id, family="One", public_key=public, added_at=now
    )
    words = installs.message(version=build.slug, public_key=public, installed_at=moment)
    content = {
        "device": b64encode(public).decode(),
        "installed_at": moment,
        "signature": b64encode(key.sign(words)).decode(),
    }
    sent = volley.document("POST", f"/api/v1/builds/{build.slug}/installs", None, content)
    return Asked(sent, "builds_install", {"device_id": device.pk})


def thanks(scene: Scene) -> Asked:
    build = open_build(scene.product)
    sent = volley.form("/engineers/lin/thank/", scene.member, build=build.slug)
    return Asked(sent, "builds_thanks", {"member_id": scene.member.member_id})


def claim(scene: Scene) -> Asked:
    open_build(scene.product)
    sent = volley.form("/engineers/mei/claim/", scene.member, evidence="It is me.")
    return Asked(sent, "builds_engineerclaim", {"member_id": scene.member.member_id})


def reply(scene: Scene) -> Asked:
    words = {"body": "Me too.", "submission_key": str(uuid4())}
    sent = volley.form(f"/forum/topics/{_topic().pk}/reply/", scene.member, **words)
    return Asked(sent, "forum_post", {"author_id": scene.member.member_id})


def topic(scene: Scene) -> Asked:
    _topic()
    words = {"title": "It hangs", "body": "Often.", "submission_key": str(uuid4())}
    sent = volley.form("/forum/bugs/new/", scene.member, **words)
    return Asked(sent, "forum_topic", {"author_id": scene.member.member_id})


def _topic() -> Topic:
    ensure_boards()
    board = Board.objects.get(slug="bugs")
    return open_topic(board=board, title="It hangs", body="So.", author=None, at=timezone.now())


def poll_vote(scene: Scene) -> Asked:
    poll = make_poll(
        topic=_topic(),
        question=Question(title="Where to?", options=("North", "South")),
        by=Member.objects.get(pk=scene.manager.member_id),
        at=timezone.now(),
    )
    chosen = str(poll.options.values_list("pk", flat=True)[0])
    sent = volley.form(f"/polls/{poll.pk}/vote/", scene.member, option=chosen)
    return Asked(sent, "polls_pollballot", {"member_id": scene.member.member_id})


def wish_vote(scene: Scene) -> Asked:
    now = timezone.now()
    edges = {"wishes_open_at": now - HOUR, "wishes_close_at": now + HOUR}
    build = schedule(make_draft(scene.product), publish_at=now + 2 * HOUR)
    Build.objects.filter(pk=build.pk).update(**edges)
    wish = scene.product.proposals.values_list("pk", flat=True)[0]
    sent = volley.form(f"/wishes/{wish}/vote/", scene.member, build=build.slug, votes="1")
    return Asked(sent, "proposals_vote", {"member_id": scene.member.member_id})


def token(scene: Scene) -> Asked:
    fields = {"name": "script", "scopes": "read", "days": "30", "submission_key": str(uuid4())}
    sent = volley.form("/settings/tokens/", scene.member, **fields)
    return Asked(sent, "members_apitoken", {"member_id": scene.member.member_id})


def import_of_notes(scene: Scene) -> Asked:
    version = f"7.0.{next(numbers)}"
    fields = {
        "product": str(scene.product.pk),
        "text": f"## {version}\n\n- A quicker camera {version} (@lin)\n",
        "save": "1",
    }
    sent = volley.form("/studio/import/", scene.manager, **fields)
    return Asked(sent, "builds_feature", {"title": f"A quicker camera {version}"})


def draft_by_program(scene: Scene) -> Asked:
    version = f"8.0.{next(numbers)}"
    change = {"title": f"A quicker camera {version}", "credits": [{"name": "Lin"}]}
    content = {"product": scene.product.slug, "version": version, "features": [change]}
    program = give_token(Member.objects.get(pk=scene.manager.member_id))
    key = {"Idempotency-Key": version}
    sent = volley.document("POST", "/api/v1/builds/", program, content, **key)
    return Asked(sent, "builds_feature", {"title": change["title"]})


def publish(scene: Scene) -> Asked:
    build = schedule(make_draft(scene.product), publish_at=timezone.now() + HOUR)
    sent = volley.form(f"/studio/builds/{build.slug}/steps/publish/", scene.manager)
    return Asked(sent, "forum_topic", {"title": f"{scene.product.name} {build.version}"})


def count(scene: Scene) -> Asked:
    build, now = close_build(scene.product), timezone.now()
    act = lambda: tally.count(build_id=build.pk, at=now).pk
    return Asked(act, "fourgrid_tally", {"build_id": build.pk})


def report(scene: Scene) -> Asked:
    build, now = _counted(scene), timezone.now()
    act = lambda: store(build_id=build.pk, at=now).pk
    return Asked(act, "reports_votereport", {"build_id": build.pk})


def compute(scene: Scene) -> Asked:
    build, now = _counted(scene), timezone.now()
    act = lambda: award.compute(build_id=build.pk, at=now).pk
    return Asked(act, "popcorn_award", {"build_id": build.pk})


def announce(scene: Scene) -> Asked:
    build = _counted(scene)
    award.compute(build_id=build.pk, at=timezone.now())
    sent = volley.form(f"/popcorn/{build.slug}/announce/", scene.manager)
    return Asked(sent, "forum_topic", {"title": f"爆米花奖 · Popcorn Award {build.version}"})


def close(scene: Scene) -> Asked:
    build = open_build(scene.product, closes_in=-HOUR / 2)
    act = lambda: week.close(build_id=build.pk) in {True, False}
    return Asked(act, "builds_build", {"id": build.pk, "state": "closed"})


def _counted(scene: Scene) -> Build:
    build = close_build(scene.product)
    tally.count(build_id=build.pk, at=timezone.now())
    return build


OPERATIONS: dict[str, Callable[[Scene], Asked]] = {
    "ballot": ballot,
    "install": install,
    "thanks": thanks,
    "claim": claim,
    "reply": reply,
    "topic": topic,
    "poll vote": poll_vote,
    "wish vote": wish_vote,
    "token": token,
    "import of notes": import_of_notes,
    "draft by a program": draft_by_program,
    "publish": publish,
    "close": close,
    "tally": count,
    "report": report,
    "award": compute,
    "announcement": announce,
}
