"""Other forums are taken over whole: nothing twice, nothing seen by more people than before."""

import gzip
import io
import re
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from community.forum.domain.importing import running, saving
from community.forum.domain.importing.records import OldBoard
from community.forum.domain.indexing import index_due
from community.forum.domain.posting import open_topic
from community.forum.models import Board, Imported, Post, SearchEntry, Tag, Topic
from community.members.models import Member
from tests.community.members.making import make_member

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[3] / "data"
DISCOURSE, DISCUZ, CSV = DATA / "discourse.sql", DATA / "discuz.sql", DATA / "csv_forum"


def take_over(system: str, *arguments: str | Path) -> str:
    out = io.StringIO()
    call_command(f"import_{system}", *map(str, arguments), stdout=out)
    return out.getvalue()


def counts() -> list[int]:
    return [model.objects.count() for model in (Member, Board, Tag, Topic, Post, Imported)]


def topic_at(address: str) -> Topic:
    moved = Client().get(address)
    assert moved.status_code == 301, address
    return Topic.objects.get(pk=int(re.findall(r"\d+", moved["Location"])[0]))


def test_discourse() -> None:
    told = take_over("discourse", DISCOURSE, "--site", "https://old.example")
    assert "posts: 4 new" in told
    assert "left out: 1 (a private message)" in told
    topic = Topic.objects.get(title="The camera hangs again")
    assert topic.board.name == "Phones / Cameras"
    assert topic.created_at == datetime(2024, 3, 1, 10, 0, 0, 123456, UTC)
    assert sorted(topic.tags.values_list("name", flat=True)) == ["bug", "相机"]
    first, deleted, last = topic.posts.order_by("number")
    assert [first.number, deleted.number, last.number, topic.post_count] == [1, 2, 3, 3]
    assert "[📎 shot](https://old.example/uploads/short-url/a1b2.png)" in first.body
    assert deleted.hidden_at
    assert last.edited_at
    ada = Member.objects.get(display_name="Ada")
    assert ada.username != "admin"  # nobody speaks as the site
    assert f"@{ada.username}. `@admin` in code\\path stays." in last.body
    assert Topic.objects.get(title="Plans").board.readers == Board.Readers.STAFF


def test_discuz() -> None:
    take_over("discuz", DISCUZ, "--board", "2=chat", "--site", "https://old.example")
    topic = Topic.objects.get(title="It's here: 新版本 & 感受")
    assert topic.board.slug == "chat"
    first, second = topic.posts.order_by("number")
    attached = "[📎 77](<https://old.example/forum.php?mod=attachment&aid=77>)"
    assert first.body == f"**很流畅**\n看[这里](<https://example.org/a>)  {attached}"
    assert second.body == "> 很流畅\n\n同感, it's fine; (really)"
    assert second.author is None  # written without a name
    assert set(Topic.objects.visible()) == {topic}
    assert Board.objects.get(name="内部").readers == Board.Readers.STAFF
    assert Member.objects.get(display_name="卖片的").suspended_until
    assert not Member.objects.filter(display_name="站长").exists()


def test_csv() -> None:
    take_over("csv", CSV)
    topic = Topic.objects.get(title='Hello, "world"')
    assert {post.body for post in topic.posts.all()} == {
        "Two **bold** lines,\none link: [there](<https://example.org/>)",
        "Plain *Markdown*",
    }


@pytest.mark.parametrize(
    ("system", "source"), [("discourse", DISCOURSE), ("discuz", DISCUZ), ("csv", CSV)]
)
def test_a_second_run_changes_nothing_and_a_dry_one_keeps_nothing(
    system: str, source: Path
) -> None:
    before = counts()
    take_over(system, source, "--dry-run")
    assert counts() == before
    take_over(system, source)
    after = counts()
    take_over(system, source)
    assert counts() == after != before


def test_search_has_read_everything_in_order_when_an_import_ends() -> None:
    now = timezone.now()
    open_topic(board=Board.objects.get(slug="chat"), title="Today", body="x", author=None, at=now)
    index_due()
    take_over("csv", CSV)
    posts = Post.objects.order_by("created_at", "pk").values_list("pk", flat=True)
    entries = SearchEntry.objects.order_by("pk").values_list("post_id", flat=True)
    assert list(entries) == list(posts)


def test_broken_off_while_search_reads_it_reads_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed() -> Iterator[int]:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "index_all", killed)
    with pytest.raises(KeyboardInterrupt):
        take_over("csv", CSV)
    assert not SearchEntry.objects.exists()
    monkeypatch.undo()
    take_over("csv", CSV)
    assert SearchEntry.objects.count() == Post.objects.count()
    # Nothing new: nothing is read again.
    monkeypatch.setattr(running, "index_all", killed)
    take_over("csv", CSV)


