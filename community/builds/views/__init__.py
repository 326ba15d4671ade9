"""Pages of the builds room: the archive, a build, engineers, and the managers' studio."""
