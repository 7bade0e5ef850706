"""`dondoc new`: asks about a new programme, task, ladder or directory, and writes it; every answer is an option too."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from scheduler.commands.options import ConfigOption, RulesOption, day, new_app

app = new_app()

YesOption = Annotated[bool, typer.Option("--yes", help="Ask nothing: options and defaults are the answers.")]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="The new file; ID.yaml in the first folder else.")
]
IdOption = Annotated[str | None, typer.Option("--id", metavar="ID", help="Its id.")]
TitleOption = Annotated[str | None, typer.Option(metavar="TEXT", help="Its title.")]


@app.callback(epilog="Example: dondoc new task --programme dong-thap-2026 --section A.II")
def new() -> None:
    """Ask, and write a new programme, task, ladder or directory. No file is ever written over."""


@app.command(epilog='Example: dondoc new programme --id ke-hoach-2027 --title "Kế hoạch năm 2027" --number 9/KH-UBND')
def programme(
    id: IdOption = None,
    title: TitleOption = None,
    number: Annotated[str | None, typer.Option(metavar="TEXT", help="The document's number.")] = None,
    issued: Annotated[date | None, typer.Option("--date", metavar="DATE", parser=day, help="Its day.")] = None,
    issuer: Annotated[str | None, typer.Option(metavar="TEXT", help="Who issued it.")] = None,
    period: Annotated[str | None, typer.Option(metavar="PERIOD", help="2026, 2026-H1 …")] = None,
    directory: Annotated[str | None, typer.Option(metavar="ID", help="The directory.")] = None,
    calendar: Annotated[str | None, typer.Option(metavar="ID", help="The calendar.")] = None,
    ladder: Annotated[str | None, typer.Option(metavar="ID", help="The ladder.")] = None,
    standing: Annotated[str | None, typer.Option(metavar="UNIT", help="The standing office.")] = None,
    output: OutputOption = None,
    yes: YesOption = False,
    rules: RulesOption = None,
    config: ConfigOption = None,
) -> None:
    """Begin a programme: its document, period, directory, calendar and ladder. Tasks follow with `dondoc new task`."""
    from rules.begun.documents import NewProgramme, programme_text
    from scheduler.commands.asking import Folder, Questions

    folder, ask = Folder.open(config, rules), Questions(is_silent=yes)
    book = folder.rulebook
    answers = NewProgramme(
        id=ask.slug("Mã chương trình (id)", id, "--id", taken=book.programmes),
        title=ask.line("Tên chương trình", title, "--title"),
        number=ask.line("Số, ký hiệu văn bản", number, "--number"),
        date=ask.day("Ngày ký (2026-03-07, bỏ trống nếu chưa có)", issued),
        issuer=ask.line("Cơ quan ban hành (bỏ trống nếu không ghi)", issuer, "--issuer", default=""),
        period=ask.line("Kỳ (2026, 2026-H1; bỏ trống nếu không có)", period, "--period", default=""),
        directory=(chosen := ask.one_of("Danh bạ", directory, "--directory", book.directories)),
        calendar=ask.one_of("Lịch", calendar, "--calendar", book.calendars),
        ladder=ask.one_of("Thang nhắc", ladder, "--ladder", book.ladders),
        standing=ask.one_of("Cơ quan thường trực", standing, "--standing", book.directories[chosen].units),
    )
    folder.write_new(answers.id, programme_text(answers), output, ask)


@app.command(epilog="Example: dondoc new ladder --id nhe --overseer 15 --chair 0 --yes")
def ladder(
    id: IdOption = None,
    early: Annotated[int | None, typer.Option(min=0, help="Days before, to the focal post; 0: none.")] = None,
    soon: Annotated[int | None, typer.Option(min=0, help="Working days before, to the head; 0: none.")] = None,
    again: Annotated[int | None, typer.Option(min=0, help="Days between reminders once late; 0: one only.")] = None,
    overseer: Annotated[int | None, typer.Option(min=0, help="Days late, to the overseer; 0: never.")] = None,
    chair: Annotated[int | None, typer.Option(min=0, help="Days late, to the chair; 0: never.")] = None,
    output: OutputOption = None,
    yes: YesOption = False,
    rules: RulesOption = None,
    config: ConfigOption = None,
) -> None:
    """Begin a ladder: who is told how many days before a deadline, and after it."""
    from rules.begun.documents import NewLadder, ladder_text
    from scheduler.commands.asking import Folder, Questions

    folder, ask, usual = Folder.open(config, rules), Questions(is_silent=yes), NewLadder("")
    answers = NewLadder(
        id=ask.slug("Mã thang (id)", id, "--id", taken=folder.rulebook.ladders),
        early=ask.number("Báo đầu mối trước mấy ngày (0: không)", early, usual.early),
        soon=ask.number("Nhắc người đứng đầu trước mấy ngày làm việc (0: không)", soon, usual.soon),
        again=ask.number("Khi trễ, nhắc lại sau mỗi mấy ngày (0: một lần)", again, usual.again),
        overseer=ask.number("Trễ mấy ngày thì báo lãnh đạo phụ trách (0: không)", overseer, usual.overseer),
        chair=ask.number("Trễ mấy ngày thì báo người đứng đầu tỉnh (0: không)", chair, usual.chair),
    )
    folder.write_new(answers.id, ladder_text(answers), output, ask)


@app.command(epilog='Example: dondoc new directory --id tinh --unit "so-a|Sở A|Giám đốc Sở A|gd.a@tinh.example" --yes')
def directory(
    id: IdOption = None,
    chair: Annotated[str | None, typer.Option(metavar="TITLE|EMAIL", help="Who stands above all.")] = None,
    overseer: Annotated[str | None, typer.Option(metavar="TITLE|EMAIL", help="Who oversees all units.")] = None,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="ID|NAME|HEAD|EMAIL", help="A unit; repeatable.")
    ] = None,
    output: OutputOption = None,
    yes: YesOption = False,
    rules: RulesOption = None,
    config: ConfigOption = None,
) -> None:
    """Begin a directory: units with their heads, the overseer and the chair. Posts only, never a person's name."""
    from rules.begun.documents import directory_text
    from scheduler.commands.asking import Folder, Questions, post_of, unit_of

    folder, ask = Folder.open(config, rules), Questions(is_silent=yes)
    known = ask.slug("Mã danh bạ (id)", id, "--id", taken=folder.rulebook.directories)
    above = [
        post_of(ask.line(f"{who} (chức danh|địa chỉ, bỏ trống nếu không có)", given, option, default=""), option)
        for who, given, option in (
            ("Người đứng đầu tỉnh", chair, "--chair"),
            ("Lãnh đạo phụ trách", overseer, "--overseer"),
        )
    ]
    units = [unit_of(text) for text in unit or ()]
    while not yes and not unit:
        text = ask.line("Đơn vị (mã|tên|chức danh|địa chỉ, bỏ trống để thôi)", None, "--unit", default="")
        if not text:
            break
        units.append(unit_of(text))
    if not units:
        raise typer.BadParameter("a directory has one unit at least", param_hint="--unit")
    folder.write_new(known, directory_text(known, chair=above[0], overseer=above[1], units=units), output, ask)


