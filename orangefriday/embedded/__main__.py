"""`python -m orangefriday.embedded`: run the site, or a command, on embedded servers."""

import argparse
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

from orangefriday.embedded.instance import Instance, services
from orangefriday.embedded.keys import is_local, local_keys
from orangefriday.embedded.postgres import Postgres
from orangefriday.embedded.problem import CannotStart
from orangefriday.embedded.state import PROJECT_DIR, prepare, state_dir
from orangefriday.embedded.valkey import Valkey


def main() -> int:
    """Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m orangefriday.embedded", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="run the whole site until Ctrl-C")
    commands.add_parser("shell-env", help="print the servers' addresses for a shell's eval")
    commands.add_parser("remove", help="remove .local with all data")
    execute = commands.add_parser("exec", help="run a command while the servers are up")
    execute.add_argument("--state", type=Path, help="a state directory of its own")
    execute.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND")
    arguments = parser.parse_args()
    try:
        match arguments.command:
            case "run":
                from orangefriday.embedded.supervisor import run

                return run()
            case "shell-env":
                return print_addresses()
            case "remove":
                Instance(PROJECT_DIR / ".local").remove()
                return 0
            case _:
                return execute_command(arguments.words, arguments.state)
    except CannotStart as problem:
        sys.stderr.write(f"{problem}\n")
        return 1


def print_addresses() -> int:
    """Print the addresses at which the servers answer, or will once they are started."""
    state = prepare(state_dir())
    addresses = {"DATABASE_URL": Postgres(state).url, "REDIS_URL": Valkey(state).url}
    for name, value in ({"STATE_DIR": str(state)} | addresses).items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def execute_command(words: list[str], state: Path | None) -> int:
    """Run the command with the servers' addresses and the keys in its environment."""
    state = prepare((state or state_dir()).absolute())
    with services(state) as addresses:
        keys = local_keys(state) if is_local() else {}
        environment = keys | dict(os.environ) | addresses | {"STATE_DIR": str(state)}
        # Ctrl-C reaches the command too: it answers, and the servers go when it has.
        signal.signal(signal.SIGINT, lambda *_: None)
        command = words[1:] if words[:1] == ["--"] else words
        process = subprocess.Popen(command, env=environment)
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        return process.wait()


if __name__ == "__main__":
    sys.exit(main())
