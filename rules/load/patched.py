"""Patched: a rulebook known from another by the few lines in which their files differ, in a list of tasks.

Reading thousands of tasks again for the sake of one would take longer than all the rest of a plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from rules.load import load
from rules.load.text import decode
from rules.problem import Problem, Source
from rules.programme import Programme, Rulebook, Task


class _Cut(NamedTuple):
    """Lines of a file, counted from 0: all that differs lies in whole tasks, from `start` to before `end`.

    The first task of the list begins at `first`, the last one at `last`. `shift`: how many lines more the other file
    has there.
    """

    programme: Programme
    first: int
    start: int
    end: int
    last: int
    shift: int


def patched(known: Rulebook, files: Mapping[str, bytes], other: Mapping[str, bytes], *, digest: str) -> Rulebook | None:
    """Return the rulebook of the `other` files, given the one `known` of these `files`.

    None where they differ in more than some tasks of one programme, or in what other tasks may share with them. Tasks
    that are the same in both keep the places they have in `files`.
    """
    names = [name for name in {**files, **other} if files.get(name) != other.get(name)]
    if len(names) != 1 or files.keys() != other.keys():
        return None
    [name] = names
    texts = decode(name, files[name]), decode(name, other[name])
    if isinstance(texts[0], Problem) or isinstance(texts[1], Problem):
        return None
    lines, others = texts[0].splitlines(keepends=True), texts[1].splitlines(keepends=True)
    cut = _cut(known, name, lines, others)
    if cut is None:
        return None
    region = others[cut.start : cut.end + cut.shift]
    if not _stands_alone([*region, *lines[cut.start : cut.end]]):
        return None
    short = "".join([*lines[: cut.first], *region, *lines[cut.last :]])
    loaded = load({**_needed(known, files, name), name: short.encode()}).rulebook
    return None if loaded is None else _joined(known, loaded, cut, digest)


def _cut(known: Rulebook, name: str, lines: Sequence[str], others: Sequence[str]) -> _Cut | None:
    """Return where the files differ, None where that is not among the tasks of one programme, before its last one."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(lines, others, strict=False)))
    rest = zip(reversed(lines[same:]), reversed(others[same:]), strict=False)
    end = len(lines) - sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))
    for programme in known.programmes.values():
        starts = sorted(task.source.line - 1 for task in programme.tasks.values() if task.source.file == name)
        if starts and programme.source.file == name and starts[0] <= same and end <= starts[-1]:
            start = max(line for line in starts if line <= same)
            after = min(line for line in starts if line >= max(end, start))
            return _Cut(programme, starts[0], start, after, starts[-1], len(others) - len(lines))
    return None


def _stands_alone(lines: Sequence[str]) -> bool:
    """Say whether nothing elsewhere may hang on these lines: no anchor, no beginning of a document."""
    return not any("&" in line or line.startswith(("---", "...")) for line in lines)


def _needed(known: Rulebook, files: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """Return the other files that tasks may refer to, without those that hold programmes alone and amend no others."""
    programmes = {programme.source.file for programme in known.programmes.values()}
    shared = {each.source.file for each in known.directories.values()}
    shared |= {each.source.file for each in known.ladders.values()}
    shared |= {each.source.file for each in known.calendars.values()}
    alone = programmes - shared
    return {
        each: data
        for each, data in files.items()
        if each != name and (each not in alone or b"amend" in data.replace(b"amended", b""))
    }


def _joined(known: Rulebook, loaded: Rulebook, cut: _Cut, digest: str) -> Rulebook:
    """Return the known rulebook with the tasks of the cut as they were loaded."""
    programme = cut.programme
    kept = {id: task for id, task in programme.tasks.items() if not cut.start <= task.source.line - 1 < cut.end}
    tasks = loaded.programmes[programme.id].tasks
    read = {id: _in_place(task, cut) for id, task in tasks.items() if id not in kept}
    changed = replace(programme, tasks=kept | read)
    return replace(known, programmes={**known.programmes, programme.id: changed}, digest=digest)


def _in_place(task: Task, cut: _Cut) -> Task:
    """Return a task with the lines at which it stands in the whole file; what stands elsewhere keeps its own."""
    file, ends = task.source.file, cut.first + cut.end - cut.start + cut.shift

    def moved(source: Source) -> Source:
        if source.file != file or not cut.first < source.line <= ends:
            return source
        return replace(source, line=source.line + cut.start - cut.first)

    return replace(
        task,
        source=moved(task.source),
        deadline_source=moved(task.deadline_source),
        ladder_source=moved(task.ladder_source),
    )
