"""Offices: the tasks of a plan as other offices would lay them out: columns, headings, sections, pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Literal

from rules.plans.draft import DraftTask, Field
from tests.rules.plans.builders import excel, word
from tests.rules.plans.builders.layout import Rows, plain

Sections = Literal["merged", "split", "split merged", "first cell", "title cell", "paragraph"]
Part = str | list[list[str]]
"""A paragraph, or a table in which `<` and `^` stand for what other cells span."""

COLUMNS: tuple[Field, ...] = (
    "no", "title", "lead", "head", "coordinate", "product", "basis", "stated", "note",
)  # fmt: skip
HEADINGS: Mapping[str, Sequence[str]] = {
    "no": ("STT", "TT", "Số TT", "No."),
    "title": ("Nhiệm vụ", "Nội dung công việc", "Tên nhiệm vụ, giải pháp", "• Nội dung\nnhiệm vụ", "Nhiệm vụ / Task"),
    "lead": ("Cơ quan chủ trì", "Chủ trì thực hiện", "Đơn vị chủ trì", "Cơ quan\nchủ trì", "Chủ trì (Lead)"),
    "head": ("Người đứng đầu chịu trách nhiệm", "Lãnh đạo phụ trách"),
    "coordinate": ("Cơ quan phối hợp", "Phối hợp thực hiện", "Đơn vị phối hợp", "+ Phối\nhợp"),
    "product": ("Sản phẩm", "Kết quả", "Sản phẩm, kết quả dự kiến", "Sản phẩm / Output"),
    "basis": ("Căn cứ", "Văn bản giao", "Cơ sở pháp lý"),
    "stated": ("Thời gian hoàn thành", "Thời hạn", "Tiến độ thực hiện", "Hạn hoàn thành", "Deadline"),
    "note": ("Ghi chú", "Note"),
}


@dataclass(frozen=True)
class Office:
    """What an office does. `cut`: rows go over to a next page, with the headings repeated there, or as a new table."""

    sections: Sections = "merged"
    reordered: bool = False
    renamed: bool = False
    number_last: bool = False
    two_rows: bool = False
    counted: bool = False
    merged_leads: bool = False
    cut: Literal["", "repeated", "new table", "new table, repeated"] = ""


def parts(tasks: Sequence[DraftTask], office: Office, seed: int) -> list[Part]:
    """Return the paragraphs and tables of a plan."""
    return _Laying(tasks, office, Random(seed)).parts()


def as_docx(found: Sequence[Part]) -> bytes:
    """Return a Word file."""
    between = word.paragraph("")
    return word.docx(*(part if isinstance(part, str) else word.drawn(part) + between for part in found))


def as_xlsx(found: Sequence[Part]) -> bytes:
    """Return a workbook with all in one sheet."""
    width = max(len(part[0]) for part in found if not isinstance(part, str))
    lines: list[list[str]] = []
    for part in found:
        lines += [[part, *["<"] * (width - 1)]] if isinstance(part, str) else part
    return excel.drawn(lines)


def as_markdown(found: Sequence[Part]) -> bytes:
    """Return a Markdown file, which knows no merged cells."""
    return "\n\n".join(f"## {part}" if isinstance(part, str) else _pipes(plain(part)) for part in found).encode()


def _pipes(rows: Rows) -> str:
    lines = ["| " + " | ".join(cell.replace("\n", "<br>").replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


FORMATS: Mapping[str, Callable[[Sequence[Part]], bytes]] = {"docx": as_docx, "xlsx": as_xlsx, "md": as_markdown}


class _Laying:
    def __init__(self, tasks: Sequence[DraftTask], office: Office, random: Random) -> None:
        self.tasks, self.office, self.random = tasks, office, random
        held = [c for c in COLUMNS if c in ("no", "title", "stated") or any(getattr(task, c) for task in tasks)]
        if office.reordered:
            rest = held[1:]
            random.shuffle(rest)
            held = [held[0], *rest]
        self.columns = [*held[1:], held[0]] if office.number_last else held
        self.names = [random.choice(HEADINGS[c]) if office.renamed else HEADINGS[c][0] for c in self.columns]

    def parts(self) -> list[Part]:
        found: list[Part] = ["KẾ HOẠCH", "Triển khai nhiệm vụ năm 2026", "Danh mục nhiệm vụ"]
        path: list[str] = []
        for count, task in enumerate(self.tasks, 1):
            headings = task.section.split(" > ") if task.section else []
            for depth, heading in enumerate(headings):
                if path[: depth + 1] != headings[: depth + 1]:
                    self._section(found, heading)
            path = headings
            self._task(found, [str(getattr(task, column)) for column in self.columns], count)
        if self.office.merged_leads:
            for part in found:
                if not isinstance(part, str):
                    self._merge_leads(part)
        return found

    def _rows(self, found: list[Part]) -> list[list[str]]:
        """Return the rows of the table that the plan is in, a new one after a paragraph."""
        last = found[-1]
        if isinstance(last, str):
            last = self._header()
            found.append(last)
        return last

    def _section(self, found: list[Part], heading: str) -> None:
        if self.office.sections == "paragraph":
            found.append(heading)
            return
        width, no, title = len(self.columns), self.columns.index("no"), self.columns.index("title")
        number, _, rest = heading.partition(" ")
        row = [""] * width
        match self.office.sections:
            case "merged":
                row = [heading, *["<"] * (width - 1)]
            case "split":
                row[no], row[title] = number, rest
            case "split merged":
                row = [number, rest, *["<"] * (width - 2)]
            case "first cell":
                row[0] = heading
            case "title cell":
                row[title] = heading
        self._rows(found).append(row)

    def _task(self, found: list[Part], cells: list[str], count: int) -> None:
        if not self.office.cut or count % 3:
            self._rows(found).append(cells)
            return
        above, below = self._torn(cells)
        self._rows(found).append(above)
        if any(below):
            header = self._header() if "repeated" in self.office.cut else []
            if "new table" in self.office.cut:
                found.append([*header, below])
            else:
                self._rows(found).extend([*header, below])

    def _torn(self, cells: list[str]) -> tuple[list[str], list[str]]:
        """Return what of a row is on its first page, and what on the next: longer cells go on there."""
        above, below = list(cells), [""] * len(cells)
        for n, cell in enumerate(cells):
            words = cell.split(" ")
            if self.columns[n] != "no" and len(words) > 4 and self.random.random() < 0.7:
                at = self.random.randrange(2, len(words) - 1)
                above[n], below[n] = " ".join(words[:at]), " ".join(words[at:])
        return above, below

    def _header(self) -> list[list[str]]:
        rows = [list(self.names)]
        lead = self.columns.index("lead")
        if self.office.two_rows and self.columns[lead + 1 : lead + 2] in (["coordinate"], ["head"]):
            upper = [*self.names[:lead], "Phân công thực hiện", "<", *self.names[lead + 2 :]]
            rows = [upper, ["^"] * lead + self.names[lead : lead + 2] + ["^"] * (len(upper) - lead - 2)]
        if self.office.counted:
            rows.append([f"({n})" for n in range(1, len(self.names) + 1)])
        return rows

    def _merge_leads(self, rows: list[list[str]]) -> None:
        """Let a lead that stands in rows below each other be one cell beside them."""
        lead = self.columns.index("lead")
        for above, row in reversed(list(pairwise(rows))):
            if row[lead] and row[lead] == above[lead] and row[lead] not in ("<", "^"):
                row[lead] = "^"
