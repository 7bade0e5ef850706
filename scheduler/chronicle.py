"""Chronicle: the whole story of a task, gathered from the revisions, the facts and the ledger."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy.engine import Connection

from db.changes import RecordedChange, changes_of
from db.facts import RecordedSilence, event_records, silences
from db.facts.story import answers
from db.ledger import outcomes
from db.obligations import FOLLOWED, Filter, StoredObligation, listing
from db.passing import passed_to
from db.revisions import files_of, revisions
from rules.calendar import local_day
from rules.called import Called, called
from rules.chronicle import Edition, Entry, events_of, in_time, of_rules
from rules.days import day_en, day_vi
from rules.fields import names_of
from rules.load.excerpt import Excerpts
from rules.obligation import ObligationKey
from rules.programme import Rulebook
from rules.reasons import passed_on
from rules.wording import Wording
from scheduler.config import Config
from scheduler.effects import Effects
from scheduler.mailed import mails
from scheduler.moves import moved_within_its_day
from scheduler.office import rulebook_of

_EXCERPTS = Excerpts()
"""What the texts of revisions write, which never changes: kept as long as the process runs."""
_A_MOMENT = timedelta(microseconds=1)


class Place(NamedTuple):
    """A task of a programme; the rules in force need not know it any more."""

    programme: str
    task: str


class Chronicle(NamedTuple):
    """The story of a task under the title it had last."""

    place: Place
    called: Called
    title: str
    units: tuple[str, ...]
    """Whoever owed it, of those asked about."""
    entries: list[Entry]


def chronicle(
    connection: Connection,
    config: Config,
    place: Place,
    *,
    unit: str | None = None,
    loaded: Mapping[int, Rulebook] = MappingProxyType({}),
    chair: str = "",
) -> Chronicle:
    """Return the story of a task, of all its units or of one: what the rules said, what started it, what became of it,
    who was told, what was reported. `loaded` are the rules of revisions that the caller has at hand,
    `chair` is the title of the chair."""
    which = Filter(programme=place.programme, task=place.task, unit=unit, kinds=FOLLOWED)
    stored, editions = listing(connection, which), _editions(connection, place, loaded)
    programmes = [one.programme for one in editions if one.programme and one.programme.task(place.task)]
    tasks = [task for programme in programmes if (task := programme.task(place.task))]
    events = {
        event: programme.events[event].title if event in programme.events else event
        for programme, task in zip(programmes, tasks, strict=True)
        for event in events_of(programme, task)
    }

    def day(at: datetime) -> date:
        return local_day(at, config.policy.zone)

    found = list(of_rules(editions, place.task))
    found += _events(connection, place, events)
    changes = changes_of(connection, [one.id for one in stored])
    names = editions[-1].names if editions else {}
    passed = passed_to(connection, [one.id for one in stored])
    led = {id_: tuple(names.get(unit, unit) for unit in units) for id_, units in passed.items()}
    ended = {one.id: one.ended_at for one in stored}

    def words(change: RecordedChange, key: ObligationKey) -> Wording:
        if change.kind == "withdrawn" and change.at == ended[change.obligation_id] and change.obligation_id in led:
            return _passed(_change_words(change), led[change.obligation_id])
        if change.kind == "moved" and change.due_before == change.due_after:
            return moved_within_its_day(connection, config, change, key)
        return _change_words(change)

    found += _changes(changes, {one.id: one.key for one in stored}, Effects.of(editions, place.task, day), words)
    found += [_closing(one, one.ended_at, day) for one in stored if one.state == "closed" and one.ended_at]
    found += answers(connection, stored, config.policy.zone)
    found += [entry for one in silences(connection) if _covers(one, place, unit) for entry in _silence(one, day)]
    told = ((one.key, outcome, led.get(one.id, ())) for one in stored for outcome in outcomes(connection, one.id))
    found += mails(told, chair=chair)
    units = tuple(dict.fromkeys(one.key.unit for one in stored))
    whole = ObligationKey(place.programme, place.task, "", "", "")
    return Chronicle(
        place, called(whole, tasks[-1] if tasks else None), tasks[-1].title if tasks else "", units, in_time(found)
    )


def _editions(connection: Connection, place: Place, loaded: Mapping[int, Rulebook]) -> list[Edition]:
    """Return the programme as each revision held it, oldest first, those left out that say the same of the task.

    A revision that was written by another version and no longer loads is left out, too.
    """
    found: list[Edition] = []
    last: list[bytes] | None = None
    for revision in reversed(revisions(connection, limit=None)):
        # To parse what is edited costs far less than to work out all that a revision says.
        says = _EXCERPTS.of(files_of(connection, revision.id), *place)
        if says == last:
            continue
        last = says
        try:
            rulebook = loaded.get(revision.id) or rulebook_of(connection, revision.id)
        except ValueError:
            continue
        now = rulebook.programmes.get(place.programme)
        names = names_of(rulebook.directories.get(now.directory) if now else None)
        found.append(Edition(revision.id, revision.applied_at, revision.applied_by, now, names))
    return found


def _events(connection: Connection, place: Place, events: Mapping[str, str]) -> Iterator[Entry]:
    for one in event_records(connection, place.programme):
        if one.event not in events:
            continue
        title, on, note = events[one.event], day_vi(one.occurred.on), f" ({one.note})" if one.note else ""
        details = {"event": one.event, "number": one.id, "occurred_at": one.occurred.at, "note": one.note}
        yield Entry(
            at=one.recorded_at,
            kind="event",
            words=Wording(f"{title}: ngày {on}{note}", f"{title}: on {day_en(one.occurred.on)}{note}"),
            on=one.occurred.on,
            by=one.recorded_by,
            document=one.document,
            details=details,
        )
        if one.retracted_at is not None:
            words = Wording(f"{title}: ngày {on}", f"{title}: on {day_en(one.occurred.on)}")
            by = one.retracted_by
            yield Entry(one.retracted_at, "event_retracted", words, on=one.occurred.on, by=by, details=details)


def _changes(
    changes: Iterable[RecordedChange],
    keys: dict[int, ObligationKey],
    effects: Effects,
    words: Callable[[RecordedChange, ObligationKey], Wording],
) -> Iterator[Entry]:
    """Yield what became of obligations, each once for all units to which the same happened at once."""
    alike: dict[tuple[object, ...], list[RecordedChange]] = defaultdict(list)
    for change in changes:
        if change.kind != "done":  # the report says so, and more
            key = keys[change.obligation_id]
            same = (change.kind, change.at, change.due_before, change.due_after, key.part, key.occurrence)
            alike[same].append(change)
    for those in alike.values():
        change, key = those[0], keys[those[0].obligation_id]
        yield Entry(
            at=change.at,
            kind=change.kind,  # type: ignore[arg-type]
            words=words(change, key),
            on=effects.on(change, key.part),
            document=change.document,
            revision=change.revision,
            part=key.part,
            occurrence=key.occurrence,
            units=tuple(keys[one.obligation_id].unit for one in those),
            details={"due_before": change.due_before, "due_after": change.due_after, "why": change.why},
        )


def _change_words(change: RecordedChange) -> Wording:
    days = (change.due_before, change.due_after)
    was, now = (day_vi(day) if day else None for day in days)
    why = f" ({change.why})" if change.why else ""
    match change.kind:
        case "moved":
            vi, en = f"hạn cũ {was or 'không có'}, nay {now or 'không có'}", "was {}, now {}"
            return Wording(vi + why, en.format(*(day_en(day) if day else "undated" for day in days)) + why)
        case "withdrawn":
            return _due(was, change.due_before)
        case "reopened" if now is None:  # by what was said of a report: no rule has changed
            return Wording("thời hạn giữ nguyên", "the deadline stays")
        case _:
            due = _due(now, change.due_after)
            return Wording(due.vi + why, due.en + why)


def _passed(due: Wording, units: tuple[str, ...]) -> Wording:
    why = passed_on(units)
    return Wording(f"{due.vi}; {why.vi[0].lower()}{why.vi[1:]}", f"{due.en}; {why.en[0].lower()}{why.en[1:]}")


def _due(vi: str | None, day: date | None) -> Wording:
    return Wording(f"hạn {vi}", f"due {day_en(day)}") if day else Wording("không có hạn", "undated")


def _closing(one: StoredObligation, ended_at: datetime, day: Callable[[datetime], date]) -> Entry:
    return Entry(
        at=one.end_recorded_at or ended_at,
        kind="closed",
        words=Wording("không có báo cáo, kỳ sau thay thế", "unreported, the next one takes over"),
        on=day(ended_at),
        part=one.key.part,
        occurrence=one.key.occurrence,
        units=(one.key.unit,),
        details={"due": one.due_on, "missed_before": one.missed_before},
    )


def _covers(silence: RecordedSilence, place: Place, unit: str | None) -> bool:
    asked = ((silence.programme, place.programme), (silence.task, place.task))
    return all(said in (None, is_) for said, is_ in asked) and (unit is None or silence.unit in (None, unit))


def _silence(one: RecordedSilence, day: Callable[[datetime], date]) -> Iterator[Entry]:
    whom = f"{one.person}: " if one.person else ""
    # One that ends at 24:00 ends with its day.
    until = f" – {day(one.until - _A_MOMENT)}" if one.until and not one.lifted_at else ""
    words = f"{whom}{day(one.from_)}{until} ({one.reason})"
    details = {"number": one.id, "person": one.person, "from": one.from_, "until": one.until, "reason": one.reason}
    units = (one.unit,) if one.unit else ()
    from_ = day(one.from_)
    by = one.recorded_by
    yield Entry(one.recorded_at, "silence", Wording(words, words), on=from_, by=by, units=units, details=details)
    if one.lifted_at is not None:
        lifted = Wording(f"số {one.id}", f"number {one.id}")
        yield Entry(one.lifted_at, "silence_lifted", lifted, by=one.lifted_by, units=units, details={"number": one.id})
