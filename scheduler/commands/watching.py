"""`check --watch`: the rule files checked again whenever one is saved; only the difference is printed."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import typer

from rules.problem import Problem
from rules.wording import SEVERITIES, Language
from scheduler.clock import system_clock
from scheduler.commands.checking import Checked, Checker
from scheduler.commands.printing import counted_in
from scheduler.commands.reading import Refused
from scheduler.folder import SUFFIXES
from scheduler.garbage import collected_later

QUIET_FOR = 40
"""Milliseconds without another change after which a save counts as over: an editor writes, renames, removes."""
STEP = 10


class _Line(NamedTuple):
    """What is printed of a finding, and what it is known by when lines above it come or go."""

    known_by: str
    text: str


class _Seen(NamedTuple):
    """What was found: what keeps the folder from loading or fails otherwise, and the warnings and findings that stand
    in what loaded last."""

    problems: Sequence[_Line] = ()
    standing: Sequence[_Line] = ()

    @property
    def lines(self) -> list[_Line]:
        """Return all of it."""
        return [*self.problems, *self.standing]


def watch(checker: Checker, language: Language) -> None:
    """Print what is found, and from then on what comes and goes with each save, until Ctrl-C."""
    from watchfiles import watch as changes

    roots = sorted(set(_roots(checker)))
    before = _look(checker, language, _Seen())
    saves = changes(
        *roots,
        watch_filter=_is_rule_file,
        debounce=QUIET_FOR,
        step=STEP,
        rust_timeout=500,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    is_sure = False
    try:
        for saved in saves:
            # What was saved after the first look and before the watch began shows in one more look.
            if saved or not is_sure:
                before = _look(checker, language, before, is_told=bool(saved))
            is_sure = True
    except KeyboardInterrupt:
        typer.echo("stopped")


def _roots(checker: Checker) -> Iterator[Path]:
    """Yield the folders to watch: of a single file the one it lies in, since editors put another file in its place."""
    for entry in checker.settings.rules:
        path = checker.settings.folder / entry
        if not path.exists():
            raise Refused(f"{entry}: there is no such folder or file to watch")
        yield path if path.is_dir() else path.parent


def _is_rule_file(_: object, path: str) -> bool:
    name = Path(path).name
    return name.lower().endswith(SUFFIXES) and not name.startswith(".")


@collected_later()
def _look(checker: Checker, language: Language, before: _Seen, *, is_told: bool = True) -> _Seen:
    """Print what differs from before, then how things stand and how long it took to see; return what is found.

    Where it is not told of, nothing is printed unless something differs. Of a folder that does not load nobody knows
    which warnings and findings are gone: they count as standing until it loads again.
    """
    begun = perf_counter()
    now = system_clock()
    checked = checker.look(now)
    seen = _seen(checked, language, before)
    took = (perf_counter() - begun) * 1000
    found = list(difference(before.lines, seen.lines))
    for mark, line in found:
        typer.echo(f"{mark} {line}")
    if is_told or found:
        local = now.astimezone(checker.settings.policy.zone)
        typer.echo(f"{local:%H:%M:%S} {_summary(checked, language)} ({took:.0f} ms)")
    sys.stdout.flush()
    return seen


def difference(before: Iterable[_Line], now: Iterable[_Line]) -> Iterator[tuple[str, str]]:
    """Yield what has gone, marked `-`, and what has come, marked `+`; what merely moved to another line is neither."""
    old, new = list(before), list(now)
    counted_old, counted_new = (Counter(line.known_by for line in lines) for lines in (old, new))
    for mark, lines, left in (("-", old, counted_old - counted_new), ("+", new, counted_new - counted_old)):
        for line in lines:
            if left[line.known_by] > 0:
                left[line.known_by] -= 1
                yield mark, line.text


def _seen(checked: Checked, language: Language, before: _Seen) -> _Seen:
    problems = [_Line(_known_by(each), each.line(language)) for each in checked.problems]
    found = [
        _Line(f"{each.source.file} {each.path} {each.code} {each.said.en}", each.line(language))
        for each in checked.findings
    ]
    if checked.rulebook is None:
        # What is found nonetheless are markings of classified matter, which keep it from loading.
        return _Seen([*problems, *found], before.standing)
    severity = SEVERITIES["warning"].say(language)
    warned = [_Line(_known_by(each), f"{each.line(language)} ({severity})") for each in checked.warnings]
    return _Seen(problems, [*found, *warned])


def _known_by(problem: Problem) -> str:
    return f"{problem.source.file} {problem.path} {problem.message}"


def _summary(checked: Checked, language: Language) -> str:
    counted = counted_in(language)
    found = f"{counted(checked.files, 'file')}: {counted(len(checked.problems), 'problem')}"
    if checked.rulebook is None and not checked.findings:
        return f"{found}, {'chưa nạp được' if language == 'vi' else 'not loaded'}"
    if checked.is_strict:
        from scheduler.commands.linted import counted_by_severity

        return f"{found}, {counted_by_severity(checked.findings, language)}"
    return f"{found}, {counted(len(checked.warnings), 'warning')}"
