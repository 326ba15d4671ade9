"""Static files under names that change with their content, so that browsers keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Django's own patterns for imports also read comments, and trip over those of others' scripts.
IMPORTED = (r"""(?P<matched>from ['"](?P<url>\.\.?/[^'"]+\.js)['"])""", 'from "%(url)s"')


class ReleasedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # says no types
    """Scripts import their modules by these names too: none meets one of another release."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("*.js", (IMPORTED,)))
