"""What an address names, if its reader may see it."""

from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from community.forum import permissions
from community.forum.models import Board, Post, Topic
from community.members.models import Member


def board_or_404(request: HttpRequest, slug: str) -> Board:
    board = get_object_or_404(Board, slug=slug)
    if not permissions.may_read_board(request.user, board):
        raise Http404
    return board


def topic_or_404(request: HttpRequest, pk: int) -> Topic:
    topic = get_object_or_404(Topic.objects.select_related("board", "author"), pk=pk)
    if not permissions.may_read(request.user, topic):
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
