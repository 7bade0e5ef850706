"""Stories as text for people: the words of the document, the arithmetic day by day, the ladder, what comes next."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

import typer

from rules.arithmetic import Count, CountedDay
from rules.citing import citation, clause
from rules.days import WEEKDAYS
from rules.due_day import DueDay
from rules.explain import Reader, RungStory
from rules.lateness import on_time_until
from rules.wording import Language, Wording
from scheduler.commands.explained import words
from scheduler.commands.printing import minute, print_table
from scheduler.commands.stories import Told


def print_stories(told: Iterable[Told], zone: ZoneInfo, language: Language, *, silent: bool, picture: bool) -> None:
    """Print each story; `silent`: what kept each rung back instead of the ladder; `picture`: its timeline as well."""
    for number, one in enumerate(told):
        if number:
            typer.echo("")
        _print_story(one, zone, language, silent=silent, picture=picture)


def both(said: Wording, language: Language) -> tuple[str, ...]:
    """Return a sentence in Vietnamese with English beneath it; in English alone where that is asked for."""
    return (said.vi, said.en) if language == "vi" and said.vi != said.en else (said.say(language),)


def _print_story(told: Told, zone: ZoneInfo, language: Language, *, silent: bool, picture: bool) -> None:
    _print_term(told, language)
    if silent:
        _print_answers(told, zone, language)
    else:
        if (nobody := told.unfollowed()) is not None:
            _print_both(nobody.words, language)
        _print_rungs(told.rungs, zone, language)
        _print_next(told, zone, language)
        print_counts(told.counts(), language)
    if picture:
        from scheduler.commands.explained.picture import print_picture

        print_picture(told, language)
    _print_sources(told, language)


def _print_term(told: Told, language: Language) -> None:
    """Print the obligation's name, its term in words and in days, and the deadlines it had before."""
    followed = told.followed
    typer.echo(f"{told.called}: {followed.task.title}")
    if first := told.called.renamed_from:
        typer.echo(f"  {words.FIRST_ID.say(language)}: {first}")
    _print_both(followed.term.why, language)
    for line in _days(told, language):
        typer.echo(f"  {line}")
    for was in _earlier(told):
        _print_both(was, language)
    if told.has_ended:
        _print_both(words.ENDED, language)


def _print_both(said: Wording, language: Language) -> None:
    for line in both(said, language):
        typer.echo(f"  {line}")


def _days(told: Told, language: Language) -> Iterator[str]:
    term = told.followed.term
    until = on_time_until(term, told.facts, told.roster.policy.zone)
    days = {
        "starts": (term.starts, None, "bắt đầu"),
        "due": (term.due, term.at, "hạn"),
        "strict": (term.strict, None, "hạn chặt"),
        "remind by": (term.remind_by, None, "nhắc trước"),
        "grace until": (until, term.at if until == term.grace_until else None, "tính trễ sau"),
    }
    known = {name: (day, at, vi) for name, (day, at, vi) in days.items() if day is not None}
    if not known:
        return
    if language == "vi":
        said = ", ".join(f"{vi} {DueDay(day, at).line.vi}" for day, at, vi in known.values())
        yield said + (f" ({words.PROVISIONAL.vi})" if term.provisional else "")
    said = ", ".join(f"{name} {day}" + (f" {at:%H:%M}" if at else "") for name, (day, at, _) in known.items())
    yield said + (f" ({words.PROVISIONAL.en})" if term.provisional else "")


def _earlier(told: Told) -> Iterator[Wording]:
    """Yield each deadline that was in force before, with the document that replaced it, as letters have it."""
    from notifications.phrases import moved_from
    from notifications.plain import EARLIER

    for was in told.earlier():
        yield Wording(f"{EARLIER.vi}: {moved_from(was, 'vi')}", f"{EARLIER.en}: {moved_from(was, 'en')}")


def _print_sources(told: Told, language: Language) -> None:
    followed, ladder = told.followed, told.followed.ladder
    document, place = citation(followed.programme.document), clause(followed.task.section, followed.task.named)
    wording = told.wording()
    if wording:
        typer.echo(f"  {words.STATED.say(language)}: “{wording}”")
    typer.echo(f"  {document}, {place}; {followed.task.deadline_source}; ladder {ladder.id}, {ladder.source}")


