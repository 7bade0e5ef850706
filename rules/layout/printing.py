"""Printing: the values of a rule file written anew, level by level, each as it was written, with its comments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import yaml

from rules.layout.gaps import Above, Gap, gap, squeezed
from rules.layout.order import Steps, kind_of_keys, ordered

STEP = 2
"""How many blanks a level is indented by."""


def printed(text: str) -> str:
    """Return the text of a file that reads without problems, laid out anew; one with anchors as it is."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if any(isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) for event in yaml.parse(text, loader)):
        return text
    documents = list(yaml.compose_all(text, loader))
    printer = _Printer(text)
    at = 0
    for number, node in enumerate(documents):
        at = printer.document(node, at, is_first=number == 0)
    printer.rest(text[at:])
    return "\n".join(printer.lines)


@dataclass(slots=True)
class _Entry:
    """A key of a mapping: the comments above it, and its lines."""

    name: str
    above: Sequence[Above]
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Printer:
    text: str
    lines: list[str] = field(default_factory=list)

    def document(self, node: yaml.Node, at: int, *, is_first: bool) -> int:
        """Add a document whose gap begins at `at`; return where it ends."""
        start = _index(node)
        before = self.text[at:start]
        head, mark, below = before.rpartition("\n---") if "\n---" in before else ("", "", before)
        if before.startswith("---"):
            head, mark, below = "", "---", before[3:]
        if mark:
            self.rest(head, is_first=is_first)
            behind = gap(below)
            above: Sequence[Above] = behind.above
            if self.lines:
                self.lines.append("---" + behind.behind)
            elif behind.behind:
                above = (Above(behind.behind.strip(), 0), *above)
        else:
            above = gap("\n" + below).above
        self.lines += _above_at(above, 0, is_first=True)
        keys = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
        lines, end = self.block(node, start, 0, kind_of_keys(keys), ())
        self.lines += lines
        return end

    def rest(self, text: str, *, is_first: bool = False) -> None:
        """Add the comments behind the last value of a document."""
        found = gap(text.rstrip() + "\n" if not is_first else "\n" + text + "\n")
        if found.behind and self.lines:
            self.lines[-1] += found.behind
        deeper = next((number for number, line in enumerate(found.above) if line.text and not line.column), None)
        footers = found.above if deeper is None else found.above[:deeper]
        for line in squeezed(footers, is_first=is_first):
            self.lines.append(" " * line.column + line.text if line.text else "")
        self.lines += _above_at(found.above[len(footers) :], 0, is_first=is_first)

    def block(self, node: yaml.Node, at: int, indent: int, kind: str | None, steps: Steps) -> tuple[list[str], int]:
        """Return the lines of a block and where it ends; comments above its first part begin at `at`."""
        if isinstance(node, yaml.MappingNode) and not node.flow_style:
            return self.mapping(node, at, indent, kind, steps)
        if isinstance(node, yaml.SequenceNode) and not node.flow_style:
            return self.sequence(node, at, indent, kind, steps)
        return self.value(node, indent, indent)

    def mapping(
        self, node: yaml.MappingNode, at: int, indent: int, kind: str | None, steps: Steps
    ) -> tuple[list[str], int]:
        """Return the lines of a mapping in the order of its keys, and where it ends."""
        entries: list[_Entry] = []
        for key, value in node.value:
            found = gap(self.text[at : _index(key)] if entries else "\n" + self.text[at : _index(key)])
            deeper = self._close(entries, found, _column(key))
            entry = _Entry(key.value, found.above[deeper:])
            name = self.text[_index(key) : key.end_mark.index]
            lines, at = self.pair(name, key, value, indent, kind, (*steps, key.value))
            entry.lines = lines
            entries.append(entry)
        by_name = {entry.name: entry for entry in entries}
        order = ordered([entry.name for entry in entries], kind, steps)
        lines = []
        for number, name in enumerate(order):
            # Above the first key of an item there is its dash, and no blank line.
            is_first = number == 0 and bool(steps) and isinstance(steps[-1], int)
            lines += _above_at(by_name[name].above, indent, is_first=is_first)
            lines += by_name[name].lines
        return lines, at

    def _close(self, entries: list[_Entry], found: Gap, column: int) -> int:
        """Put comments that belong to what stands before there: behind it, or indented more than what comes next."""
        if not entries:
            return 0
        deeper = 0
        for number, line in enumerate(found.above, 1):
            if line.text and line.column <= column:
                break
            deeper = number if line.text else deeper
        for line in squeezed(found.above[:deeper], is_first=False):
            # No further left: it may come to stand at the end of something that holds this.
            blanks = max(line.column, _indent_of(entries[-1].lines[0]) + STEP)
            entries[-1].lines.append(" " * blanks + line.text if line.text else "")
        return deeper

    def pair(
        self, name: str, key: yaml.Node, value: yaml.Node, indent: int, kind: str | None, steps: Steps
    ) -> tuple[list[str], int]:
        """Return the lines of a key and its value, and where they end."""
        start = _index(value)
        between = gap(self.text[_end(key) : start])
        pad = " " * indent
        if _is_block(value):
            lines, end = self.block(value, start, indent + STEP, kind, steps)
            above = _above_at(between.above, indent + STEP, is_first=False)
            return [f"{pad}{name}:{between.behind}", *above, *lines], end
        lines, end = self.value(value, indent, _column(key))
        if between.behind or between.above:
            # A value on the line below its key is brought up, and the comments between them above both.
            above = _above_at(
                ([Above(between.behind.strip(), 0)] if between.behind else []) + list(between.above),
                indent,
                is_first=True,
            )
            return [*above, f"{pad}{name}: {lines[0]}", *lines[1:]], end
        return [f"{pad}{name}: {lines[0]}", *lines[1:]], end

    def sequence(
        self, node: yaml.SequenceNode, at: int, indent: int, kind: str | None, steps: Steps
    ) -> tuple[list[str], int]:
        """Return the lines of a list, its dashes at `indent`, and where it ends."""
        entries: list[_Entry] = []
        for number, item in enumerate(node.value):
            before = self.text[at : _index(item)]
            dash = _dash(before)
            found = gap(before[:dash] if entries else "\n" + before[:dash])
            deeper = self._close(entries, found, _column_in(self.text, at + dash))
            inside = gap(before[dash + 1 :])
            above = [
                *found.above[deeper:],
                *([Above(inside.behind.strip(), 0)] if inside.behind else []),
                *inside.above,
            ]
            lines, at = self.item(item, indent, kind, (*steps, number))
            entries.append(_Entry("", above, lines))
        lines = []
        for number, entry in enumerate(entries):
            lines += _above_at(entry.above, indent, is_first=number == 0)
            lines += entry.lines
        return lines, at

    def item(self, item: yaml.Node, indent: int, kind: str | None, steps: Steps) -> tuple[list[str], int]:
        """Return the lines of an item behind its dash, and where it ends."""
        if _is_block(item):
            lines, end = self.block(item, _index(item), indent + STEP, kind, steps)
        else:
            lines, end = self.value(item, indent, _column(item) - STEP)
            lines[0] = " " * (indent + STEP) + lines[0]
        first = next(number for number, line in enumerate(lines) if line and not line.lstrip().startswith("#"))
        lines[first] = f"{' ' * indent}- {lines[first][indent + STEP :]}"
        # A comment that came to stand above the first key, since keys were put in order, goes above the dash.
        return [*(" " * indent + line.lstrip() for line in lines[:first] if line), *lines[first:]], end

    def value(self, node: yaml.Node, indent: int, column: int) -> tuple[list[str], int]:
        """Return a value as it was written, its further lines moved as its key was from `column` to `indent`."""
        start, end = _index(node), _end(node)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip("\n"))
        first, *more = self.text[start:end].split("\n")
        lines = [first.rstrip() if more else first, *(_moved(line, indent - column, indent) for line in more)]
        # Taken along at once: when keys are put in order, what is behind the last one moves with it.
        stop = self.text.find("\n", end)
        behind = gap(self.text[end : stop if stop >= 0 else len(self.text)]).behind
        if behind:
            lines[-1] += behind
            end = stop if stop >= 0 else len(self.text)
        return lines, end


