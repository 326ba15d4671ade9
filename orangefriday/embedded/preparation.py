"""What is done before the site answers: translations, tables, files and, once, the demo."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orangefriday.embedded import programs
from orangefriday.embedded.child import Child
from orangefriday.embedded.console import Console
from orangefriday.embedded.keys import is_local
from orangefriday.embedded.problem import CannotStart
from orangefriday.embedded.state import PROJECT_DIR
from orangefriday.translation import compile_catalogs


@dataclass(frozen=True)
class Preparation:
    """The steps of one start, each safe to do again after a start that was broken off."""

    state: Path
    environment: Mapping[str, str]
    console: Console

    def run(self, *, wants_demo: bool) -> None:
        """Do all steps. Raises `CannotStart` when one fails."""
        compile_catalogs(PROJECT_DIR)
        self._manage("Bringing the tables up to date", "migrate", "--noinput")
        if not is_local():
            self._manage("Collecting the static files", "collectstatic", "--noinput")
        if not self._first_start.exists():
            if wants_demo:
                self._manage("Loading the demo community", "demo")
            self._first_start.write_text("with the demo\n" if wants_demo else "empty\n")

    @property
    def has_demo(self) -> bool:
        """Whether the first start loaded the demo."""
        return self._first_start.read_text().startswith("with")

    @property
    def _first_start(self) -> Path:
        """The mark of a finished first start, kept with the database that it speaks of."""
        home = self.state if os.environ.get("DATABASE_URL") else self.state / "postgres"
        return home / "first-start"

    def _manage(self, what: str, *arguments: str) -> None:
        """Run a management command; its output goes straight to the terminal, progress and all."""
        self.console.say(what)
        child = Child(
            programs.manage(*arguments),
            output=1,
            environment=self.environment,
            directory=PROJECT_DIR,
        )
        try:
            status = child.wait()
        finally:
            child.stop()
        if status != 0:
            raise CannotStart(f"{what} failed: the lines above say why.")
