"""What an address names, if its reader may see it: for pages and the API."""

from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from community.forum import permissions
from community.forum.models import Board, Post, Tag, Topic
from community.forum.queries.topics import topic_of
from community.forum.queries.watching import Watched
from community.members.models import Member


def board_or_404(request: HttpRequest, slug: str) -> Board:
    board = get_object_or_404(Board, slug=slug)
    if not permissions.may_read_board(request.user, board):
        raise Http404
    return board


def topic_or_404(request: HttpRequest, pk: int) -> Topic:
    topic = topic_of(pk)
    if topic is None or not permissions.may_read(request.user, topic):
        raise Http404
    return topic


def post_or_404(request: HttpRequest, pk: int) -> Post:
    post = get_object_or_404(Post.objects.select_related("topic__board", "author"), pk=pk)
    if not permissions.may_read_post(request.user, post):
        raise Http404
    return post


def reader(request: HttpRequest) -> Member:
    """Who has signed in; views that ask for it are behind login_required."""
    return cast("Member", request.user)


def watched_or_404(request: HttpRequest, name: str, pk: int) -> Watched:
    """The topic, tag or board that may be watched: what one may read."""
    if name == "topic":
        return topic_or_404(request, pk)
    if name == "tag":
        return get_object_or_404(Tag, pk=pk)
    board = get_object_or_404(Board, pk=pk) if name == "board" else None
    if board is None or not permissions.may_read_board(request.user, board):
        raise Http404
    return board
