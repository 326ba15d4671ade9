"""Where a build, its changes and an engineer are discussed, on their pages."""

from django.http import HttpRequest
from django.utils.safestring import SafeString

from community.builds.models import Build, Engineer
from community.forum.panels import discussed


def build_discussed(request: HttpRequest, build: Build) -> SafeString | str:
    """Topics that name the build or one of its changes."""
    changes = build.features.values_list("pk", flat=True)
    return discussed(request, {"build": [build.slug], "feature": [str(pk) for pk in changes]})


def engineer_discussed(request: HttpRequest, engineer: Engineer) -> SafeString | str:
    return discussed(request, {"engineer": [engineer.slug]})
