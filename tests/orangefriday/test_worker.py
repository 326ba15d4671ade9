"""A worker that has failed ends, whatever it waits for; one that is asked to takes its time."""

import subprocess
import sys

import pytest

from orangefriday.celery import app
from orangefriday.worker import LastMinute

ENDING = """
import time
from types import SimpleNamespace
from orangefriday import worker

worker.PATIENCE_SECONDS = 0.1
worker.LastMinute.close(None, SimpleNamespace(exitcode={exitcode}))
time.sleep(1)
"""


@pytest.mark.parametrize(("exitcode", "status"), [(3, 3), (0, 0), (None, 0)])
def test_only_what_has_failed_is_ended(exitcode: int | None, status: int) -> None:
    program = ENDING.format(exitcode=exitcode)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == status
    assert (b"leaving" in done.stderr) is bool(status)


def test_every_worker_has_the_step() -> None:
    assert LastMinute in app.steps["worker"]
