"""What a release serves under the names of its content."""

import re
from pathlib import Path

from django.apps import apps
from django.contrib.staticfiles.finders import AppDirectoriesFinder

from orangefriday.storage import ReleasedFiles

WINGS = ("orangefriday", "community", "feedback", "awards")
IMPORT = re.compile(r"""^import .*["']\.{1,2}/(?:.*/)?(.+)["'];$""", re.MULTILINE)


def test_scripts_import_their_modules_by_the_names_of_their_content(tmp_path: Path) -> None:
    """A module kept from an earlier release would break a script of this one."""
    released = ReleasedFiles(location=tmp_path, base_url="/static/")
    ours = [app.name for app in apps.get_app_configs() if app.name.startswith(WINGS)]
    for path, storage in AppDirectoriesFinder(ours).list([]):
        if path.endswith(".js"):
            with storage.open(path) as script:
                released.save(path, script)
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.js")}
    list(released.post_process({path: (released, path) for path in written}))
    served = {tmp_path / name for name in released.hashed_files.values()}
    imported = {name for path in served for name in IMPORT.findall(path.read_text())}
    assert imported
    assert imported <= {path.name for path in served}
