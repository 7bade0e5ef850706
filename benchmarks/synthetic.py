"""A made-up province: one directory of many units, and tasks each of them owes, as the rule files an office writes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rules.load import load
from rules.programme import Rulebook
from scheduler.config import Config, load_config

APPLIED_AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
"""Monday 2 March 2026, 08:00: the rules are applied, and nothing is late or soon due."""
OWED_AT = datetime(2026, 3, 10, 0, tzinfo=UTC)
"""Tuesday 10 March 2026, 07:00: the daily hour at which the first tasks are three working days before their day."""
SOON, LATER = date(2026, 3, 13), date(2026, 6, 1)

HEAD = """\
calendar: viet-nam
based_on: VN
covers: [2026]
holidays: [{date: 2026-01-01, name: Tết Dương lịch, source: Bộ luật Lao động 2019}]
---
ladder: standard
rungs:
  - {id: due-soon, at: 3 working days before, to: [head]}
  - {id: due-today, at: due, to: [head], cc: [focal]}
  - {id: late, at: 1 working day late, to: [head], cc: [focal, standing], repeat: 7 days}
  - {id: overseer, at: 7 days late, to: [overseer], cc: [head, standing]}
  - {id: chair, at: 15 days late, to: [chair], cc: [overseer, head, standing]}
---
directory: tinh
chair: {title: Chủ tịch Ủy ban nhân dân tỉnh, email: ct@tinh.example}
overseer: {title: Phó Chủ tịch phụ trách, email: pct@tinh.example}
units:
"""


@dataclass(frozen=True, slots=True)
class Size:
    """`owed` of the tasks, each owed by all units, are due soon; `recurring` of the others come every month."""

    units: int
    tasks: int
    owed: int
    recurring: int = 0

    @property
    def obligations(self) -> int:
        """How many obligations the tasks that do not recur come to."""
        return self.units * self.tasks


def rule_files(size: Size) -> dict[str, bytes]:
    """Return the rule files of such a province."""
    text = "\n".join([HEAD.rstrip(), *_units(size.units), "---", *_programme(size)])
    return {"tinh.yaml": text.encode()}


def rulebook_of(files: dict[str, bytes]) -> Rulebook:
    loaded = load(files)
    assert loaded.rulebook, loaded.problems[:3]
    return loaded.rulebook


def config_for(database: Path, **smtp: object) -> Config:
    """Return the settings of an office whose data stand in that SQLite file, mail going to the relay given."""
    configured = load_config(None, {"DONDOC_DATABASE": f"sqlite:///{database}"})
    assert configured.config, configured.problems
    mail = configured.config.mail
    if smtp:
        mail = replace(mail, transport="smtp", smtp=replace(mail.smtp, **smtp))  # type: ignore[arg-type]
    return replace(configured.config, mail=mail)


def _units(count: int) -> Iterator[str]:
    for nth in range(count):
        head = f"{{title: Giám đốc Sở số {nth}, email: gd{nth}@tinh.example}}"
        focal = f"{{title: Phòng Tổng hợp Sở số {nth}, email: th{nth}@tinh.example}}"
        yield f"  so-{nth}: {{name: Sở số {nth}, head: {head}, focal: {focal}}}"
    yield f"groups: {{tat-ca: {{name: Các sở, members: [{', '.join(f'so-{nth}' for nth in range(count))}]}}}}"


def _programme(size: Size) -> Iterator[str]:
    yield "programme: chuong-trinh-2026"
    yield "title: Chương trình công tác năm 2026 của Ban Chỉ đạo tỉnh"
    yield "document: {number: 07-QĐ/BCĐ, date: 2026-03-01, issuer: Ban Chỉ đạo tỉnh}"
    yield "period: 2026"
    yield "directory: tinh"
    yield "calendar: viet-nam"
    yield "ladder: standard"
    yield "standing: so-0"
    yield "tasks:"
    for nth in range(size.tasks + size.recurring):
        yield f"  - id: A.{nth}"
        yield "    section: A"
        yield f"    title: Báo cáo kết quả thực hiện nhiệm vụ số {nth} về chuyển đổi số, an toàn thông tin mạng"
        yield "    lead: {each: tat-ca}"
        yield "    product: Báo cáo của cơ quan, đơn vị"
        yield f"    stated: Trong năm 2026, đợt {nth}"
        yield f"    deadline: {_deadline(nth, size)}"


def _deadline(nth: int, size: Size) -> str:
    if nth < size.owed:
        return str(SOON)
    if nth < size.tasks:
        return str(LATER + timedelta(days=nth % 200))
    return f"{{every: month, on: {20 + nth % 9}}}"
