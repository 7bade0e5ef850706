"""Begun: new documents of rule files, and new tasks in those there are, from what somebody answers."""
