"""`make run`: what it refuses to start, and one whole life of the site."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from orangefriday.embedded.child import Child, take_lock
from orangefriday.embedded.console import Console
from orangefriday.embedded.instance import Instance
from orangefriday.embedded.keeper import Keeper
from orangefriday.embedded.keys import local_keys
from orangefriday.embedded.options import read_options
from orangefriday.embedded.problem import CannotStart
from orangefriday.embedded.state import PROJECT_DIR
from orangefriday.embedded.supervisor import environment_of
from orangefriday.embedded.welcome import welcome

RUN = [sys.executable, "-m", "orangefriday.embedded", "run"]


def test_a_taken_port_is_named_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(CannotStart, match=rf"Port {port} .* is taken .* PORT=\d+\."):
            read_options()


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "http"), ("PORT", "65536"), ("WEB_WORKERS", "0")]
)
def test_a_senseless_number_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(CannotStart, match=f"{name}={value} is not a number from"):
        read_options()


def test_the_demo_stays_out_of_a_named_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "0")
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/community")
    assert not read_options().wants_demo
    monkeypatch.delenv("DATABASE_URL")
    assert read_options().wants_demo


def test_mails_lead_back_to_the_port_of_the_site(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PORT", "0")
    monkeypatch.delenv("SITE_URL", raising=False)
    options = read_options()
    url = environment_of(tmp_path, options, {})["SITE_URL"]
    assert url == f"http://127.0.0.1:{options.port}"
    monkeypatch.setenv("SITE_URL", "https://chosen.example")
    assert environment_of(tmp_path, options, {})["SITE_URL"] == "https://chosen.example"


def test_keys_are_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    keys = local_keys(tmp_path)
    assert local_keys(tmp_path) == keys
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600


def test_the_welcome_names_one_account_a_role(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "0")
    accounts = tmp_path / "demo-accounts.json"
    accounts.write_text('[{"role": "Fan", "username": "fan", "password": "橙色-7"}]')
    options = read_options()
    assert f"Orange Friday is at http://127.0.0.1:{options.port}/" in welcome(options, accounts)
    assert "  Fan   fan   橙色-7" in welcome(options, accounts)


def test_a_process_that_ends_is_started_again(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(on_loss=lambda: None)
    keeper = Keeper("web", lambda: Child(["/bin/false"], output=1), console)
    first = keeper.child
    first.wait(10)
    keeper.look()
    deadline = time.monotonic() + 10
    while keeper.child is first and time.monotonic() < deadline:
        keeper.look()
    keeper.stop()
    assert "web ended (exit status 1): starting it again in 1 s" in capsys.readouterr().out
    assert keeper.child is not first


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of somebody who has nothing but the project."""
    unset = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    chosen = {"STATE_DIR": str(tmp_path / "state"), "PORT": "0", "DEMO": "0", "WEB_WORKERS": "1"}
    yield kept | chosen
    Instance(tmp_path / "state").remove()


def read_until_up(site: subprocess.Popen[str]) -> int:
    """The port of the site, once it says that it is up."""
    assert site.stdout
    lines = []
    for line in site.stdout:
        lines.append(line)
        if found := re.match(r"Orange Friday is at http://127.0.0.1:(\d+)/", line):
            return int(found[1])
    pytest.fail("".join(lines))


def test_one_whole_life(environment: dict[str, str]) -> None:
    state = Path(environment["STATE_DIR"])
    with subprocess.Popen(
        RUN, stdout=subprocess.PIPE, text=True, env=environment, cwd=PROJECT_DIR
    ) as site:
        with closing(HTTPConnection("127.0.0.1", read_until_up(site), timeout=10)) as connection:
            connection.request("GET", "/readyz")
            assert connection.getresponse().status == 200
        second = subprocess.run(RUN, capture_output=True, text=True, env=environment, check=False)
        assert second.stderr.startswith(f"An instance already runs in {state} (process {site.pid})")
        site.send_signal(signal.SIGINT)
        assert site.wait(30) == 0
    for lock in ("site.lock", "postgres/lock", "valkey/lock"):
        take_lock(state / lock, seconds=0, refusal=f"Something still holds {lock}.").close()
