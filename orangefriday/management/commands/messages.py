"""`manage.py messages`: keeps the translations complete, without the gettext programs."""

from argparse import ArgumentParser
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from orangefriday import translation


class Command(BaseCommand):
    """One catalog a room: take its strings, look for gaps, compile."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Rooms by their labels, and what to do with them."""
        parser.add_argument("rooms", nargs="*", metavar="ROOM", help="default: every room")
        task = parser.add_mutually_exclusive_group(required=True)
        task.add_argument("--update", action="store_true", help="take over the code's strings")
        task.add_argument("--check", action="store_true", help="fail on what is not translated")
        task.add_argument("--compile", action="store_true", help="write the files Django reads")

    def handle(self, *, rooms: list[str], **options: bool) -> None:
        """Raises `CommandError` for an unknown room, and where the check finds something."""
        if options["compile"]:
            for file in translation.compile_catalogs(settings.BASE_DIR):
                self.stdout.write(f"compiled {file.relative_to(settings.BASE_DIR)}")
        elif options["update"]:
            for room in _directories(rooms).values():
                self._update(room)
        else:
            self._check(_directories(rooms))

    def _update(self, room: Path) -> None:
        file = translation.catalog_file(room)
        strings = translation.extract_strings(room)
        kept = translation.read_catalog(file)
        if not len(strings) and not file.exists():
            return
        translation.write_catalog(file, translation.merge(strings, kept))
        for problem in translation.find_problems(strings, kept):
            self.stdout.write(f"{file.relative_to(settings.BASE_DIR)}: {problem}")

    def _check(self, rooms: dict[str, Path]) -> None:
        kept = {r: translation.read_catalog(translation.catalog_file(p)) for r, p in rooms.items()}
        problems = [
            f"{label}: {problem}"
            for label, room in rooms.items()
            for problem in translation.find_problems(translation.extract_strings(room), kept[label])
        ]
        problems += translation.find_conflicts(kept.values())
        if problems:
            listed = "\n".join(problems)
            raise CommandError(f"{listed}\n{len(problems)} problems in the translations.")
        self.stdout.write(f"The translations of {len(rooms)} rooms are complete.")


def _directories(labels: list[str]) -> dict[str, Path]:
    """The directories of the rooms, all of them where no label is given."""
    rooms = {
        app.label: Path(app.path)
        for app in apps.get_app_configs()
        if Path(app.path).is_relative_to(settings.BASE_DIR) and "site-packages" not in app.path
    }
    if unknown := set(labels) - set(rooms):
        raise CommandError(f"No such room: {', '.join(sorted(unknown))}.")
    return {label: rooms[label] for label in labels} or rooms
