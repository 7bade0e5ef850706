"""Questions: what a table leaves doubtful, as doubts of a draft."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from rules.plans.blocks import Where
from rules.plans.draft import Doubt, Field
from rules.plans.tables.columns import Column
from rules.plans.tables.numbering import Style, number_of
from rules.plans.tables.sections import Heading
from rules.wording import Wording

_SHOWN = 60
_CUT_OFF = frozenset(("theo", "của", "và", "các", "về", "cho", "tại", "với", "để", "từ", "bởi", "hoặc", "là", "những"))
_DONE = re.compile(
    r"\W*(?:nhiệm vụ |công việc |việc )?(?:này )?đã (?:được )?(?:thực hiện|hoàn thành|triển khai|làm|ban hành|xong)"
    r"(?: xong)?(?: (?:trong|vào|ngày|tháng|quý|năm|tại|theo) [^.;]*)?\W*",
    re.IGNORECASE,
)
"""`(Đã thực hiện)`, `Đã hoàn thành tháng 3/2026`; `Đã hoàn thành 50%` is not done."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def another_deadline(title: str, at: Where) -> Doubt:
    """Return the doubt about a row that gives the task above a further deadline."""
    shown = title[:_SHOWN]
    return Doubt(
        Wording(
            f"Dòng này nêu thêm một thời hạn cho nhiệm vụ «{shown}»; được đọc thành một nhiệm vụ riêng.",
            f"This row gives the task «{shown}» a further deadline; it was read as a task of its own.",
        ),
        at,
        "stated",
    )


def ditto(sign: str, meant: str, column: Column, at: Where) -> Doubt:
    """Return the doubt about a ditto mark, with what it was taken for."""
    if not meant:
        said = Wording(
            f"Ký hiệu «{sign}» ở cột «{column.heading}» không có nội dung phía trên để hiểu theo.",
            f"The ditto mark «{sign}» in column «{column.heading}» has nothing above it to stand for.",
        )
    else:
        said = Wording(
            f"Ký hiệu «{sign}» ở cột «{column.heading}» được hiểu là «{meant[:_SHOWN]}» như dòng trên.",
            f"The ditto mark «{sign}» in column «{column.heading}» was taken for «{meant[:_SHOWN]}», as above.",
        )
    return Doubt(said, at, _field(column))


def unrecognised(columns: Iterable[Column], at: Where) -> Iterator[Doubt]:
    """Yield a doubt for each column that is kept under its heading because it was not recognised."""
    for column in columns:
        if column.heading and (column.holds is None or column.holds == "other"):
            yield Doubt(
                Wording(
                    f"Không nhận ra cột «{column.heading}»; nội dung được giữ nguyên dưới tên cột này.",
                    f"Column «{column.heading}» was not recognised; what it says is kept under this name.",
                ),
                at,
            )
        elif column.both and column.holds == "lead":
            yield Doubt(
                Wording(
                    f"Cột «{column.heading}» ghi chung cơ quan chủ trì và phối hợp; tất cả được đọc là chủ trì.",
                    f"Column «{column.heading}» names leading and coordinating agencies; all were read as leading.",
                ),
                at,
                "lead",
            )


def title_guessed(columns: Sequence[Column], at: Where) -> Doubt | None:
    """Return the doubt about a title whose column was guessed, None where its heading says what it holds."""
    taken = next((column.heading for column in columns if column.guessed), None)
    if taken is None:
        return None
    others = ", ".join(f"«{column.heading}»" for column in columns if column.heading and column.holds is None)
    vi, en = (f"; cột chưa nhận ra: {others}", f"; not recognised: {others}") if others else ("", "")
    return Doubt(
        Wording(
            f"Tên nhiệm vụ lấy ở cột «{taken}», chưa chắc là đúng cột{vi}.",
            f"The title is from column «{taken}», which may be the wrong one{en}.",
        ),
        at,
        "title",
    )


def undated(columns: Iterable[Column], at: Where) -> Doubt:
    """Return the doubt about a table of tasks that has no column of deadlines."""
    names = ", ".join(f"«{column.heading}»" for column in columns if column.heading)
    return Doubt(
        Wording(
            f"Bảng không có cột thời hạn nên không được đọc thành nhiệm vụ. Các cột: {names}.",
            f"The table has no column of deadlines and was not read as tasks. Its columns: {names}.",
        ),
        at,
        "stated",
    )


