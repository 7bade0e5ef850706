"""What a unit writes for a summary: the results, difficulties and next tasks of a period, until the standing office
draws it up. Signed in, or, until the hour of writing, by the link in the letter that asks for it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from starlette.responses import Response

from db.facts import LONGEST_CONTRIBUTION, RecordedContribution, TooLong, contributions
from db.once import Use, UsedUp, use_of
from db.summaries import AlreadySent
from notifications.answering import SEPARATOR
from rules.access import Subject
from rules.periodic.period import Period
from rules.periodic.schedule import Hours
from rules.periodic.snapshot import SECTIONS, Section
from rules.programme import Programme, Rulebook
from rules.wording import Wording
from web.page import Page
from web.refusal import NOTICES, Refusal
from web.showing.summed import (
    Writable,
    hours_of,
    is_asked,
    is_sent,
    leaves_by_itself,
    offices,
    period_in,
    summed_in,
    writable,
)
from web.visit import Visit

SEEN, RECEIPT = "da_xem", "nhan"
LARGEST = 1024 * 1024
"""Bytes of a form: three texts as long as they may be, each letter of them written in nine."""


class Field(NamedTuple):
    """A section as the form shows it."""

    name: str
    title: Wording
    hint: Wording


FIELDS: Mapping[Section, Field] = {
    "results": Field(
        "ket_qua",
        Wording("Kết quả nổi bật", "Notable results"),
        Wording("Việc đã làm được; số, ngày văn bản nếu có.", "What was done; numbers and dates of documents if any."),
    ),
    "difficulties": Field(
        "kho_khan",
        Wording("Khó khăn, vướng mắc", "Difficulties"),
        Wording("Nêu rõ việc nào vướng, cần ai giải quyết.", "Which task is held up, and who can help."),
    ),
    "next": Field(
        "tiep_theo",
        Wording("Nhiệm vụ kỳ tiếp theo", "What comes next"),
        Wording("Việc sẽ làm trong kỳ tới.", "What will be done in the period to come."),
    ),
}
SENT_ALREADY = Wording(
    "Báo cáo của kỳ này đã được gửi đi, nên nội dung vừa viết không được ghi nhận. Đề nghị viết cho kỳ tiếp theo.",
    "The summary of this period has been sent, so what was written was not recorded. Please write for the next one.",
)
TOO_LONG = Wording(
    f"Mỗi phần dài nhất {LONGEST_CONTRIBUTION} ký tự. Chưa có gì được ghi nhận.",
    f"A section has at most {LONGEST_CONTRIBUTION} characters. Nothing was recorded.",
)
_OVER = NOTICES["hour_over"]
OVER_UNSAVED = Wording(
    f"{_OVER.what.vi} Nội dung vừa viết (dưới đây) chưa được ghi nhận. {_OVER.then.vi}",
    f"{_OVER.what.en} What was written just now (below) was not recorded. {_OVER.then.en}",
)
MEANWHILE = Wording(
    "Trong lúc soạn, người khác của đơn vị đã ghi nội dung mới (hiện dưới từng ô). Đề nghị xem, ghép lại rồi ghi.",
    "Somebody else of the unit wrote meanwhile (shown below each field). Please look at it, merge it and save again.",
)


class Named(NamedTuple):
    """What an address names: a unit, a period, and the standing office whose letter leads there, None for another."""

    directory: str
    unit: str
    period: str
    asked_by: str | None = None


Which = Callable[[Visit], Named]


class Meant(NamedTuple):
    """A unit and the period it writes for, with what it wrote. `is_sent`: nothing can be written any more; `is_over`:
    nothing by this link."""

    unit: Writable
    period: Period
    hours: Hours
    wrote: Mapping[str, RecordedContribution]
    is_sent: bool
    is_over: bool

    @property
    def seen(self) -> str:
        """Return what the form remembers of what was there when it was opened."""
        return str(max((one.id for one in self.wrote.values()), default=0))


def show(visit: Visit, which: Which) -> Response:
    """Show the form with what was written so far."""
    meant = _meant(visit, which)
    number = visit.request.query_params.get(RECEIPT)
    use = None
    if number is not None:
        with visit.reading() as connection:
            use = use_of(connection, number)
        if use is None or use.person != visit.who.person:
            raise Refusal("not_found")
    if meant.is_over and use is None:
        raise Refusal("hour_over", to=meant.unit.path(meant.period))
    return _page(visit, meant, _written(meant), use=use)


def act(visit: Visit, which: Which) -> Response:
    """Record what was written, once; what was not changed is left as it is."""
    meant = _meant(visit, which)
    once = visit.text("once")
    if not once:
        raise Refusal("missing")
    typed = {section: visit.text(field.name, longest=LARGEST) for section, field in FIELDS.items()}
    with visit.reading() as connection:
        earlier = use_of(connection, once)
    if earlier is not None and earlier.person == visit.who.person:
        return _receipt(visit)
    if meant.is_over:
        return _page(visit, meant, typed, fault=OVER_UNSAVED, status=410)
    if meant.is_sent:
        return _page(visit, meant, typed, fault=SENT_ALREADY, status=409)
    if visit.text(SEEN) != meant.seen:
        return _page(visit, meant, typed, fault=MEANWHILE, status=409)
    before = _written(meant)
    changed = {section: text for section, text in typed.items() if text != before[section]}
    try:
        visit.desk.contributed(meant.unit.directory, meant.unit.unit, meant.period, changed, visit.said(once=once))
    except UsedUp:
        return _receipt(visit)
    except AlreadySent:
        return _page(visit, _meant(visit, which), typed, fault=SENT_ALREADY, status=409)
    except TooLong:
        return _page(visit, meant, typed, fault=TOO_LONG, status=400)
    return _receipt(visit)


def _page(
    visit: Visit,
    meant: Meant,
    typed: Mapping[Section, str],
    *,
    use: Use | None = None,
    fault: Wording | None = None,
    status: int = 200,
) -> Response:
    return visit.render(
        "contribution.html.j2",
        status=status,
        meant=meant,
        typed=typed,
        fields=FIELDS,
        use=use,
        fault=fault,
        shows_other=fault is MEANWHILE,
        longest=LONGEST_CONTRIBUTION,
        is_asked=is_asked(visit, meant.unit),
        leaves_by_itself=leaves_by_itself(visit.desk.schedule, meant.period),
    )


def _receipt(visit: Visit) -> Response:
    return visit.go(visit.here, **{RECEIPT: visit.text("once")})


def _written(meant: Meant) -> dict[Section, str]:
    return {section: meant.wrote[section].content if section in meant.wrote else "" for section in SECTIONS}


def _meant(visit: Visit, which: Which) -> Meant:
    """Return the unit and the period that are meant; Refusal where there is none, or who asks does not speak for it."""
    named, rulebook = which(visit), visit.desk.rulebook
    directory = rulebook.directories.get(named.directory)
    if directory is None or named.unit not in directory.units:
        raise Refusal("not_found")
    visit.demand("contribute", Subject(directory.id, units=(named.unit,)))
    unit = next((one for one in writable(visit) if (one.directory, one.unit) == (directory.id, named.unit)), None)
    programmes = _summed_up(rulebook, named)
    if unit is None or not programmes:
        raise Refusal("not_found")
    period = period_in(visit, named.period, ahead=True)
    with visit.reading() as connection:
        written = contributions(connection, str(period), directory.id, unit=unit.unit)
        sent = is_sent(visit, connection, directory.id, period)
    hours = hours_of(visit, programmes, period)
    over = named.asked_by is not None and visit.now >= hours.contributions_by
    return Meant(unit, period, hours, {one.section: one for one in written}, sent, over)


def _summed_up(rulebook: Rulebook, named: Named) -> list[Programme]:
    """Return the programmes of whose summary is written: those of the office that asks for it, else all."""
    if named.asked_by is None:
        return summed_in(rulebook, named.directory)
    return next((those for office, those in offices(rulebook).items() if str(office) == named.asked_by), [])


def _of_path(visit: Visit) -> Named:
    params = visit.request.path_params
    return Named(params["directory"], params["unit"], params["period"])


def _of_link(visit: Visit) -> Named:
    assert visit.claim is not None
    office, unit, period, *_ = (*visit.claim.scope.split(SEPARATOR), "", "", "")
    return Named(office.partition("/")[0], unit, period, office)


PAGES = (
    Page(
        "/dong-gop/{directory}/{unit}/{period}",
        "contribute",
        lambda visit: show(visit, _of_path),
        lambda visit: act(visit, _of_path),
        largest=LARGEST,
        largest_field=LARGEST,
    ),
    Page(
        "/dg/{token}",
        "link",
        lambda visit: show(visit, _of_link),
        lambda visit: act(visit, _of_link),
        purpose="contribute",
        largest=LARGEST,
        largest_field=LARGEST,
    ),
)
