"""What stops an instance from starting, said in one sentence."""


class CannotStart(Exception):
    """The message is for the person who typed the command."""