def _above_at(lines: Iterable[Above], indent: int, *, is_first: bool) -> list[str]:
    found = squeezed(tuple(lines), is_first=is_first)
    return [" " * indent + line.text if line.text else "" for line in found]


def _is_block(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and not node.flow_style and bool(node.value)


def _moved(line: str, by: int, indent: int) -> str:
    """Return a further line of a value moved by some columns, never up to its key's."""
    if not line.strip():
        return ""
    blanks = _indent_of(line)
    return " " * max(blanks + by, indent + 1) + line[blanks:].rstrip()


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _dash(before: str) -> int:
    """Return where the dash of an item stands in what comes before the item: the last one outside of comments."""
    at = 0
    found = 0
    for line in before.split("\n"):
        code = line if not line.lstrip().startswith("#") else ""
        place = code.partition(" #")[0].find("-")
        if place >= 0:
            found = at + place
        at += len(line) + 1
    return found


def _column_in(text: str, index: int) -> int:
    return index - (text.rfind("\n", 0, index) + 1)


def _index(node: yaml.Node) -> int:
    assert node.start_mark is not None
    index: int = node.start_mark.index
    return index


def _end(node: yaml.Node) -> int:
    assert node.end_mark is not None
    end: int = node.end_mark.index
    return end


def _column(node: yaml.Node) -> int:
    assert node.start_mark is not None
    column: int = node.start_mark.column
    return column
