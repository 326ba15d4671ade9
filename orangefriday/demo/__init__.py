"""The demo community: eight weeks of a phone system, its engineers and its members."""
