"""Deadline phrases of Vietnamese offices ⇄ Deadline: `read` understands one, `rules.phrases.saying` writes one."""

from rules.phrases.grammar import read
from rules.phrases.marks import Context
from rules.phrases.reading import Reading

__all__ = ["Context", "Reading", "read"]
