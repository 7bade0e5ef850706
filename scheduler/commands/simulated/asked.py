"""Asked: a simulation as the command line asks for it: from an empty ledger, or on from the one in the database."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import typer

from rules.calendar import local_day
from rules.differences import Letter
from rules.programme import Event, Rulebook, Task
from rules.register import Fact
from rules.simulate import Simulation, simulate
from rules.supposed import Edit
from scheduler.clock import system_clock
from scheduler.commands.reading import Misconfigured, Reading, read_all
from scheduler.commands.simulated.letters import letters_of, saved_letters
from scheduler.commands.subjects import headings
from scheduler.commands.supposing import other_rules, rulebook_in, suppositions
from scheduler.config import Config


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `assume` and `with_` as written; `facts`: what the database holds counts."""

    first: date
    last: date
    assume: tuple[str, ...]
    with_: tuple[str, ...]
    from_ledger: bool
    facts: bool
    config: Path | None
    rules: Path | None


@dataclass(frozen=True, slots=True)
class Made:
    """A simulation, and the rules and settings by which it is told."""

    found: Simulation
    rulebook: Rulebook
    config: Config


def simulated(asked: Asked) -> Made:
    """Return the simulation asked for; Refused or BadParameter when something named is not there or not sound."""
    return _on_the_ledger(asked) if asked.from_ledger else _from_nothing(asked, read_all(asked.config, asked.rules))


def letters_made(made: Made) -> list[Letter]:
    """Return the letters of a simulation."""
    return letters_of(made.found, headings(made.config, made.rulebook))


def letters_against(against: str, asked: Asked) -> list[Letter]:
    """Return the letters of the other simulation: one that was saved, or of the same span by other rule files."""
    if Path(against).is_file() and Path(against).suffix == ".json":
        return saved_letters(Path(against))
    other = str(Path(against).absolute())
    if asked.from_ledger:
        return letters_made(_on_the_ledger(replace(asked, with_=(other,))))
    read = read_all(asked.config, asked.rules)
    theirs = replace(read, rulebook=rulebook_in(other, Path.cwd(), read.config.language))
    return letters_made(_from_nothing(replace(asked, with_=()), theirs, beside=read.rulebook))


def _from_nothing(asked: Asked, read: Reading, *, beside: Rulebook | None = None) -> Made:
    """Simulate from an empty ledger; what is assumed may be known to the rules `beside` only, and is nothing here."""
    edits = [other_rules(text, Path.cwd(), read.config.language) for text in asked.with_]
    known = [*_rulebooks(read.rulebook, edits), *([beside] if beside else [])]
    assumed = [*suppositions(asked.assume, known, read.config.policy.zone), *edits]
    recorded = _recorded(read) if asked.facts and asked.rules is None else ()
    found = simulate(
        read.rulebook, read.config.policy, first=asked.first, last=asked.last, assumed=assumed, recorded=recorded
    )
    return Made(found, _all_of(read.rulebook, edits), read.config)


def _on_the_ledger(asked: Asked) -> Made:
    """Go on from the database as it stands; what comes before the first day happens, and is not shown."""
    from db.engine import open_reader
    from scheduler.commands.database import office
    from scheduler.commands.switching import stopped
    from scheduler.simulating import simulate_on

    now = system_clock()
    with office(asked.config, open_reader) as opened:
        policy = opened.config.policy
        today = local_day(now, policy.zone)
        if asked.first < today:
            raise Misconfigured(f"--from-ledger goes on from now: --from {asked.first} is past, write {today} or later")
        edits = [_from(other_rules(text, Path.cwd(), opened.config.language), asked.first) for text in asked.with_]
        assumed = [*suppositions(asked.assume, _rulebooks(opened.rulebook, edits), policy.zone), *edits]
        with opened.engine.connect() as connection:
            if stop := stopped(connection, policy.zone):
                typer.echo(f"{stop}; simulated as if letters left", err=True)
            found = simulate_on(connection, opened.rulebook, policy, assumed, now=now, last=asked.last)
        shown = replace(
            found,
            messages=tuple(m for m in found.messages if local_day(m.at, policy.zone) >= asked.first),
            not_sent=tuple(one for one in found.not_sent if local_day(one.at, policy.zone) >= asked.first),
        )
        return Made(shown, _all_of(opened.rulebook, edits), opened.config)


def _from(edit: Edit, first: date) -> Edit:
    """Return an edit with its day: a ledger goes on by the rules in force until then."""
    return replace(edit, on=edit.on or first)


def _rulebooks(rulebook: Rulebook, edits: list[Edit]) -> list[Rulebook]:
    return [*(edit.rulebook for edit in edits if edit.on is None), rulebook, *(e.rulebook for e in edits if e.on)]


def _all_of(rulebook: Rulebook, edits: list[Edit]) -> Rulebook:
    """Return what mails are told by: all that any of the rulebooks knows, as the last one has it."""
    known = rulebook
    for edit in edits:
        other = edit.rulebook
        known = replace(
            known,
            programmes={
                id: replace(
                    programme,
                    tasks={**_tasks(known, id), **programme.tasks},
                    measuring={**_measuring(known, id), **programme.measuring},
                    events={**_events(known, id), **programme.events},
                )
                for id, programme in {**known.programmes, **other.programmes}.items()
            },
            directories={**known.directories, **other.directories},
        )
    return known


def _measuring(rulebook: Rulebook, programme: str) -> dict[str, Task]:
    known = rulebook.programmes.get(programme)
    return dict(known.measuring) if known else {}


def _tasks(rulebook: Rulebook, programme: str) -> dict[str, Task]:
    known = rulebook.programmes.get(programme)
    return dict(known.tasks) if known else {}


def _events(rulebook: Rulebook, programme: str) -> dict[str, Event]:
    known = rulebook.programmes.get(programme)
    return dict(known.events) if known else {}


def _recorded(read: Reading) -> list[Fact]:
    """Return what was recorded in the database, nothing where there is none yet."""
    file = read.config.database_file
    if file is not None and not file.exists():
        # Found out without what opens databases, which takes a fifth of a second to import.
        return []
    from db.engine import open_reader
    from scheduler.commands.database import database, is_applied
    from scheduler.registered import facts_said

    with database(read.config, open_reader) as engine:
        if not is_applied(engine):
            return []
        with engine.connect() as connection:
            return list(facts_said(connection, read.rulebook.programmes))
