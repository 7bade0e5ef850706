"""Rows: the tasks and indicators of two versions of a rule file, the changes of the one spliced into the other."""

import re
from collections.abc import Mapping, Sequence

from rules.phrases.forms import Form
from rules.plans.merging import changes
from rules.plans.merging.amends import merge_amends
from rules.plans.merging.changes import Change, Kind
from rules.plans.merging.comparing import Difference, differences
from rules.plans.merging.located import Field, Item, Located, Part
from rules.plans.merging.matching import matched
from rules.plans.merging.passed import without_passed
from rules.plans.merging.replaced import amend, is_amendable, later_issue
from rules.plans.merging.splicing import Splices, indented
from rules.plans.writing import words
from rules.plans.writing.clean import unlike
from rules.plans.writing.layout import comment, flow
from rules.plans.writing.signs import ASKED, sign, signed
from rules.wording import Language, Wording

_BEHIND = re.compile(r"\s# (.*)$")


class Merger:
    """Two versions of a file, and what becomes of the old one."""

    def __init__(self, old: Located, new: Located, language: Language) -> None:
        self.changes: list[Change] = []
        self.found = 0
        """How many rows of the two versions are one."""
        self._old = old
        self._new = new
        self._language = language
        self._known = frozenset(map(str.strip, old.lines))
        self._splices = Splices()
        self._issue = later_issue(old, new)
        self._events: dict[str, Field] = {}
        self._sections: list[list[str]] = []
        """Parts that the old file does not have: they come behind all that is added to its own."""

    def lines(self) -> list[str]:
        """Return the lines of the old file with all changes, and the events that they need."""
        self._add_events()
        for section in self._sections:
            self._splices.insert(self._old.end, section)
        return self._splices.applied(self._old.lines)

    def merge_amends(self) -> None:
        """Work out what changes in what the programme amends in others."""
        self.changes += merge_amends(self._old, self._new, self._splices)

    def merge(self, part: Part, fields: tuple[str, ...]) -> None:
        """Work out what changes in the tasks, or the indicators."""
        old, new = self._old.items(part), self._new.items(part)
        pairs = matched(old, new)
        self.found += len(pairs)
        ids = {each.id for each in old}
        before: Item | None = None
        for number, item in enumerate(new):
            if number in pairs:
                before = old[pairs[number]]
                self._compare(before, item, fields)
            else:
                self._note("new", item)
                for field in item.fields.values():
                    self._need(field.value)
                if old:
                    self._add(item, before.end if before else old[0].above, old[0].indent, ids)
        if new and not old:
            self._sections.append(["", *self._new.lines[self._new.keys[part].start : new[-1].end]])
        self._leave([item for number, item in enumerate(old) if number not in set(pairs.values())], old, fields)

    def _leave(self, left: Sequence[Item], old: Sequence[Item], fields: tuple[str, ...]) -> None:
        """Note the rows that the new version does not have: those that a person added to a plan are no loss."""
        is_read = {item.id: signed(self._behind(item), fields) is not None for item in old}
        for item in left:
            if any(is_read.values()) and not is_read[item.id]:
                self._note("kept", item)
            else:
                self._note("gone", item)
                self._ask(item.above, changes.GONE, item, item.indent - 2)

    def _behind(self, item: Item) -> str:
        """Return the line of a row's id, with the place and the signs behind it."""
        return self._old.lines[item.fields["id"].end - 1]

    def _compare(self, old: Item, new: Item, fields: tuple[str, ...]) -> None:
        if old.id != new.id:
            self._note("renumbered", old, "id", old.id, new.id)
        signs = signed(self._behind(old), fields)
        taken: set[str] = set()
        for each in differences(old, new, signs, fields):
            before, after = _shown(each.before), _shown(each.after)
            if each.verdict == "taken" and old.is_block:
                self._note("changed", old, each.field, before, after)
                self._take(old, new, each, fields)
                taken.add(each.field)
            elif each.verdict == "kept":
                self._note("kept", old, each.field, before, after)
            else:
                self._note("disputed", old, each.field, before, after)
                at, indent = old.above, old.indent - 2
                if each.before and old.is_block:
                    at, indent = each.before.start, old.indent
                self._ask(at, changes.disputed(each.field, after), old, indent)
        now = signed(self._new.lines[new.fields["id"].end - 1], fields)
        if signs is not None and now is not None:
            self._renew(old, new)
            if now[ASKED] != signs[ASKED]:
                self._ask_again(old, new, taken)

    def _take(self, old: Item, new: Item, found: Difference, fields: tuple[str, ...]) -> None:
        """Put the new version's lines in the place of the old ones, with what stood there as a question."""
        said = ""
        if found.before:
            start, end = _checks_above(found.before.start, self._old.lines), found.before.end
            behind = _BEHIND.search(self._old.lines[end - 1])
            said = flow(found.before.value) + (f" ({behind[1]})" if behind else "")
        else:
            start = end = _place(old, found.field, fields)
        lines: list[str] = []
        if found.after:
            copied = self._new.lines[_checks_above(found.after.start, self._new.lines) : found.after.end]
            lines = indented(copied, old.indent - new.indent)
            self._need(found.after.value)
        asked = comment(words.check(_question(found, said)).say(self._language), old.indent)
        if found.field == "deadline" and self._issue and is_amendable(old, new, self._issue):
            asked = asked if self._is_edited(old, found, fields) else []
            amend(old, self._issue, self._old.lines, self._splices)
        self._splices.replace(start, end, [*asked, *lines])

    def _is_edited(self, old: Item, found: Difference, fields: tuple[str, ...]) -> bool:
        """Say whether what stands in a field is, or may be, a person's work."""
        signs = signed(self._behind(old), fields)
        return signs is None or found.before is None or sign(found.before.value) != signs[found.field]

    def _renew(self, old: Item, new: Item) -> None:
        """Write the new place and signs behind the id."""
        at = old.fields["id"].end - 1
        behind = _BEHIND.search(self._new.lines[new.fields["id"].end - 1])
        line = self._old.lines[at]
        if behind and not line.endswith(f"# {behind[1]}"):
            self._splices.replace(at, at + 1, [line[: line.rindex("#")] + f"# {behind[1]}"])

    def _add(self, item: Item, at: int, indent: int, ids: set[str]) -> None:
        """Put a new row before a line, under an id of its own."""
        id = unlike(item.id, ids)
        ids.add(id)
        comments = self._new.lines[item.above : item.start]
        above = [line for line in comments if "CHECK" in line or line.strip() not in self._known]
        head = self._new.lines[item.start].replace(f"- id: {item.id}", f"- id: {id}", 1)
        asked = comment(words.check(changes.NEW).say(self._language), item.indent - 2)
        lines = [*above, *asked, head, *self._new.lines[item.start + 1 : item.end]]
        self._splices.insert(at, indented(lines, indent - item.indent))

    def _ask_again(self, old: Item, new: Item, taken: set[str]) -> None:
        """Put new questions above the fields that stay as they are."""
        known = {line.strip() for line in self._old.lines[old.above : old.end]}
        for key, field in new.fields.items():
            if key in taken or (key == "deadlines" and "deadline" in taken):
                continue
            start = new.above if key == "id" else _checks_above(field.start, self._new.lines)
            asked = [line for line in self._new.lines[start : field.start] if line.strip() not in known]
            if self._issue and self._issue.is_other and old.value("stated") == new.value("stated"):
                asked = list(without_passed(asked))
            asked = [line for line in asked if key != "id" or "CHECK" in line]
            is_placed = key in old.fields and key != "id" and old.is_block
            at = _checks_above(old.fields[key].start, self._old.lines) if is_placed else old.above
            self._splices.insert(at, indented(asked, old.indent - new.indent))

    def _ask(self, at: int, question: Wording, item: Item, indent: int) -> None:
        """Put a question before a line, unless the row has it already."""
        lines = comment(words.check(question).say(self._language), indent)
        here = [line.strip() for line in self._old.lines[item.above : item.end]]
        if lines[0].strip() not in here:
            self._splices.insert(at, lines)

    def _need(self, value: Form) -> None:
        """Note the events that a value taken from the new version names and the old one does not have."""
        if isinstance(value, Mapping):
            for key, each in value.items():
                if key in ("after", "ahead_of") and isinstance(each, str) and each not in self._old.events:
                    self._events |= {each: self._new.events[each]} if each in self._new.events else {}
                self._need(each)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            for each in value:
                self._need(each)

    def _add_events(self) -> None:
        lines = [line for each in self._events.values() for line in self._new.lines[each.start : each.end]]
        if not lines:
            return
        if self._old.events:
            at = max(each.end for each in self._old.events.values())
            self._splices.insert(at, lines)
        else:
            self._splices.insert(self._old.keys["standing"].end, ["", "events:", *lines])

    def _note(self, kind: Kind, item: Item, field: str = "", before: str = "", after: str = "") -> None:
        self.changes.append(Change(kind, item.id, str(item.value("title") or ""), field, before, after))


def _question(found: Difference, said: str) -> Wording:
    """Return what is asked about a field that was taken from the new version."""
    if found.before is None:
        return changes.ADDED
    return changes.changed(said) if found.after else changes.dropped(found.field, said)


def _place(item: Item, field: str, fields: tuple[str, ...]) -> int:
    """Return the line behind the fields that stand before one that the item does not have."""
    earlier = ["id", *fields[: fields.index(field)]]
    earlier += ["deadlines"] if "deadline" in earlier else []
    return max(item.fields[key].end for key in earlier if key in item.fields)


def _checks_above(line: int, lines: Sequence[str]) -> int:
    """Return where the questions directly above a line begin; other comments are a person's."""
    start = at = line
    while at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
        text = lines[at].lstrip()
        if text.startswith("# CHECK:"):
            start = at
        elif not text.startswith("#   "):
            break
    return start


def _shown(field: Field | None) -> str:
    return changes.shown(field.value if field else None)
