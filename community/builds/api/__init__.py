"""Builds for programs: read them, draft them from CI, report installs."""
