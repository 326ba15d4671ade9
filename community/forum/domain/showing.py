"""What a post shows beside its words: pictures of members, and a card of the page it links to."""

from datetime import datetime

from community.forum.models import Board, Post
from community.media.domain import pictures
from community.media.domain.links import cards


def keep_what_it_shows(post: Post, *, at: datetime) -> None:
    """Keep its pictures for good, and have its link's card fetched.

    No card on boards that only some may read, where a link's address may be a secret, and none
    for what waits for approval.
    """
    pictures.mark_used([post.body])
    if post.is_visible and post.topic.board.readers == Board.Readers.EVERYBODY:
        cards.ask(post.html, at=at)
