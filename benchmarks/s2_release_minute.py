"""S2, the release minute: what a hit on a public page costs, against a constant page (B0)."""

import os
import subprocess
import sys

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from benchmarks import stack
from benchmarks.hits import Measured, get, measure

HITS = int(os.environ.get("BENCH_HITS", "20000"))
SIGNED_IN_HITS = max(HITS // 10, 200)
SHARE_OF_B0, MOST_B0_SIGNED_IN = 0.70, 30
WARM_UP = 200


def run() -> bool:
    """Print S2's lines; whether its figures are reached."""
    with stack.own_database("bench_s2") as url:
        _demo()
        with stack.web_server("benchmarks.bare:application") as bare:
            base = _measure(bare, url, "/constant", HITS)
        print(f"S2 B0 constant page: {base.rate:.0f}/s, {base.cpu_ms:.3f} ms CPU a hit", flush=True)
        paths = _public_paths()
        with stack.web_server() as site:
            public = [_public(site, url, base, path) for path in paths]
            signed = [_signed_in(site, url, base, path) for path in paths]
    return all(public) and all(signed)


def _public(site: stack.Server, url: str, base: Measured, path: str) -> bool:
    page = _measure(site, url, path, HITS)
    share = page.rate / base.rate
    holds = share >= SHARE_OF_B0 and page.transactions < 0.01
    print(
        f"S2 {path} anonymous: {page.rate:.0f}/s = {share:.0%} of B0 (at least {SHARE_OF_B0:.0%}), "
        f"{page.cpu_ms:.3f} ms CPU = {page.cpu_ms / base.cpu_ms:.1f} × B0, "
        f"{page.transactions:.4f} transactions a hit: {'ok' if holds else 'MISSED'}",
        flush=True,
    )
    return holds


def _signed_in(site: stack.Server, url: str, base: Measured, path: str) -> bool:
    page = _measure(site, url, path, SIGNED_IN_HITS, cookie=f"sessionid={_session()}")
    times = page.cpu_ms / base.cpu_ms
    holds = times <= MOST_B0_SIGNED_IN
    print(
        f"S2 {path} signed in: {page.rate:.0f}/s, {page.cpu_ms:.2f} ms CPU = {times:.1f} × B0 "
        f"(at most {MOST_B0_SIGNED_IN}), {page.transactions:.1f} transactions a hit: "
        f"{'ok' if holds else 'MISSED'}",
        flush=True,
    )
    return holds


def _measure(site: stack.Server, url: str, path: str, hits: int, cookie: str = "") -> Measured:
    """Hit a page from 64 connections."""
    request = get(site, path, cookie)
    return measure(site, url, [request] * (WARM_UP + hits), warm_up=WARM_UP)


def _demo() -> None:
    """Eight weeks of the demo community: real pages to measure."""
    quiet = subprocess.DEVNULL
    subprocess.run([sys.executable, "manage.py", "demo"], cwd=stack.ROOT, check=True, stdout=quiet)


def _public_paths() -> list[str]:
    from awards.popcorn.models import Award
    from community.builds.models import Build

    award = Award.objects.select_related("build").latest("announced_at")
    build = Build.objects.filter(state=Build.State.PUBLISHED).latest("published_at")
    return ["/", f"/builds/{build.slug}/", f"/popcorn/{award.build.slug}/"]


def _session() -> str:
    """A session of the demo's fan."""
    from community.members.models import Member
    from community.members.signed_in import SessionStore

    fan = Member.objects.get(username="fan")
    session = SessionStore()
    session[SESSION_KEY] = str(fan.pk)
    session[BACKEND_SESSION_KEY] = "community.members.signed_in.Backend"
    session[HASH_SESSION_KEY] = fan.get_session_auth_hash()
    session.create()
    return str(session.session_key)
