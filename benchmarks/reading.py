"""Reading official documents: deadline phrases, a whole plan, and a workbook of ten thousand rows."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from time import process_time

from openpyxl import Workbook

from benchmarks.measuring import Row, apart
from rules.phrases import Context, read
from rules.plans.reading import read_plan
from rules.plans.sources.opening import pages

PHRASES_PER_SECOND, PLAN_SECONDS, WORKBOOK_SECONDS = 20_000, 1.0, 20.0
PHRASES, TASKS, INDICATORS, ROWS = 20_000, 139, 55, 10_000
SECTION = 20
HEADINGS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Người đứng đầu", "Cơ quan phối hợp", "Sản phẩm", "Thời hạn")
INDICATOR_HEADINGS = ("STT", "Chỉ tiêu", "Đơn vị tính", "Kết quả đạt được năm 2026", "Phấn đấu đến năm 2030", "Chủ trì")
LEADS = ("Sở Tư pháp", "Sở Nội vụ", "Công an tỉnh", "Sở Khoa học và Công nghệ")


def rows(_folder: Path) -> Iterator[Row]:
    for what, phrases in (("all different", _different), ("as a plan repeats them", _repeated)):
        speed, _ = apart(_phrases_per_second, phrases())
        yield Row(
            f"deadline phrases, {what}",
            f"{speed:,.0f} per second",
            target=f"≥ {PHRASES_PER_SECOND:,}",
            met=speed >= PHRASES_PER_SECOND,
        )
    yield _whole(f"a plan of {TASKS} rows and {INDICATORS} indicators", _plan(), TASKS, PLAN_SECONDS)
    yield _whole(f"a workbook of {ROWS:,} rows", _workbook(), ROWS, WORKBOOK_SECONDS)


def _whole(what: str, data: bytes, tasks: int, most: float) -> Row:
    """Return the row of a document that is opened and read, by a process that has read nothing before."""
    (seconds, found), peak = apart(_opened_and_read, data)
    assert found == tasks, f"{found} tasks of {tasks}"
    return Row(what, f"{seconds:.2f} s, {peak:.0f} MiB", target=f"< {most:.0f} s", met=seconds < most)


def _opened_and_read(data: bytes) -> tuple[float, int]:
    """Return the processor's seconds, which other processes do not lengthen, and how many tasks were found."""
    started = process_time()
    found = read_plan(pages(data), directory=None, year=2026)
    return process_time() - started, len(found.tasks)


def _phrases_per_second(phrases: list[str]) -> float:
    context = Context(2026)
    started = process_time()
    for phrase in phrases:
        read(phrase, context)
    return len(phrases) / (process_time() - started)


def _different() -> list[str]:
    return list(dict.fromkeys(_deadline(n) for n in range(20 * PHRASES)))[:PHRASES]


def _repeated() -> list[str]:
    return [_deadline(n % TASKS) for n in range(PHRASES)]


def _deadline(n: int) -> str:
    """Return one phrase of the kinds that plans are full of."""
    day, month, year = n % 28 + 1, n // 28 % 12 + 1, 2026 + n // 336 % 60
    kinds = (
        f"Trước ngày {day}/{month}/{year}",
        f"Tháng {month}/{year}",
        f"Quý {('I', 'II', 'III', 'IV')[n % 4]}/{year}",
        f"Hằng quý, trước ngày {day} tháng cuối quý",
        f"Từ tháng {month} đến hết năm {year}",
        "Thường xuyên",
        f"{day}/{month}/{year}",
    )
    return kinds[(5 * n + n // 28) % len(kinds)]


def _task(n: int) -> tuple[str, ...]:
    lead = LEADS[n % len(LEADS)]
    title = f"Rà soát, xây dựng kế hoạch triển khai nhiệm vụ số {n} về khoa học, công nghệ và chuyển đổi số của tỉnh"
    return (str(n), title, lead, f"Giám đốc {lead}", "Các sở, ban, ngành; UBND các xã", "Kế hoạch", _deadline(n))


def _plan() -> bytes:
    """Return a plan as text, with tabs between its cells."""
    lines = ["KẾ HOẠCH", "Triển khai nhiệm vụ năm 2026", "", "\t".join(HEADINGS)]
    for n in range(1, TASKS + 1):
        if n % SECTION == 1:
            lines.append("\t".join([f"{'I' * (n // SECTION % 3 + 1)}.", f"NHÓM NHIỆM VỤ {n}", *[""] * 5]))
        lines.append("\t".join(_task(n)))
    lines += ["", "Phụ lục II", "", "\t".join(INDICATOR_HEADINGS)]
    lines += [f"{n}\tTỷ lệ hồ sơ trực tuyến nhóm {n}\t%\t≥ {n}\t100\tSở Nội vụ" for n in range(1, INDICATORS + 1)]
    return "\n".join(lines).encode()


def _workbook() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Nhiệm vụ")
    for row in (HEADINGS, *map(_task, range(1, ROWS + 1))):
        sheet.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()