def test_a_board_is_not_called_like_a_page() -> None:
    old = OldBoard(id="7", name="Tags", slug="tags")
    assert saving._board(old).slug == "tags-board"


def test_a_packed_backup_is_read_too(tmp_path: Path) -> None:
    dump = tmp_path / "dump.sql.gz"
    dump.write_bytes(gzip.compress(DISCOURSE.read_bytes()))
    with tarfile.open(tmp_path / "backup.tar.gz", "w:gz") as archive:
        archive.add(dump, "dump.sql.gz")
    assert "posts: 4 new" in take_over("discourse", tmp_path / "backup.tar.gz")


def test_a_member_gets_in_by_a_reset_of_the_password() -> None:
    take_over("discourse", DISCOURSE)
    ming = Member.objects.get(email="ming@example.org")
    assert not ming.has_usable_password()
    Client().post("/accounts/password/reset/", {"email": ming.email})
    assert [message.to for message in mail.outbox] == [[ming.email]]


def test_who_is_here_already_stays_one_member_if_both_addresses_are_shown() -> None:
    ming, lin = make_member(email="ming@example.org"), make_member(email="lin@example.org")
    take_over("discourse", DISCOURSE)
    topic = Topic.objects.get(title__startswith="The camera")
    assert topic.author == ming
    stranger = Member.objects.get(display_name="Lin Hao")
    assert stranger != lin  # nobody had shown that address there
    assert stranger.email == ""
    assert EmailAddress.objects.get(email="lin@example.org").user == lin


def test_names_that_are_taken_get_a_number() -> None:
    make_member("小明", display_name="小明")
    take_over("discourse", DISCOURSE)
    assert Member.objects.get(email="ming@example.org").username == "小明-2"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "\t101\t4\t",
            "\t101\tx\t",
        ),
        ("2024-03-03 10:00:00.123456\t2024-03-04", "yesterday\t2024-03-04"),
    ],
    ids=["number", "time"],
)
def test_a_refusal_names_the_line_and_keeps_half_of_nothing(
    tmp_path: Path, old: str, new: str
) -> None:
    broken = tmp_path / "dump.sql"
    text = DISCOURSE.read_text()
    broken.write_text(text.replace(old, new, 1))
    line = broken.read_text().split(new)[0].count("\n") + 1
    with pytest.raises(CommandError, match=f"line {line}: "):
        take_over("discourse", broken)
    assert not Post.objects.exists()
    assert not Topic.objects.visible().exists()  # held until all of it is there
    take_over("discourse", DISCOURSE)
    assert Topic.objects.visible().count() == 2


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    for source, system, end in ((DISCOURSE, "discourse", "Lin"), (DISCUZ, "discuz", "秘密")):
        cut = tmp_path / "dump.sql"
        text = source.read_text()
        cut.write_text(text[: text.rindex(end)])
        with pytest.raises(CommandError, match="line"):
            take_over(system, cut)


@pytest.mark.parametrize(
    "address",
    ["/t/the-camera/101", "/t/101", "/t/the-camera/101/2", "/t/the-camera/101/4", "/p/11"],
)
def test_old_addresses_of_discourse(address: str) -> None:
    take_over("discourse", DISCOURSE)
    assert topic_at(address).title == "The camera hangs again"
    assert Client().get("/u/小明/summary")["Location"].startswith("/members/")
    assert Client().get("/c/phones/cameras/2")["Location"] == "/forum/cameras/"


@pytest.mark.parametrize(
    "address",
    [
        "/thread-21-1-1.html",
        "/bbs/forum.php?mod=viewthread&tid=21",
        "/forum.php?mod=redirect&goto=findpost&ptid=21&pid=33",
    ],
)
def test_old_addresses_of_discuz(address: str) -> None:
    take_over("discuz", DISCUZ, "--board", "2=chat")
    assert topic_at(address).title.startswith("It's here")
    assert Client().get("/forum-2-1.html")["Location"] == "/forum/chat/"
    assert Client().get("/space-uid-2.html")["Location"].startswith("/members/")


def test_old_addresses_of_any_forum() -> None:
    take_over("csv", CSV)
    assert topic_at("/old/hello.asp?id=1").title == 'Hello, "world"'
    assert Client().get("/old/")["Location"] == "/forum/old-talk/"
    assert Client().get("/old/hello.asp?id=2").status_code == 404
    assert Client().get("/t/slug/101").status_code == 404
