"""Unreadable: a file that a setting names cannot be read."""


class Unreadable(Exception):
    """A file that a setting names and that cannot be read; the message names both."""
