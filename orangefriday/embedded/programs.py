"""The command lines of the site's own processes."""

import sys
from pathlib import Path

from orangefriday.embedded.options import Options

# Long enough for a request or a task at work, short enough for whoever pressed Ctrl-C.
PATIENCE_SECONDS = 8


def manage(*arguments: str) -> list[str]:
    """A management command."""
    return [sys.executable, "manage.py", *arguments]


def site(state: Path, options: Options) -> dict[str, list[str]]:
    """All of them by name, in the order of their start."""
    return {"beat": beat(state), "worker": worker(options), "web": web(options)}


def web(options: Options) -> list[str]:
    """The web server: processes times threads, each thread with a lasting database connection."""
    command = [sys.executable, "-m", "granian", "orangefriday.wsgi:application"]
    command += ["--interface", "wsgi", "--no-ws"]
    command += ["--host", options.host, "--port", str(options.port)]
    command += ["--workers", str(options.workers), "--blocking-threads", str(options.threads)]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", str(PATIENCE_SECONDS // 2)]
    return [*command, "--access-log"] if options.logs_requests else command


def worker(options: Options) -> list[str]:
    """The worker that runs tasks."""
    # It warns of root at length; the tasks take JSON alone, which runs no code.
    quiet = "ignore:You're running the worker with superuser privileges"
    command = [
        sys.executable,
        "-W",
        quiet,
        "-m",
        "celery",
        "--app",
        "orangefriday.celery:app",
        "--quiet",
    ]
    command += ["worker", "--concurrency", str(options.workers), "--loglevel", "INFO"]
    return [*command, "--without-gossip", "--without-mingle"]


def beat(state: Path) -> list[str]:
    """The beat that says when to look for due work; more than one does no harm."""
    command = [sys.executable, "-m", "celery", "--app", "orangefriday.celery:app", "--quiet"]
    return [*command, "beat", "--schedule", str(state / "beat-schedule"), "--pidfile="]
