"""An export holds every model, or says why not; what was changed in it is found."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from community.forum.domain import posting
from community.forum.models import Board, Post
from community.media.domain import pictures
from community.media.models import Picture
from community.members.models import Member
from orangefriday.export import checking, contents, writing
from tests.community.media.making import picture
from tests.community.members.making import AT, make_member


@pytest.fixture
def _site(transactional_db: None, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    mei = make_member("mei", password="correct horse battery")
    board = Board.objects.get_or_create(slug="chat", stage="chat", name="Chat")[0]
    posting.open_topic(board=board, title="Back\\slash", body='"Two"\nlines\t。', author=mei, at=AT)
    pictures.keep(file=io.BytesIO(picture(size=(400, 20))), member=mei, at=AT)


def lines(root: Path, table: str) -> list[dict[str, Any]]:
    text = (root / f"tables/{table}.jsonl").read_text()
    return [json.loads(line) for line in text.split("\n")[:-1]]


@pytest.mark.usefixtures("_site")
def test_a_site_is_exported_whole(tmp_path: Path) -> None:
    root, archive = tmp_path / "site", tmp_path / "site.zip"
    manifest = writing.export(root, at=AT)
    assert [post["body"] for post in lines(root, "forum_post")] == ['"Two"\nlines\t。']
    assert "password" not in lines(root, "members_member")[0]
    assert "argon2" not in "".join(path.read_text() for path in root.rglob("*.json*"))
    rows = {table["model"]: table["rows"] for table in manifest["tables"]}
    assert rows["members.Member"] == Member.objects.count() == 1
    assert rows["forum.Post"] == Post.objects.count() == 1
    assert len(list(root.glob("media/**/*.webp"))) == manifest["files"]["rows"] == 2
    assert checking.faults(root) == []
    call_command("export_site", str(archive), stdout=io.StringIO())
    assert checking.faults(archive) == []
    with pytest.raises(CommandError, match="there already"):
        call_command("export_site", str(archive))

    changed = root / "tables/forum_post.jsonl"
    changed.write_bytes(changed.read_bytes().replace(b"Two", b"Too"))
    next(root.glob("media/**/*-320.webp")).unlink()
    assert len(checking.faults(root)) == 2

    Picture.objects.update(key="0" * 32)
    assert len(writing.export(tmp_path / "again", at=AT)["files"]["missing"]) == 2


def test_every_model_is_in_or_left_out_with_a_reason() -> None:
    told = {table.model for table in contents.tables()} | set(contents.omissions())
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert labels - told == set()
    apps_here = {label.split(".")[0] for label in labels} | labels
    assert set(contents.LEFT_OUT) - apps_here == set()  # no reason outlives its model