def headless(width: int, count: int, at: Where) -> Doubt:
    """Return the doubt about a table without recognised headings."""
    return Doubt(
        Wording(
            f"Bảng {width} cột, {count} dòng không có hàng tiêu đề nhận ra được nên không được đọc.",
            f"A table of {width} columns and {count} rows has no heading row that was recognised; it was not read.",
        ),
        at,
    )


def cut_off(holds: str, text: str, at: Where) -> Doubt | None:
    """Return the doubt about a text that ends in the middle of a phrase."""
    if not text or not (text.rsplit(maxsplit=1)[-1] in _CUT_OFF or text.endswith((",", " -"))):
        return None
    return Doubt(
        Wording(
            f"Nội dung kết thúc giữa chừng («…{text[-30:]}»); phần còn lại có thể nằm ở ô khác.",
            f"The text ends in the middle of a phrase («…{text[-30:]}»); its rest may stand in another cell.",
        ),
        at,
        holds,
    )


def done(note: str, at: Where) -> Doubt | None:
    """Return the doubt about a row whose note says that it is done already, None where it says nothing of the kind."""
    if not _DONE.fullmatch(note):
        return None
    said = note.strip(" ().;")
    return Doubt(
        Wording(
            f"Ghi chú «{said}»: nếu việc đã xong thì xóa nhiệm vụ này, hoặc ghi nhận bằng dondoc report done; "
            "để nguyên thì vẫn bị nhắc.",
            f"The note says «{said}»: if it is done, drop this task or record it with dondoc report done; "
            "left as it is, it is still reminded of.",
        ),
        at,
        "note",
    )


def missing(holds: Field, at: Where) -> Doubt:
    """Return the doubt about a row that names no title or no leading agency."""
    vi, en = {"title": ("tên nhiệm vụ", "title"), "no": ("số thứ tự", "number")}.get(
        holds, ("cơ quan chủ trì", "leading agency")
    )
    return Doubt(Wording(f"Dòng này không ghi {vi}.", f"This row has no {en}."), at, holds)


def numbering(
    rows: Sequence[tuple[str, str, Where]], headings: Sequence[tuple[tuple[Heading, ...], Where]] = ()
) -> list[tuple[Doubt, ...]]:
    """Return for each row the doubts that its number, or that of a heading above it, does not follow the one before."""
    found: list[list[Doubt]] = [[] for _ in rows]
    for index, doubt in (*_rows_out_of_order(rows), *_headings_out_of_order(headings)):
        found[index].append(doubt)
    return [tuple(doubts) for doubts in found]


def _rows_out_of_order(rows: Sequence[tuple[str, str, Where]]) -> Iterator[tuple[int, Doubt]]:
    section, before = None, 0
    for index, (own_section, text, at) in enumerate(rows):
        label = number_of(text)
        if label is None or label.style != "arabic":
            continue
        number = int(label.text)
        if number not in (before, before + 1) and not (own_section != section and number == 1) and before:
            yield index, _jump(str(before), text, at)
        section, before = own_section, number


def _headings_out_of_order(headings: Sequence[tuple[tuple[Heading, ...], Where]]) -> Iterator[tuple[int, Doubt]]:
    seen: dict[tuple[tuple[str, ...], Style], tuple[str, int]] = {}
    for index, (path, at) in enumerate(headings):
        for depth, heading in enumerate(path):
            value = _value(heading)
            if heading.label is None or value is None:
                continue
            key = (tuple(other.text for other in path[:depth]), heading.label.style)
            text, before = seen.get(key, ("", 0))
            if value not in (before, before + 1) and before:
                yield index, _jump(text, heading.label.text, at)
            seen[key] = (heading.label.text, value)


def _value(heading: Heading) -> int | None:
    label = heading.label
    if label is None or label.style != "roman" or not set(label.text) <= set(_ROMAN):
        return None
    digits = [_ROMAN[c] for c in label.text]
    return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))


def _jump(before: str, number: str, at: Where) -> Doubt:
    return Doubt(
        Wording(
            f"Số thứ tự nhảy từ «{before}» sang «{number}»; có thể thiếu hoặc sai thứ tự.",
            f"The numbering goes from «{before}» to «{number}»; something may be missing or out of order.",
        ),
        at,
        "no",
    )


def _field(column: Column) -> str:
    return column.holds if column.holds and column.holds in get_args(Field) else ""
