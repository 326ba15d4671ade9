"""What posts show stays: their pictures, and cards of links where everybody reads."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from community.forum.domain import posting
from community.forum.models import Board, Topic
from community.media.domain import pictures
from community.media.models import LinkCard, Picture
from tests.community.media.making import picture
from tests.community.members.making import AT, make_member, queries_for

pytestmark = pytest.mark.django_db


def opened(readers: str, body: str) -> Topic:
    """By the site itself, whose links wait for nobody."""
    board = Board.objects.create(slug=readers, stage="chat", name="B", name_zh="B", readers=readers)
    return posting.open_topic(board=board, title="Look here", body=body, author=None, at=AT)


def test_a_picture_in_a_post_is_kept(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    kept = pictures.keep(file=BytesIO(picture()), member=make_member(), at=AT)
    topic = opened("members", "Look")
    assert not Picture.objects.get().is_used
    posting.edit_post(post=topic.posts.get(), body=kept.markdown, at=AT)
    assert Picture.objects.get().is_used


def test_a_lone_link_has_a_card_where_everybody_reads(settings: Any) -> None:
    settings.LINK_PREVIEWS = True
    opened("members", "https://b.example/secret")
    topic = opened("everybody", "https://a.example/")
    assert LinkCard.objects.get().address == "https://a.example/"
    page, client = topic.get_absolute_url(), Client()
    assert "link-card" not in client.get(page).content.decode()
    LinkCard.objects.update(state="fetched", title="A <b>title", host="a.example")
    html = client.get(page).content.decode()
    assert '<a class="link-card" href="https://a.example/" rel="nofollow ugc noopener">' in html
    assert "<strong>A &lt;b&gt;title</strong>" in html
    one = queries_for(client, page)
    for _time in range(2):
        posting.reply(
            topic=topic, author=None, body="https://a.example/", submission_key=None, at=AT
        )
    assert queries_for(client, page) == one