def _print_next(told: Told, zone: ZoneInfo, language: Language) -> None:
    coming = told.next()
    if coming is None:
        if told.rungs:
            typer.echo(f"  {words.NOTHING_NEXT.say(language)}")
        return
    readers = ", ".join(dict.fromkeys(reader.email for reader in coming.readers if reader.email))
    typer.echo(f"  {words.NEXT.say(language)}: {minute(coming.opens, zone)} {coming.rung} → {readers}")


def print_counts(counts: Sequence[Count], language: Language) -> None:
    """Print the arithmetic day by day: the number of each day counted; why another was not, and by which line."""
    for count in counts:
        if not count.days:
            continue
        length = words.offset(count.offset).say(language)
        purpose = words.PURPOSES[count.purpose].say(language)
        name = " ".join(each for each in (purpose, count.rung) if each) + (f", {length}" if length else "")
        typer.echo(f"  {name}: {count.start} → {count.end}")
        heads = [words.HEADS[head].say(language) for head in ("day", "weekday", "number", "why", "source")]
        print_table(["   ", *heads], [("", *_counted(day, language)) for day in count.days])


def _counted(day: CountedDay, language: Language) -> tuple[object, ...]:
    name, number = day.name.say(language) if day.name else "", day.number if day.number else "–"
    if day.is_counted and day.source:
        name = "làm bù" if language == "vi" else "worked"
    source = "; ".join(each for each in (day.source, str(day.line) if day.line else None) if each)
    return day.on, WEEKDAYS[day.on.weekday()].say(language), number, name, source


def _print_answers(told: Told, zone: ZoneInfo, language: Language) -> None:
    """Print for each rung and post what kept it back, or that it was sent."""
    rows = []
    for answer in told.answers():
        if not answer.rung:
            _print_both(answer.words, language)
            continue
        at = minute(answer.at, zone) if answer.at else None
        post = f"{answer.role} {answer.unit}".strip()
        name = f"{answer.rung} #{answer.turn + 1}" if answer.turn else answer.rung
        rows.append((name, at, answer.cause, post, answer.person, answer.words.say(language)))
    if rows:
        heads = ("rung", "at", "state", "post", "address", "why")
        print_table([words.HEADS[head].say(language) for head in heads], rows)


def _print_rungs(rungs: tuple[RungStory, ...], zone: ZoneInfo, language: Language) -> None:
    """Print a row for each reader; the time by the rule only where a mail leaves at another one."""
    heads = ("rung", "when", "by the rule", "opens", "state", "", "post", "address")
    rows = [_row(name, rung, reader, zone, language) for name, rung in _condensed(rungs) for reader in rung.readers]
    if not rows:
        return
    shown = [number for number, head in enumerate(heads) if head != "by the rule" or any(row[number] for row in rows)]
    names = [words.HEADS[heads[number]].say(language) if heads[number] else "" for number in shown]
    print_table(names, [[row[number] for number in shown] for row in rows])


def _condensed(rungs: tuple[RungStory, ...]) -> Iterator[tuple[str, RungStory]]:
    """Yield the rungs, each with its name; of repetitions that have come only the latest: `late ×27`."""
    repeated = [rung for rung in rungs if rung.turn and rung.state != "coming"]
    turns = Counter(rung.rung for rung in repeated)
    latest = {rung.rung: rung for rung in repeated}
    for rung in rungs:
        if not rung.turn or rung.state == "coming":
            yield f"{rung.rung} #{rung.turn + 1}" if rung.turn else rung.rung, rung
        elif latest[rung.rung] is rung:
            yield f"{rung.rung} {'#' if turns[rung.rung] == 1 else '×'}{rung.turn + 1}", rung


def _row(name: str, rung: RungStory, reader: Reader, zone: ZoneInfo, language: Language) -> tuple[object, ...]:
    would_be = reader.is_rehearsed and reader.state == "sent"
    state = words.STATES["would_be_sent" if would_be else reader.state].say(language)
    if reader.reason:
        state = f"{state}: {reader.reason}"
    nominal, opens = minute(rung.nominal, zone), minute(rung.opens, zone)
    by_rule = nominal if nominal != opens else None
    return name, rung.when, by_rule, opens, state, reader.as_, f"{reader.role} {reader.unit}", reader.email
