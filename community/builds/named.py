"""What topics speak of and this room knows: builds, changes, engineers, who speaks for them."""

import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse

from community.builds import permissions, queries
from community.builds.models import Build, Engineer, Feature, ProductDevice
from community.forum.known import KnownBuild
from community.forum.models import Topic
from community.forum.references import Named
from community.members.models import Member
from community.members.permissions import User, is_admin

BUILDS_OFFERED = 30
AREAS_OFFERED = 40
_BUILD = re.compile(r"/builds/([^/]+)/")
_FEATURE = re.compile(r"/features/(\d{1,18})/|/builds/[^/]+/#feature-(\d{1,18})")
_ENGINEER = re.compile(r"/engineers/([^/]+)/")


def find_builds(words: frozenset[str]) -> dict[str, Named]:
    """Builds that went out, by address or version."""
    slugs = {word: match[1] for word in words if (match := _BUILD.fullmatch(word))}
    slugs |= {word: word for word in words if not word.startswith("/")}
    found = Build.objects.public().filter(Q(slug__in=slugs.values()) | Q(version__in=words))
    known: dict[str, Named] = {}
    for build in found.select_related("product").order_by("-published_at"):
        known.setdefault(build.version, _named_build(build))
        known[build.slug] = _named_build(build)
    return {word: known[slug] for word, slug in slugs.items() if slug in known}


def find_features(words: frozenset[str]) -> dict[str, Named]:
    """Changes that went out, by address or by their whole title; the newest of a title."""
    ids = {word: int(match[1] or match[2]) for word in words if (match := _FEATURE.fullmatch(word))}
    out = Feature.objects.filter(build__published_at__isnull=False)
    found = out.filter(Q(pk__in=ids.values()) | Q(title__in=words)).order_by("pk")
    by_pk = {feature.pk: _named_feature(feature) for feature in found}
    by_title = {feature.title: by_pk[feature.pk] for feature in found}
    named = {word: by_title[word] for word in words if word in by_title}
    return named | {word: by_pk[pk] for word, pk in ids.items() if pk in by_pk}


def find_engineers(words: frozenset[str]) -> dict[str, Named]:
    """Engineers with a page of their own, by address or name."""
    slugs = {word: match[1] for word in words if (match := _ENGINEER.fullmatch(word))}
    found = queries.engineers().filter(Q(slug__in=slugs.values()) | Q(name__in=words))
    by_slug = {engineer.slug: _named_engineer(engineer) for engineer in found}
    by_name = {named.title: named for named in by_slug.values()}
    named = {word: by_name[word] for word in words if word in by_name}
    return named | {word: by_slug[slug] for word, slug in slugs.items() if slug in by_slug}


def builds_offered() -> list[KnownBuild]:
    """What one may have met a bug in, newest first."""
    newest = Build.objects.public().select_related("product").order_by("-published_at", "-pk")
    return [KnownBuild(key=b.slug, title=_title(b)) for b in newest[:BUILDS_OFFERED]]


def build_words() -> list[str]:
    return [build.title for build in builds_offered()[:10]]


def device_words() -> list[str]:
    """The families that products run on."""
    return list(ProductDevice.objects.values_list("family", flat=True).distinct())


def area_words() -> list[str]:
    """The areas of what went out."""
    return queries.areas(Build.objects.public())[:AREAS_OFFERED]


def speaks_for(user: User, topic: Topic) -> bool:
    """Managers on their products, and on what names none; engineers on what they built."""
    if not isinstance(user, Member) or not user.is_active:
        return False
    if is_admin(user):
        return True
    if managed := permissions.managed_product_ids(user):
        products = set(_builds_of(topic).values_list("product_id", flat=True))
        if not products or products & managed:
            return True
    signed = Q(credits__engineer__member=user) | Q(credits__engineer__merged_into__member=user)
    return _features_of(topic).filter(signed).exists()


def _builds_of(topic: Topic) -> QuerySet[Build]:
    """The builds a topic is about: announced, named when it was opened, or of a change named."""
    return Build.objects.filter(
        Q(topic=topic) | Q(slug__in=_keys(topic, "build")) | Q(features__in=_features_of(topic))
    )


def _features_of(topic: Topic) -> QuerySet[Feature]:
    """The changes a topic is about: of the announced build, discussed or named when opened."""
    named = [int(key) for key in _keys(topic, "feature")]
    return Feature.objects.filter(Q(topic=topic) | Q(build__topic=topic) | Q(pk__in=named))


def _keys(topic: Topic, kind: str) -> Iterable[str]:
    first = topic.posts.filter(number=1, references__kind=kind)
    keys = first.values_list("references__key", flat=True)
    return [key for key in keys if key]


def _named_build(build: Build) -> Named:
    return Named(
        kind="build",
        key=build.slug,
        title=_title(build),
        url=reverse("builds:detail", args=[build.slug]),
    )


def _named_feature(feature: Feature) -> Named:
    return Named(
        kind="feature",
        key=str(feature.pk),
        title=feature.title,
        url=reverse("builds:feature", args=[feature.pk]),
    )


def _named_engineer(engineer: Engineer) -> Named:
    return Named(
        kind="engineer",
        key=engineer.slug,
        title=engineer.name,
        url=reverse("builds:engineer", args=[engineer.slug]),
    )


def _title(build: Build) -> str:
    return f"{build.product.name} {build.version}"
