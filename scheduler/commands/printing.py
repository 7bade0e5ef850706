"""Printing facts: JSON for programs, tables with colours on a terminal, the same columns as plain text in a pipe."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typer

from rules.wording import Language

_COLOURS = {
    **dict.fromkeys(("Quá hạn", "Hoàn thành quá hạn", "not_sent", "không gửi", "parked"), "red"),
    **dict.fromkeys(("Sắp đến hạn", "owed", "đến lúc gửi", "pending"), "yellow"),
    **dict.fromkeys(("Đúng hạn", "sent", "đã gửi", "sẽ gửi"), "green"),
}


def as_json(value: Any) -> str:
    """Return a value as JSON on one line; days and times in ISO 8601."""
    return _ONE_LINE.encode(value)


def print_json(value: Any) -> None:
    """Print one JSON value, indented for people; days and times in ISO 8601."""
    # Without indentation the encoder runs in C, twenty times as fast.
    indent = 2 if sys.stdout.isatty() else None
    typer.echo(json.dumps(value, ensure_ascii=False, indent=indent, default=_iso))


def print_json_lines(values: Iterable[Any]) -> None:
    """Print one JSON value a line."""
    for value in values:
        typer.echo(as_json(value))


def raw_output() -> Callable[[bytes], object]:
    """Return what writes UTF-8 to the output as it is; a stream of text without bytes below it gets the text."""
    sys.stdout.flush()
    below = getattr(sys.stdout, "buffer", None)
    return below.write if below else lambda data: sys.stdout.write(data.decode())


@contextmanager
def written_to(path: Path | None) -> Iterator[None]:
    """Have what is printed written into a file instead, beside it first and whole; None: printed as ever."""
    if path is None:
        yield
        return
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8") as file, redirect_stdout(file):
            yield
        beside.replace(path)
    except OSError as fault:
        raise typer.BadParameter(f"{path}: {fault.strerror}", param_hint="-o") from None
    finally:
        beside.unlink(missing_ok=True)


def local(at: datetime, zone: ZoneInfo) -> str:
    """Return an instant in ISO 8601 with the local offset, to the second."""
    return at.astimezone(zone).isoformat(timespec="seconds")


def minute(at: datetime, zone: ZoneInfo) -> str:
    """Return an instant for people: local, to the minute."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def due_cell(due: date | None, at: time | None) -> str:
    """Return a due day with its hour, where it has one; '' where there is none."""
    if due is None:
        return ""
    return f"{due} {at:%H:%M}" if at else f"{due}"


def counted(count: int, thing: str) -> str:
    """Return how many there are of a thing, as `1 problem` or `2 problems`."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


_IN_VIETNAMESE = {
    "file": "tệp",
    "programme": "chương trình",
    "task": "nhiệm vụ",
    "event": "sự kiện",
    "indicator": "chỉ tiêu",
    "unit": "cơ quan",
    "scenario": "kịch bản",
    "rung": "bậc",
    "route": "tuyến",
    "deadline": "thời hạn",
    "problem": "vấn đề",
    "error": "lỗi",
    "warning": "cảnh báo",
    "note": "ghi chú",
}


def counted_in(language: Language) -> Callable[[int, str], str]:
    """Return what counts things in a language: `2 problems`, `2 lỗi`."""
    return counted if language == "en" else lambda count, thing: f"{count} {_IN_VIETNAMESE[thing]}"


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Print rows under their heads; None is shown as nothing."""
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _print_rich(heads, texts, title)
    else:
        _print_plain(heads, texts, title)


def _print_plain(heads: Sequence[str], rows: list[list[str]], title: str) -> None:
    if title:
        typer.echo(title)
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    form = "  ".join(f"{{:{width}}}" for width in widths)
    typer.echo("\n".join([form.format(*row).rstrip() for row in [heads, *rows]]))


def _print_rich(heads: Sequence[str], rows: list[list[str]], title: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*heads, title=title or None, title_justify="left", box=None, header_style="bold", pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    for row in rows:
        table.add_row(*(Text(cell, style=_colour(cell)) for cell in row))
    Console().print(table)


def _colour(cell: str) -> str:
    """Return the colour of a state, by its first words; other cells are plain."""
    return next((colour for words, colour in _COLOURS.items() if cell.startswith(words)), "")


def _iso(value: object) -> str:
    if isinstance(value, (date, time)):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")


_ONE_LINE = json.JSONEncoder(ensure_ascii=False, default=_iso)
"""Made once: for short values that takes as long as the encoding."""
