"""Indicators: what each is to reach, what was measured, how it stands; and its own page, on which its owners record a
value."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from starlette.responses import Response

from db.facts import Measurement, RecordedProof, measurements, of_indicator, proofs_of_values
from db.once import Use, UsedUp, use_of
from rules.access import Subject
from rules.calendar import local_day
from rules.evidence import MOST_PROOFS
from rules.indicators.standing import ATTAINED, Attained, Measured, YearStanding, measured_of, read_again, standings
from rules.indicators.target import unit_of, wants_yes_or_no
from rules.programme import Indicator, Programme
from rules.wording import Wording
from web.answers.done import HELD
from web.answers.kind import LONGEST_NOTE, Wrong, held_after
from web.answers.value import KINDS, PURPOSE, record, written
from web.indicators import Chart, chart
from web.page import Page
from web.pages.answer import FILE, LARGEST, RECEIPT, STEP, attachment
from web.refusal import Refusal
from web.visit import Visit

TONES = {
    Attained.NOT_MEASURED: "calm",
    Attained.ON_THE_WAY: "soon",
    Attained.BELOW: "late",
    Attained.REACHED: "good",
    Attained.INCOMPARABLE: "today",
}
PROGRAMME, UNIT, STATE = "chuong_trinh", "don_vi", "tinh_trang"
RETRACT, REASON = "rut", "ly_do"
RETRACTED = Wording(
    "Đã rút số liệu. Kỳ nào chỉ có số liệu này thì được nhắc lại.",
    "The value has been taken back. What it alone answered is asked for again.",
)
RECEIPTS = {PURPOSE: KINDS[0].receipt, "indicator retracted": RETRACTED}


class Shown(NamedTuple):
    """An indicator as a page shows it; `stands` is how it stands to the target of this year, or to the next one."""

    programme: Programme
    indicator: Indicator
    unit: str
    owners: tuple[str, ...]
    years: list[YearStanding]
    stands: YearStanding
    last: Measured | None
    chart: Chart | None
    may_measure: bool
    today: date


def listing(visit: Visit) -> Response:
    """Show the indicators that who asks may see, those of a programme, a unit or a state if asked."""
    query = visit.request.query_params
    asked = {name: query.get(name, "") for name in (PROGRAMME, UNIT, STATE)}
    with visit.reading() as connection:
        recorded = measurements(connection)
    found = [
        _shown(visit, programme, indicator, recorded.get((programme.id, indicator.id), ()))
        for programme in visit.desk.rulebook.programmes.values()
        for indicator in programme.indicators
        if visit.may("see_indicators", _subject(programme, indicator))
    ]
    meant = [
        one
        for one in found
        if asked[PROGRAMME] in ("", one.programme.id)
        and (not asked[UNIT] or asked[UNIT] in one.indicator.owner)
        and asked[STATE] in ("", one.stands.attained)
    ]
    counts = {state: sum(one.stands.attained is state for one in meant) for state in Attained}
    return visit.render(
        "indicators.html.j2",
        found=meant,
        asked=asked,
        counts=counts,
        programmes=list({one.programme.id: one.programme for one in found}.values()),
        units=_units(found, visit),
        attained=ATTAINED,
        state_tones=TONES,
    )


def show(visit: Visit) -> Response:
    """Show an indicator with its values, the receipt of one recorded, or a file that proves one."""
    programme, indicator = _found(visit)
    query = visit.request.query_params
    with visit.reading() as connection:
        values = of_indicator(connection, programme.id, indicator.id)
        proofs = proofs_of_values(connection, [one.id for one in values])
        use = use_of(connection, query[RECEIPT]) if RECEIPT in query else None
    if FILE in query:
        return _file(visit, [proof for kept in proofs.values() for proof in kept], query[FILE])
    if RECEIPT in query and (use is None or use.person != visit.who.person or use.purpose not in RECEIPTS):
        raise Refusal("not_found")
    return _page(visit, programme, indicator, values, proofs, receipt=use)


def act(visit: Visit) -> Response:
    """Take the form about a value, ask whether it is meant so, and record it when that was confirmed."""
    programme, indicator = _found(visit)
    visit.demand("measure", _subject(programme, indicator))
    with visit.reading() as connection:
        earlier = use_of(connection, visit.text("once"))
        values = of_indicator(connection, programme.id, indicator.id)
        proofs = proofs_of_values(connection, [one.id for one in values])
    if earlier is not None and earlier.person == visit.who.person:
        return _receipt(visit)
    if RETRACT in visit.form:
        return _retract(visit, programme, indicator, values, proofs)
    today = local_day(visit.now, visit.desk.zone)
    try:
        form = written(visit, programme, indicator, today=today, of=f"{programme.id}/{indicator.id}")
    except Wrong as wrong:
        return _page(visit, programme, indicator, values, proofs, wrong=wrong)
    step = visit.text(STEP)
    if step == "sua":
        return _page(visit, programme, indicator, values, proofs, sent=True)
    if step != "ghi" or not visit.text("once"):
        return visit.render("indicator_confirm.html.j2", indicator=indicator, given=form.given, kind=KINDS[0])
    with suppress(UsedUp):
        record(visit, form.entry, form.given.proofs)
    return _receipt(visit)


def _retract(
    visit: Visit,
    programme: Programme,
    indicator: Indicator,
    values: list[Measurement],
    proofs: dict[int, list[RecordedProof]],
) -> Response:
    """Take a value back, with the reason, once."""
    meant = next((one for one in values if str(one.id) == visit.text(RETRACT)), None)
    if meant is None or not visit.text("once"):
        raise Refusal("missing")
    if not _is_own(visit, programme, meant):
        raise Refusal("not_allowed")
    reason, fault = visit.text(REASON), None
    if meant.is_retracted:
        fault = Wrong(RETRACT, Wording("Số liệu này đã được rút trước đó.", "This value was taken back before."))
    elif not reason:
        fault = Wrong(RETRACT, Wording("Đề nghị ghi lý do rút số liệu.", "Say why it is taken back."))
    elif len(reason) > LONGEST_NOTE:
        fault = Wrong(RETRACT, Wording(f"Dài quá {LONGEST_NOTE} ký tự.", f"Longer than {LONGEST_NOTE} characters."))
    if fault is not None:
        return _page(visit, programme, indicator, values, proofs, wrong=fault)
    # Taken back by another meanwhile: the page shows by whom.
    with suppress(UsedUp, LookupError):
        visit.desk.value_taken_back(meant.id, visit.said(reason, once=visit.text("once")))
        return _receipt(visit)
    return visit.go(visit.here)


def _is_own(visit: Visit, programme: Programme, value: Measurement) -> bool:
    """Say whether a value was recorded for a unit that who asks speaks for, or is the standing office's to correct."""
    own = {unit.unit for unit in visit.who.units if unit.directory == programme.directory}
    return programme.id in visit.who.standing or not own.isdisjoint(value.unit.split("+"))


