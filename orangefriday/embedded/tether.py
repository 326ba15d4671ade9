"""Runs a command that must not outlive the process that started it.

Started by path and with the standard library alone, so that it costs milliseconds:
`tether.py PARENT_PID FAREWELL_SIGNAL LIFELINE_FD UID GID COMMAND…` (UID -1: keep the account).
"""

import ctypes
import os
import select
import signal
import sys
import time

PR_SET_PDEATHSIG = 1
PATIENCE_SECONDS = 10.0


def main(argv: list[str]) -> None:
    """Drop to the given account, then become the command (Linux) or stay as its guard."""
    parent, farewell, lifeline, uid, gid = (int(word) for word in argv[:5])
    command = argv[5:]
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux" and "TETHER_GUARD" not in os.environ:
        os.close(lifeline)
        die_with(parent, farewell)
        os.execv(command[0], command)
    guard(command, lifeline, farewell)


def die_with(parent: int, farewell: int) -> None:
    """Ask the kernel for the farewell signal when the parent ends, however it ends."""
    # After the change of account: the kernel forgets the wish when credentials change.
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, farewell, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the wish was made
        sys.exit(1)


def guard(command: list[str], lifeline: int, farewell: int) -> None:
    """Pass signals on to the command and end it when the lifeline's other end is gone."""
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    passed_on = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP)
    for number in (*passed_on, signal.SIGCHLD):
        signal.signal(number, lambda *_: None)
    child = os.fork()
    if child == 0:
        os.close(lifeline)
        os.execv(command[0], command)
    while True:
        ready, _, _ = select.select([wake, lifeline], [], [])
        for received in os.read(wake, 64) if wake in ready else b"":
            if received in passed_on:
                os.kill(child, received)
        leave_if_ended(child)
        if lifeline in ready:
            end(child, farewell)


def end(child: int, farewell: int) -> None:
    """Say farewell, wait a while, then end the whole process group, oneself included."""
    os.kill(child, farewell)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        leave_if_ended(child)
        time.sleep(0.05)
    os.killpg(0, signal.SIGKILL)


def leave_if_ended(child: int) -> None:
    """Leave with the command's own exit status once it has one."""
    ended, status = os.waitpid(child, os.WNOHANG)
    if ended:
        code = os.waitstatus_to_exitcode(status)
        sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main(sys.argv[1:])
