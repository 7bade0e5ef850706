"""The summaries of weeks, months and quarters: which there are, each as it was sent or as it stands, as files; and its
confirmation by the standing office, signed in or by the link in the letter with the draft."""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy.engine import Connection
from starlette.responses import Response

from db.once import Use, UsedUp, use_of
from db.summaries import AlreadySent, kept_periods
from notifications.answering import SEPARATOR
from rules.access import Subject
from rules.calendar import local_day
from rules.periodic.drawing import of_unit
from rules.periodic.period import Period, read_period
from rules.periodic.schedule import Hours
from rules.periodic.snapshot import Snapshot
from rules.periodic.telling import tell
from rules.wording import Wording
from web.desk import SummaryForm
from web.page import Page
from web.refusal import Refusal
from web.showing.summed import (
    STEPS,
    TONES,
    Readable,
    Writable,
    hours_of,
    is_asked,
    offices,
    period_in,
    present,
    readable,
    running,
    summed_in,
    writable,
)
from web.visit import Visit

UNIT, ANEW, RECEIPT = "dv", "moi", "nhan"
MOST = 200
"""So many points of a list are shown; the files have more."""
MEDIA: dict[SummaryForm, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
SENT_ALREADY = Wording(
    "Báo cáo này đã được gửi đi trước đó, nên không có gì thay đổi.",
    "This summary was sent before, so nothing was changed.",
)
TOO_SOON = Wording(
    "Chưa tới giờ tổng hợp của kỳ này, nên chưa xác nhận được.",
    "The hour at which this period is summed up has not come yet, so it cannot be confirmed.",
)
Which = Callable[[Visit], tuple[str, str]]
"""What tells the standing office (`directory/unit`) and the period that a visit is about."""


class Listed(NamedTuple):
    """A period in the list: how far its summary has come, and where it is read."""

    period: Period
    step: str
    path: str


class Asked(NamedTuple):
    """A unit to write for, the period, until when, and whether something was written."""

    unit: Writable
    period: Period
    hours: Hours
    is_due: bool


class Meant(NamedTuple):
    """The summary a visit is about; `unit` where only what it says of a unit is meant."""

    source: Readable
    period: Period
    step: str
    snapshot: Snapshot
    unit: str | None
    anew: bool
    """Whether it is shown as all stands now, though one was drawn up."""
    is_sent: bool
    hours: Hours
    may_confirm: bool
    """Whether who asks speaks for the standing office, and the hour has come."""


def listing(visit: Visit) -> Response:
    """Show which summaries there are, and what is to be written."""
    rulebook = visit.desk.rulebook
    with visit.reading() as connection:
        found = [(source, _listed(visit, connection, source)) for source in readable(visit)]
        asked = [
            Asked(unit, period, hours_of(visit, summed_in(rulebook, unit.directory), period), is_asked(visit, unit))
            for unit in writable(visit)
            for period in running(visit, connection, unit.directory)
        ]
    return visit.render("summaries.html.j2", found=found, asked=asked, steps=STEPS, tones=TONES)


def show(visit: Visit, which: Which) -> Response:
    """Show a summary; after its confirmation, with a receipt."""
    number = visit.request.query_params.get(RECEIPT)
    with visit.reading() as connection:
        meant = _meant(visit, connection, which)
        use = use_of(connection, number) if number is not None else None
    if number is not None and (use is None or use.person != visit.who.person):
        raise Refusal("not_found")
    return _page(visit, meant, use=use)


def act(visit: Visit, which: Which) -> Response:
    """Confirm a summary for the standing office, once."""
    with visit.reading() as connection:
        meant = _meant(visit, connection, which)
        earlier = use_of(connection, visit.text("once"))
    visit.demand("confirm_summary", Subject.of_programme(meant.source.programmes[0]))
    if earlier is not None and earlier.person == visit.who.person:
        return _receipt(visit)
    if not visit.text("once"):
        raise Refusal("missing")
    if meant.is_sent:
        return _page(visit, meant, fault=SENT_ALREADY, status=409)
    if not meant.may_confirm:
        return _page(visit, meant, fault=TOO_SOON, status=409)
    said = visit.said(once=visit.text("once"))
    try:
        visit.desk.confirmed_summary(meant.source.office, meant.period, said, anew=meant.anew)
    except UsedUp:
        return _receipt(visit)
    except AlreadySent:
        with visit.reading() as connection:
            meant = _meant(visit, connection, which)
        return _page(visit, meant, fault=SENT_ALREADY, status=409)
    return _receipt(visit)


def download(visit: Visit) -> Response:
    """Return a summary as a file."""
    form = visit.request.path_params["form"]
    if form not in MEDIA:
        raise Refusal("not_found")
    with visit.reading() as connection:
        meant = _meant(visit, connection, _of_path)
    name = f"bao-cao-{meant.period}{f'-{meant.unit}' if meant.unit else ''}.{form}"
    content = visit.desk.summary_file(meant.step, meant.snapshot, form)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MEDIA[form], headers=headers)


