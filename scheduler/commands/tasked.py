"""A new task of `dondoc new`: its answers, its deadline read and worked out, and the file with it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import typer

from rules.begun.task import Unplaceable, next_id, sections, task_added
from rules.days import day_vi
from rules.deadline import After, AheadOf, Deadline
from rules.events import events_known
from rules.load.mistake import Mistake, did_you_mean, listed
from rules.load.names import task_id
from rules.phrases import Context, Reading, read
from rules.phrases.forms import Form, form_of
from rules.plans.merging.located import located
from rules.plans.writing.layout import flow
from rules.programme import Programme
from rules.roster import Roster
from rules.term import Term
from rules.terms import following, occurrences
from scheduler.clock import system_clock
from scheduler.commands.asking import Folder, Questions
from scheduler.commands.kept import keep
from scheduler.commands.reading import Refused


class Wanted(NamedTuple):
    """What options say of a task; None is asked."""

    section: str | None
    id: str | None
    title: str | None
    lead: tuple[str, ...]
    coordinate: tuple[str, ...]
    product: str | None
    basis: str | None
    stated: str | None
    event: str | None


def add(folder: Folder, programme: Programme, wanted: Wanted, ask: Questions) -> None:
    """Ask what is left to ask, show the task and the arithmetic of its deadline, and write it into its file."""
    name = programme.source.file
    text = folder.files[name].decode("utf-8").removeprefix("\ufeff")
    known = sections(text)
    if str(located(text).keys["programme"].value) != programme.id:
        raise Refused(f"{name}: holds several programmes; put {programme.id} into a file of its own first")
    section = ask.line(
        f"Mục ({listed(known, 12) or 'chưa có'})", wanted.section, "--section", default=known[-1] if known else ""
    )
    fields = _fields(folder, programme, wanted, ask, section=section, id=_id(text, programme, section, wanted, ask))
    fields["stated"], reading = _deadline(programme, wanted, ask, folder)
    if isinstance(fields["lead"], list):
        fields["completion"] = ask.joint_or_each()
    form = form_of(reading)
    assert form is not None
    several = form.get("deadlines") if isinstance(form, Mapping) else None
    fields["deadlines" if several else "deadline"] = several or form
    doubts = [doubt.vi for each in (reading, *reading.parts) for doubt in each.doubts]
    try:
        placed = task_added(text, fields, section=section, doubts=dict.fromkeys(doubts))
    except Unplaceable as fault:
        raise Refused(f"{name}: {fault}") from None
    folder.check({name: placed.text.encode()})
    typer.echo("\n".join(placed.lines))
    if not ask.agrees(f"Ghi vào {name}?"):
        raise typer.Abort
    _write(folder, name, placed.text)
    typer.echo(f"{name}: task {fields['id']} added")


def _write(folder: Folder, name: str, text: str) -> None:
    path = folder.path(name)
    if path.read_bytes() != folder.files[name]:
        raise Refused(f"{name}: has changed meanwhile; nothing is written, begin again")
    keep(path, text)


def _id(text: str, programme: Programme, section: str, wanted: Wanted, ask: Questions) -> str:
    found = ask.line("Mã nhiệm vụ", wanted.id, "--id", default=next_id(text, section))
    try:
        task_id(found)
    except Mistake as mistake:
        raise typer.BadParameter(str(mistake), param_hint="--id") from None
    if found in programme.tasks:
        raise typer.BadParameter(
            f"{found!r} is there already; the next free one: {next_id(text, section)}", param_hint="--id"
        )
    return found


def _fields(
    folder: Folder, programme: Programme, wanted: Wanted, ask: Questions, *, section: str, id: str
) -> dict[str, Form]:
    fields: dict[str, Form] = {"id": id}
    if section != id.rpartition(".")[0]:
        fields["section"] = section
    fields["title"] = ask.line("Phải làm gì (bắt đầu bằng động từ)", wanted.title, "--title")
    leads = list(wanted.lead) or _named(ask.line("Đơn vị chủ trì (mã; nhiều mã cách nhau dấu phẩy)", None, "--lead"))
    others = list(wanted.coordinate) or _named(
        ask.line("Đơn vị phối hợp (bỏ trống nếu không có)", None, "--coordinate", default="")
    )
    fields["lead"] = _known(leads, folder, programme, "--lead")
    if others:
        fields["coordinate"] = _known(others, folder, programme, "--coordinate")
    for key, question, given in (
        ("product", "Sản phẩm (bỏ trống nếu văn bản không nêu)", wanted.product),
        ("basis", "Căn cứ (bỏ trống nếu không ghi)", wanted.basis),
    ):
        if text := ask.line(question, given, f"--{key}", default=""):
            fields[key] = text
    return fields


def _named(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _known(names: list[str], folder: Folder, programme: Programme, option: str) -> Form:
    directory = folder.rulebook.directories[programme.directory]
    known = [*directory.units, *directory.groups]
    for name in names:
        if name not in known:
            shown = f"known: {listed(known, 8)}{did_you_mean(name, known).en}"
            raise typer.BadParameter(
                f"there is no unit or group {name!r} in {directory.id}; {shown}", param_hint=option
            )
    return names[0] if len(names) == 1 else names


def _deadline(programme: Programme, wanted: Wanted, ask: Questions, folder: Folder) -> tuple[str, Reading]:
    """Return the deadline's phrase, and as it was read, an event's id in place of its text, once it is agreed to."""
    while True:
        phrase = ask.line("Thời hạn, đúng lời văn bản", wanted.stated, "--stated")
        reading = _read(programme, phrase)
        problem = f"không đọc được '{phrase}' thành thời hạn: {reading.why.vi}"
        if form_of(reading) is not None:
            reading = _with_events(programme, reading, wanted, ask)
            for line in _arithmetic(programme, reading, folder):
                typer.echo(line)
            if ask.agrees("Đúng hạn này?"):
                return phrase, reading
            problem = "hạn chưa được đồng ý"
        if ask.is_silent or wanted.stated is not None:
            raise typer.BadParameter(problem, param_hint="--stated")
        typer.echo(problem)


def _read(programme: Programme, phrase: str) -> Reading:
    period, issued = programme.period, programme.document.date
    year = period.start.year if period else issued.year if issued else system_clock().year
    return read(phrase, Context(year, issued))


def _with_events(programme: Programme, reading: Reading, wanted: Wanted, ask: Questions) -> Reading:
    parts = tuple(_with_events(programme, part, wanted, ask) for part in reading.parts)
    deadline = reading.deadline
    if isinstance(deadline, After | AheadOf):
        titles = {id: event.title for id, event in programme.events.items()}
        by_title = next((id for id, title in titles.items() if title.casefold() == deadline.event.casefold()), None)
        if by_title is None and not titles:
            raise Refused(f"the deadline waits for '{deadline.event}': put it under events: of {programme.id} first")
        event = by_title or ask.one_of(f"Sự kiện '{deadline.event}' là", wanted.event, "--event", titles)
        reading = reading._replace(deadline=replace(deadline, event=event))
    return reading._replace(parts=parts)


def _arithmetic(programme: Programme, reading: Reading, folder: Folder) -> list[str]:
    """Return how the deadline is written, and how it is counted to its days."""
    form = form_of(reading)
    lines = [f"deadline: {flow(form) if form is not None else '?'}", f"  {reading.why.vi}"]
    for each in reading.parts or (reading,):
        if each.deadline is not None:
            lines += [f"  {why}" for why in _terms(programme, each.deadline, folder)]
        lines += [f"  cần kiểm tra: {doubt.vi}" for doubt in each.doubts]
    return lines


def _terms(programme: Programme, deadline: Deadline, folder: Folder) -> list[str]:
    from rules.deadline import Continuous, Every

    policy, today = folder.config.policy, system_clock().date()
    known = events_known(programme, {}, {}, calendar=folder.rulebook.calendars[programme.calendar], zone=policy.zone)
    context = Roster(folder.rulebook, policy, {programme.id: known}).context(programme)
    if isinstance(deadline, Every | Continuous):
        found = following(deadline, context, today, 2)
    else:
        found = occurrences(deadline, context, first=today, last=today)
    return [_counted(each.term) for each in found]


def _counted(term: Term) -> str:
    """Return how a term is counted, with the working days it comes to."""
    if term.remind_by is None or term.grace_until is None:
        return term.why.vi
    return f"{term.why.vi}; nhắc đến {day_vi(term.remind_by)}, trễ sau {day_vi(term.grace_until)}"
