"""Giving, thanking, and what moderators do with gifts."""
