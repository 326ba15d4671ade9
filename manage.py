#!/usr/bin/env python
"""Run a command; starts the embedded database when no server is named."""

import os
import sys

WITHOUT_DATABASE = {
    "collectstatic",
    "help",
    "makemessages",
    "messages",
    "simulate_award",
    "verify_award",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orangefriday.settings")
    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_DATABASE:
        from orangefriday.embedded import ensure_environment

        ensure_environment()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
