"""Merging: a new version of a plan, as a rule file, into the file that was made of the one before and worked on since.

Only the lines that change are touched: comments, blank lines and the writing of everything else stay as they are.
"""

from dataclasses import dataclass

from rules.plans.merging.changes import Change
from rules.plans.merging.document import head_changes, is_another
from rules.plans.merging.located import located
from rules.plans.merging.rows import Merger
from rules.plans.writing.signs import FIELDS, INDICATOR_FIELDS
from rules.wording import Language

__all__ = ["Change", "Merged", "merged"]


@dataclass(frozen=True, slots=True)
class Merged:
    """The text with the changes in it, each with a comment where a person should look, and the changes one by one.

    `is_another`: what was merged is no version of the file's document.
    """

    text: str
    changes: tuple[Change, ...]
    is_another: bool = False


def merged(existing: str, proposed: str, language: Language = "vi") -> Merged:
    """Return a rule file that loads with what `proposed`, drafted from a new version of its plan, says otherwise.

    What a person changed since the plan was read stays; tasks that are gone stay too, with a question above them. A
    deadline that a later document moves goes under `amended:` (`replaced.later_issue` says when).
    """
    is_dos = "\r\n" in existing
    old, new = located(existing.replace("\r\n", "\n")), located(proposed)
    merger = Merger(old, new, language)
    merger.merge("tasks", FIELDS)
    merger.merge("indicators", INDICATOR_FIELDS)
    merger.merge_amends()
    changes = (*head_changes(old, new), *merger.changes)
    text = "\n".join(merger.lines())
    text = text.replace("\n", "\r\n") if is_dos else text
    return Merged(text, changes, is_another=is_another(old, new, merger.found))
