"""Explained: how `explain` shows what it was asked: a task, a silence, a mail, a person."""