@app.command(
    epilog='Example: dondoc new task --programme dong-thap-2026 --section A.II --title "Ban hành Đề án" --lead so-khcn '
    '--stated "Trước ngày 15/5/2026"'
)
def task(
    programme: Annotated[str | None, typer.Option(metavar="ID", help="The programme it belongs to.")] = None,
    section: Annotated[str | None, typer.Option(metavar="SECTION", help="Its section; the last one else.")] = None,
    id: IdOption = None,
    title: TitleOption = None,
    lead: Annotated[list[str] | None, typer.Option(metavar="UNIT", help="Who leads; repeatable.")] = None,
    coordinate: Annotated[list[str] | None, typer.Option(metavar="UNIT", help="Who coordinates; repeatable.")] = None,
    product: Annotated[str | None, typer.Option(metavar="TEXT", help="What comes of it.")] = None,
    basis: Annotated[str | None, typer.Option(metavar="TEXT", help="What it is based on.")] = None,
    stated: Annotated[str | None, typer.Option(metavar="PHRASE", help="The deadline as the document says it.")] = None,
    event: Annotated[str | None, typer.Option(metavar="EVENT", help="The event that the phrase waits for.")] = None,
    yes: YesOption = False,
    rules: RulesOption = None,
    config: ConfigOption = None,
) -> None:
    """Add a task at the end of its section, under the next free id; every other line of the file stays as it is.

    The deadline is given in the document's own words, read, and shown with its arithmetic before anything is written.
    """
    from scheduler.commands.asking import Folder, Questions
    from scheduler.commands.tasked import Wanted, add

    folder, ask = Folder.open(config, rules), Questions(is_silent=yes)
    chosen = folder.rulebook.programmes[
        ask.one_of("Chương trình", programme, "--programme", folder.rulebook.programmes)
    ]
    wanted = Wanted(section, id, title, tuple(lead or ()), tuple(coordinate or ()), product, basis, stated, event)
    add(folder, chosen, wanted, ask)
