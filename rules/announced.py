"""Announced: what people are told once beside their ladder: that an obligation is new, moved or done, that others lead
it now, and what was said back of it."""

from dataclasses import replace

from rules.ladder import Rung, RungTime

_NEW = Rung("new", RungTime("due"), to=("head",), cc=("focal",))
_MOVED = replace(_NEW, id="moved")
_DONE = Rung("done", RungTime("due"), to=(), cc=("standing",))
_PASSED = replace(_NEW, id="passed", if_missed="late")
# What is said back is told whatever else is: nothing later stands in its stead.
_ASKED = Rung("difficulty", RungTime("due"), to=("standing",), if_missed="late")
_RETURNED = Rung("returned", RungTime("due"), to=("head", "focal"), if_missed="late")
_ACCEPTED = Rung("accepted", RungTime("due"), to=(), cc=("head", "focal"), if_missed="late")
ANSWERS = {
    rung.id: rung
    for rung in (
        *(replace(_ASKED, id=kind) for kind in ("difficulty", "not_ours", "focal", "extension")),
        replace(_ASKED, id="extension_above", to=("overseer",)),
        *(replace(_RETURNED, id=kind) for kind in ("returned", "extension_refused")),
        _ACCEPTED,
    )
}
"""What is said back of an obligation, told once to those whom it concerns."""
ANNOUNCEMENTS = {rung.id: rung for rung in (_NEW, _MOVED, _DONE, _PASSED)} | ANSWERS
"""What people are told beside the ladder; those that coordinate hear of the first three and of nothing else,
those that owe it jointly with whoever reported it done, of that."""
APART = frozenset({_PASSED.id, *ANSWERS})
"""What is told whatever becomes of the deadline, until it has become pointless by itself."""
AT_THE_END = frozenset({"done", "accepted"})
"""Those that are told of what is done."""
TO_KNOW = AT_THE_END | {_PASSED.id}
"""Those that ask nothing of anybody: their readers owe the task no more."""
