"""Joining in without writing: reactions, and "me too"."""

from datetime import datetime

from django.db import transaction

from community.forum.domain.counting import recount_me_toos, recount_reactions
from community.forum.models import MeToo, Post, Reaction, Topic
from community.members.models import Member


def react(*, post: Post, member: Member, kind: str, at: datetime) -> None:
    """Let a member feel so about a post; twice is once."""
    with transaction.atomic():
        _held(post)
        new = Reaction(post=post, member=member, kind=kind, created_at=at)
        Reaction.objects.bulk_create([new], ignore_conflicts=True)
        recount_reactions([post.pk])


def take_reaction_back(*, post: Post, member: Member, kind: str) -> None:
    """As if the member had never felt so."""
    with transaction.atomic():
        _held(post)
        post.reactions.filter(member=member, kind=kind).delete()
        recount_reactions([post.pk])


def say_me_too(
    *, topic: Topic, member: Member, at: datetime, device: str = "", build: str = ""
) -> None:
    """Count a member among those who met a bug; said again, it is what was said last."""
    with transaction.atomic():
        Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
        MeToo.objects.update_or_create(
            topic=topic,
            member=member,
            defaults={"device": device, "build": build},
            create_defaults={"device": device, "build": build, "created_at": at},
        )
        recount_me_toos([topic.pk])


def take_me_too_back(*, topic: Topic, member: Member) -> None:
    with transaction.atomic():
        Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
        topic.me_toos.filter(member=member).delete()
        recount_me_toos([topic.pk])


def _held(post: Post) -> None:
    """Its reactions are counted one change after the other."""
    Post.objects.select_for_update(no_key=True).get(pk=post.pk)