def _page(
    visit: Visit,
    programme: Programme,
    indicator: Indicator,
    values: list[Measurement],
    proofs: dict[int, list[RecordedProof]],
    *,
    wrong: Wrong | None = None,
    sent: bool = False,
    receipt: Use | None = None,
) -> Response:
    fields = {name: visit.text(name) for name in visit.form if name not in ("form_token", "once")}
    shown = _shown(visit, programme, indicator, [one for one in values if not one.is_retracted])
    return visit.render(
        "indicator.html.j2",
        status=400 if wrong else 200,
        about=shown,
        values=list(reversed(values)),
        proofs=proofs,
        receipt=receipt,
        receipts=RECEIPTS,
        retractable={one.id for one in values if shown.may_measure and _is_own(visit, programme, one)},
        kind=KINDS[0],
        wrong=wrong,
        sent=fields if wrong or sent else {},
        held=held_after(wrong, fields.get(HELD, "")),
        attained=ATTAINED,
        state_tones=TONES,
        measured_in=shown.unit,
        said_value=lambda text: read_again(text, shown.unit).said,
        is_yes_or_no=wants_yes_or_no(indicator),
    )


def _shown(visit: Visit, programme: Programme, indicator: Indicator, values: Iterable[Measurement]) -> Shown:
    today = local_day(visit.now, visit.desk.zone)
    read = measured_of(indicator, ((one.measured_on, one.value) for one in values))
    years = standings(indicator, read, today=today)
    units = visit.desk.rulebook.directories[programme.directory].units
    return Shown(
        programme=programme,
        indicator=indicator,
        unit=unit_of(indicator),
        owners=_named(programme, indicator, visit) or tuple(units[unit].name for unit in indicator.owner),
        years=years,
        stands=next((one for one in years if one.year >= today.year), years[-1]),
        last=read[-1] if read else None,
        chart=chart(read, years),
        may_measure=visit.may("measure", _subject(programme, indicator)),
        today=today,
    )


def _named(programme: Programme, indicator: Indicator, visit: Visit) -> tuple[str, ...]:
    """Return the names of the units and groups that the rule file names as owners."""
    directory = visit.desk.rulebook.directories[programme.directory]
    known = [directory.units.get(id) or directory.groups.get(id) for id in indicator.owner_named]
    return tuple(one.name for one in known if one is not None)


def _units(found: Iterable[Shown], visit: Visit) -> list[tuple[str, str]]:
    directories = visit.desk.rulebook.directories
    names = {
        unit: directories[one.programme.directory].units[unit].name for one in found for unit in one.indicator.owner
    }
    return sorted(names.items(), key=lambda one: one[1])


def _found(visit: Visit) -> tuple[Programme, Indicator]:
    """Return the indicator that is meant; Refusal where there is none, or who asks may not see it."""
    programme = visit.desk.rulebook.programmes.get(str(visit.request.path_params["programme"]))
    id = str(visit.request.path_params["indicator"])
    indicator = next((one for one in programme.indicators if one.id == id), None) if programme else None
    if programme is None or indicator is None:
        raise Refusal("not_found")
    visit.demand("see_indicators", _subject(programme, indicator))
    return programme, indicator


def _subject(programme: Programme, indicator: Indicator) -> Subject:
    return Subject(programme.directory, programme.id, indicator.owner)


def _receipt(visit: Visit) -> Response:
    return visit.go(visit.here, **{RECEIPT: visit.text("once")})


def _file(visit: Visit, proofs: list[RecordedProof], number: str) -> Response:
    """Return a file as an attachment, whatever it is: no browser shows it as a page of ours."""
    proof = next((one for one in proofs if str(one.id) == number and one.sha256), None)
    data = visit.desk.kept(proof.sha256) if proof is not None and proof.sha256 else None
    if proof is None or data is None:
        raise Refusal("not_found")
    return Response(data, media_type=proof.media_type, headers=attachment(proof))


PAGES = (
    Page("/chi-tieu", "see_indicators", listing, menu=Wording("Chỉ tiêu", "Indicators")),
    Page(
        "/chi-tieu/{programme}/{indicator}",
        "see_indicators",
        show,
        act,
        largest=LARGEST,
        largest_files=MOST_PROOFS,
    ),
)