def _page(
    visit: Visit, meant: Meant, *, use: Use | None = None, fault: Wording | None = None, status: int = 200
) -> Response:
    today = local_day(visit.now, visit.desk.zone)
    directory = visit.desk.rulebook.directories[meant.source.office.directory]
    return visit.render(
        "summary.html.j2",
        status=status,
        meant=meant,
        told=tell(meant.snapshot, visit.language, zone=visit.desk.zone, most=MOST),
        use=use,
        fault=fault,
        steps=STEPS,
        tones=TONES,
        units=directory.units,
        chair=directory.chair.title if directory.chair else "",
        forms=tuple(MEDIA),
        schedule=visit.desk.schedule,
        later=meant.period.following if meant.period.following.first <= today else None,
    )


def _receipt(visit: Visit) -> Response:
    return visit.go(visit.here, **{RECEIPT: visit.text("once")})


def _listed(visit: Visit, connection: Connection, source: Readable) -> list[Listed]:
    kept = {period: step for period, step, _ in kept_periods(connection, str(source.office))}
    periods = {str(period): period for period in present(visit)} | {text: read_period(text) for text in kept}
    order = sorted(periods.values(), key=lambda period: (period.last, period.first), reverse=True)
    return [Listed(period, kept.get(str(period), "live"), source.path(period)) for period in order]


def _meant(visit: Visit, connection: Connection, which: Which) -> Meant:
    """Return the summary that is meant; Refusal where there is none, or it is not for who asks."""
    name, text = which(visit)
    if name not in {str(office) for office in offices(visit.desk.rulebook)}:
        raise Refusal("not_found")
    source = next((one for one in readable(visit) if str(one.office) == name), None)
    if source is None:
        raise Refusal("not_allowed")
    period, unit = period_in(visit, text), _unit(visit, source)
    found = visit.desk.summary(connection, source.office, period, now=visit.now)
    speaks = visit.may("confirm_summary", Subject.of_programme(source.programmes[0]))
    is_sent = found is not None and found[0] == "sent"
    anew = speaks and found is not None and _asks_anew(visit)
    if anew:
        found = visit.desk.summary(connection, source.office, period, now=visit.now, anew=True)
    if found is None:
        raise Refusal("not_found")
    step, snapshot = found
    hours = hours_of(visit, source.programmes, period)
    return Meant(
        source=source,
        period=period,
        step=step,
        snapshot=of_unit(snapshot, unit) if unit else snapshot,
        unit=unit,
        anew=anew,
        is_sent=is_sent,
        hours=hours,
        may_confirm=speaks and unit is None and not is_sent and visit.now >= hours.contributions_by,
    )


def _asks_anew(visit: Visit) -> bool:
    return bool(visit.request.query_params.get(ANEW) or visit.text(ANEW))


def _unit(visit: Visit, source: Readable) -> str | None:
    """Return the unit of which alone something is shown; Refusal where it is none, or not theirs."""
    asked = visit.request.query_params.get(UNIT) or None
    if asked is None:
        return None if source.whole else source.units[0]
    if asked not in source.units:
        known = visit.desk.rulebook.directories[source.office.directory].units
        raise Refusal("not_allowed" if asked in known else "not_found")
    return asked


def _of_path(visit: Visit) -> tuple[str, str]:
    params = visit.request.path_params
    return f"{params['directory']}/{params['unit']}", str(params["period"])


def _of_link(visit: Visit) -> tuple[str, str]:
    assert visit.claim is not None
    office, _, period = visit.claim.scope.partition(SEPARATOR)
    return office, period


PAGES = (
    Page("/bao-cao", "see_summary", listing, menu=Wording("Báo cáo", "Summaries")),
    Page("/bao-cao/{directory}/{unit}/{period}.{form}", "see_summary", download),
    Page(
        "/bao-cao/{directory}/{unit}/{period}",
        "see_summary",
        lambda visit: show(visit, _of_path),
        lambda visit: act(visit, _of_path),
    ),
    Page(
        "/bc/{token}",
        "link",
        lambda visit: show(visit, _of_link),
        lambda visit: act(visit, _of_link),
        purpose="summary",
    ),
)
