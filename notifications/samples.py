"""Samples: one digest for every way a letter may look, so that a template is tried before the day it is
needed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from notifications.answering import Answering, Numbered
from notifications.links import Links
from rules.digest import SECTIONS, Digest, Earlier, Led, Line, Matter, Next, Question, Recipient, Section
from rules.obligation import ObligationKey
from rules.wording import Wording

Kind = Literal["reminder", "escalation", "standing"]
TODAY = date(2026, 4, 3)
MADE_AT = datetime(2026, 4, 3, 0, 0, tzinfo=UTC)

_HEAD = Recipient("Giám đốc Sở Khoa học và Công nghệ", "gd.skhcn@dongthap.example", "Sở Khoa học và Công nghệ")
_STAND_IN = replace(
    _HEAD, title="Phó Giám đốc Sở Khoa học và Công nghệ", email="pgd.skhcn@dongthap.example", acting=True
)
_OVERSEER = Recipient("Phó Chủ tịch phụ trách", "pct1@dongthap.example", "Sở Khoa học và Công nghệ")
_CHAIR = Recipient("Trưởng Ban Chỉ đạo", "truong-ban@dongthap.example")
_OFFICE = Recipient("Phòng Chuyển đổi số", "cds.skhcn@dongthap.example", "Sở Khoa học và Công nghệ")
_KEY = ObligationKey("dong-thap-2026", "A.14", "", "so-khcn", "")
ANSWERING = Answering(Links("https://dondoc.example", (b"for samples only",)), {_KEY: Numbered(14, 0)}, MADE_AT)
"""What makes the links of sample letters: they lead nowhere."""
_DOCUMENT = Wording(
    "Chương trình số 07-QĐ/BCĐ ngày 07/3/2026 của Ban Chỉ đạo tỉnh Đồng Tháp",
    "Chương trình số 07-QĐ/BCĐ of 7 March 2026, Ban Chỉ đạo tỉnh Đồng Tháp",
)


def line(section: Section = "overdue") -> Line:
    """Return a full line of that section; every optional thing about it is said."""
    left = {"overdue": -3, "due_today": 0, "due_soon": 3, "ahead": 14, "new": 58, "information": 12}[section]
    due = TODAY + timedelta(left)
    return Line(
        key=_KEY,
        section=section,
        rung="late" if section == "overdue" else "due-soon",
        as_="cc" if section == "information" else "to",
        change="new" if section == "new" else "",
        programme_title="Chương trình công tác năm 2026",
        document=_DOCUMENT,
        clause="A.14",
        part="",
        title="Chuẩn bị họp Quý I của Ban Chỉ đạo",
        unit_names=("Sở Khoa học và Công nghệ",),
        product="Báo cáo của Ban Chỉ đạo",
        stated="Tháng 3",
        phrase="",
        due=due,
        at=None,
        strict=due,
        remind_by=due,
        grace_until=due,
        days_left=left,
        days_late=max(0, -left),
        why=Wording("hết tháng 3/2026", "the end of March 2026"),
        provisional=False,
        missed_before=0,
        amended=(Earlier(date(2026, 1, 31), "Công văn số 340/SVHTTDL-VP ngày 23/01/2026"),),
        next=(Next("overseer", date(2026, 4, 8), None, "Phó Chủ tịch phụ trách", goes_up=True),),
        source="programmes/dong-thap-2026.yaml:41",
    )


def _bare(section: Section) -> Line:
    """Return a line of which only what it cannot do without is known."""
    dateless = replace(line(section), due=None, strict=None, remind_by=None, grace_until=None, days_left=0, days_late=0)
    silent = replace(
        dateless, clause="", document=Wording("", ""), unit_names=(), product=None, stated=None, why=Wording("", "")
    )
    return replace(silent, amended=(), next=(), change="")


def _unusual(section: Section) -> Line:
    """Return a line with all that is rare: long, marked up, an hour, days off, several units and steps."""
    return replace(
        line(section),
        title="Phối hợp <b>nghiên cứu & đề xuất</b> “cơ chế” 'đặc thù' "
        + "về khoa học, công nghệ " * 12
        + "\r\nBcc: x@y.example",
        part="phát động",
        stated=None,
        phrase="Trước 9h00 ngày 25/4/2026",
        unit_names=("Sở Khoa học và Công nghệ", "Công an tỉnh", "Sở Tài chính"),
        due=date(2026, 4, 25),
        at=time(9, 0),
        strict=date(2026, 4, 24),
        remind_by=date(2026, 4, 23),
        grace_until=date(2026, 4, 28),
        provisional=True,
        missed_before=2,
        reported_to=("Phó Chủ tịch phụ trách", "Trưởng Ban Chỉ đạo"),
        heard=(
            Wording("Đơn vị đã báo: 40%, đã rà soát 120/300 (23/3/2026)", "The unit said: 40% (23 March 2026)"),
            Wording("Khó khăn: chưa có <kinh phí> & phòng họp (24/3/2026)", "Difficulty: no <funds> (24 March 2026)"),
        ),
        amended=(
            Earlier(None, "Công văn A"),
            Earlier(None, "Công văn B", "Hằng tháng"),
            Earlier(date(2026, 2, 28), "Công văn C"),
        ),
        next=(
            Next("late", date(2026, 4, 6), time(9, 0), "Giám đốc Sở Khoa học và Công nghệ", goes_up=False),
            Next("overseer", date(2026, 4, 8), None, "", goes_up=True),
            Next("chair", date(2026, 4, 15), None, "Trưởng Ban Chỉ đạo", goes_up=True),
        ),
    )


def _late_today() -> Line:
    hour = replace(line("overdue"), days_late=0, days_left=0, at=time(7, 0))
    return replace(hour, due=TODAY, strict=TODAY, remind_by=TODAY, grace_until=TODAY)


_FILE = "programmes/dong-thap-2026.yaml"
MATTERS = (
    Matter(
        kind="undated",
        programme="dong-thap-2026",
        subject="A.21",
        text="Đề án Trung tâm dữ liệu: văn bản để thời hạn cho Đề án số 05-ĐA/TU.",
        source=f"{_FILE}:88",
    ),
    Matter(
        kind="unrecorded",
        programme="dong-thap-2026",
        subject="de-an-an-ninh-mang",
        text="Trung ương ban hành Đề án an ninh mạng.",
        since=date(2026, 1, 5),
        expected=date(2026, 3, 30),
        source=f"{_FILE}:12",
    ),
    Matter(
        kind="vacant",
        programme="dong-thap-2026",
        subject="Giám đốc Sở Tài chính",
        text="Thư đã gửi lên một cấp: Phó Chủ tịch phụ trách.",
        since=date(2026, 3, 1),
        source="programmes/directory.yaml:30",
    ),
    Matter("undeliverable", "", "gd.stc@dongthap.example", "550 5.1.1 User unknown", since=date(2026, 4, 2)),
    Matter("problem", "dong-thap-2026", f"{_FILE}:60:15", "2026-13: không có tháng 13 <năm & tháng>."),
    Matter(
        kind="unverified",
        programme="dong-thap-2026",
        subject="A.14",
        text="Chuẩn bị họp Quý I của Ban Chỉ đạo (Sở Khoa học và Công nghệ): 15/BC-SKHCN",
        since=date(2026, 3, 30),
        source=f"{_FILE}:41",
        key=_KEY,
    ),
    Matter("difficulty", "dong-thap-2026", "A.14", "Chuẩn bị họp: chưa có <kinh phí> & phòng họp", key=_KEY),
    Matter("not_ours", "dong-thap-2026", "A.14", "Chuẩn bị họp: thuộc Văn phòng UBND tỉnh", key=_KEY),
    Matter("focal", "dong-thap-2026", "A.14", "Chuẩn bị họp: Phòng Tổng hợp, th@dongthap.example", key=_KEY),
    Matter(
        kind="draft",
        programme="",
        subject="Báo cáo tuần 13 năm 2026",
        text="chỉ được gửi đi sau khi được xác nhận.",
        since=date(2026, 3, 27),
        summary=("dong-thap/so-khcn", "2026-W13"),
    ),
    Matter("late_at_start", "dong-thap-2026", "A.1", "Ban hành Kế hoạch; hạn cũ.", expected=date(2026, 2, 28)),
)

QUESTION = Question(
    programme="dong-thap-2026",
    programme_title="Chương trình công tác năm 2026",
    event="de-an-an-ninh-mang",
    title="Trung ương ban hành Đề án an ninh mạng",
    expected=date(2026, 6, 30),
    waiting_tasks=("A.4", "A.5"),
    source="programmes/dong-thap-2026.yaml:12",
)
_TROUBLES = (
    Matter("problem", "", f"{_FILE}:60:15", "2026-13: không có tháng 13.", since=TODAY),
    Matter("undeliverable", "", "gd.stc@dongthap.example", "550 5.1.1 User unknown", since=TODAY),
)
_WHOLE = (Matter("whole-again", "", "programmes", "Tệp quy tắc không còn lỗi; bản 2 có hiệu lực."),)
_ADMIN = Recipient("Quản trị hệ thống", "admin@dongthap.example")
_BARE_QUESTION = replace(QUESTION, expected=None, waiting_tasks=(), title="Ban hành <Nghị quyết> & Kế hoạch")


def samples() -> Iterator[tuple[str, Digest]]:
    """Yield every sample with a name for it."""
    every = tuple(line(section) for section in SECTIONS)
    rare = tuple(make(section) for section in SECTIONS for make in (_bare, _unusual))
    moved = replace(line("new"), change="moved")
    done = replace(line("information"), change="done", next=())
    first = replace(line("overdue"), change="baseline", next=())
    returned = replace(line("overdue"), rung="returned", change="returned", said="thiếu phụ lục <2> & biểu số 3")
    accepted = replace(line("information"), rung="accepted", change="accepted", next=(), said="kết quả tốt")
    passed = replace(
        line("information"),
        rung="passed",
        as_="to",
        change="passed",
        next=(),
        owes_as="head",
        led=Led(("Sở Tài chính", "Sở Nội vụ"), TODAY, recurs=True),
    )
    elsewhere = replace(line("information"), key=_KEY._replace(unit="stc"), unit_names=("Sở Tài chính",))
    yield "reminder", _digest("reminder", _HEAD, *every, questions=(QUESTION,))
    yield "reminder, one line", _digest("reminder", _HEAD, line("ahead"))
    yield (
        "reminder, rare lines",
        _digest("reminder", _STAND_IN, *rare, _late_today(), moved, done, questions=(_BARE_QUESTION,)),
    )
    yield "reminder, information only", _digest("reminder", _OFFICE, line("information"), done)
    yield "reminder, verdicts", _digest("reminder", _HEAD, returned, accepted)
    yield "reminder, led by others now", _digest("reminder", _HEAD, passed)
    yield "reminder, a question only", _digest("reminder", _HEAD, questions=(QUESTION,))
    meeting = replace(QUESTION, event="hop-bcd", title="Họp Ban Chỉ đạo Quý II", is_ahead=True)
    yield "reminder, a day ahead of which a deadline lies", _digest("reminder", _HEAD, questions=(meeting,))
    yield "reminder, first letter", replace(_digest("reminder", _HEAD, first, line("due_soon")), baseline=True)
    yield "escalation", _digest("escalation", _OVERSEER, line("overdue"), line("information"))
    yield "escalation, rare lines", _digest("escalation", _CHAIR, *rare)
    vacant = replace(line("due_soon"), stands_in=True, vacant=(_HEAD.title,), next=())
    late = replace(line("overdue"), vacant=(_HEAD.title,), reported_to=(), next=())
    yield "escalation, in place of a head", _digest("escalation", _OVERSEER, vacant)
    own = replace(line("overdue"), owes_as="head", next=())
    yield "escalation, in place of a head and for one's own unit", _digest("escalation", _HEAD, own, vacant)
    yield "escalation, of a unit without a head", _digest("escalation", _OVERSEER, late, vacant)
    focal = replace(line("due_soon"), as_="cc", owes_as="focal")
    yield "reminder, to a focal post", _digest("reminder", _OFFICE, focal)
    yield (
        "reminder, to a focal post without a head",
        _digest("reminder", _OFFICE, replace(focal, vacant=(_HEAD.title,))),
    )
    yield "standing", _digest("standing", _HEAD, *every, matters=MATTERS, questions=(QUESTION,))
    yield "standing, matters only", _digest("standing", _OFFICE, matters=MATTERS)
    yield "standing, of many units", _digest("standing", _OFFICE, line("information"), elsewhere, done)
    yield "standing, first letter", replace(_digest("standing", _STAND_IN, *rare, matters=MATTERS), baseline=True)
    yield "standing, to an admin", replace(_digest("standing", _ADMIN, matters=_TROUBLES), programmes=("",))
    yield "standing, all is well", replace(_digest("standing", _ADMIN, matters=_WHOLE), programmes=("",))


def _digest(
    kind: Kind,
    recipient: Recipient,
    *lines: Line,
    matters: tuple[Matter, ...] = (),
    questions: tuple[Question, ...] = (),
) -> Digest:
    return Digest(kind, recipient, MADE_AT, TODAY, lines, matters, questions, programmes=("dong-thap-2026",))
