"""Sees that a Celery worker that has failed ends, so that whoever watches it starts another."""

import logging
import os
from threading import Timer
from typing import Protocol

from celery.bootsteps import StartStopStep

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 10.0


class Worker(Protocol):
    """What the step asks of Celery's worker: its exit status, known once it is to end."""

    exitcode: int | None


class LastMinute(StartStopStep):
    """Limits the end of a worker that failed, such as on a broker whose disk is full.

    Celery then waits for the results of its processes, and for ever when one ended while it
    wrote. What was under way is found again: due work is rows. A worker that is asked to end
    takes the time that its tasks need.
    """

    requires = ("celery.worker.components:Pool",)

    def close(self, worker: Worker) -> None:
        """Called as the first thing of the worker's end."""
        if worker.exitcode:
            timer = Timer(PATIENCE_SECONDS, _leave, [worker.exitcode])
            timer.daemon = True
            timer.start()


def _leave(status: int) -> None:
    logger.critical("This worker has failed and does not come to its end: leaving.")
    os._exit(status)
