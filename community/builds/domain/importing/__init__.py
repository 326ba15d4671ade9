"""Release notes and git ranges in, features with credits out: `parse` reads, `apply` saves."""
