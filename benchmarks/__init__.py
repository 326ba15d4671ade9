"""Measured claims: `make bench` prints each figure beside a baseline of the same run."""
