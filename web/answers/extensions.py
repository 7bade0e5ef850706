"""Extensions: a unit asks for a later deadline or takes its request back; whoever decides it grants or refuses it."""

from collections.abc import Callable
from datetime import date

from rules.days import full, with_hour
from rules.extensions import Refused, Rule, ask, grant_fault
from rules.requests import Request, Verdict
from rules.wording import Wording
from web.answers.about import About, unit_of
from web.answers.kind import Given, Kind, Wrong, words
from web.visit import Visit

DAY, REASON, SPECIAL, DOCUMENT = "ngay_moi", "ly_do", "dac_biet", "so_van_ban"
_DAY = Wording("Hạn mới", "New day")
_REASON = Wording("Lý do", "Reason")
_DOCUMENT = Wording("Số văn bản", "Document")
_NO_DAY = Wording("Đề nghị chọn một ngày.", "Choose a day.")
_FIELDS = {Rule.NO_REASON: REASON, Rule.AFTER_DUE: SPECIAL, Rule.NO_DOCUMENT: DOCUMENT}


def _ask(visit: Visit, found: About) -> Given:
    assert found.case is not None
    wanted, reason, special = _day(visit), words(visit, REASON), visit.text(SPECIAL)
    allowed = ask(found.case.asked, wanted, reason, as_exception=bool(special))
    if isinstance(allowed, Refused):
        raise Wrong(_FIELDS.get(allowed.rule, DAY), allowed.words)
    shown: list[tuple[Wording, Wording | str]] = [(_DAY, _until(found, wanted)), (_REASON, reason)]
    if allowed.suggested is not None:
        shown.append((Wording("Lưu ý", "Note"), _off(full(wanted), full(allowed.suggested))))
    if allowed.is_exception:
        label = Wording("Trường hợp đặc biệt", "An exception")
        shown.append((label, Wording("đề nghị từ ngày đến hạn trở đi", "asked on the due day or after it")))
    if allowed.is_flagged:
        shown.append((Wording("Lần đề nghị", "Request number"), str(allowed.number)))
    return Given({DAY: wanted.isoformat(), REASON: reason, SPECIAL: special}, tuple(shown))


def _record_asked(visit: Visit, found: About, given: Given) -> None:
    fields = given.fields
    visit.desk.asked_extension(
        found.stored,
        date.fromisoformat(fields[DAY]),
        visit.said(fields[REASON], once=visit.text("once")),
        as_exception=bool(fields[SPECIAL]),
        unit=unit_of(visit, found),
    )


def _grant(visit: Visit, found: About) -> Given:
    assert found.case is not None
    due = _day(visit)
    document = words(visit, DOCUMENT)
    fault = grant_fault(found.case.asked, due, document)
    if fault is not None:
        raise Wrong(_FIELDS.get(fault.rule, DAY), fault.words)
    return Given({DAY: due.isoformat(), DOCUMENT: document}, ((_DAY, _until(found, due)), (_DOCUMENT, document)))


def _refuse(visit: Visit, _: About) -> Given:
    missing = Wording("Đề nghị ghi lý do: đơn vị sẽ đọc nội dung này.", "Say why: the unit reads it.")
    reason = words(visit, REASON, missing)
    return Given({REASON: reason}, ((_REASON, reason),))


def _withdraw(_: Visit, found: About) -> Given:
    request = _open(found)
    return Given({}, ((_DAY, _until(found, request.due_wanted)), (_REASON, request.reason)))


def _recorder(verdict: Verdict) -> Callable[[Visit, About, Given], None]:
    def record(visit: Visit, found: About, given: Given) -> None:
        fields = given.fields
        visit.desk.decided_extension(
            _open(found).id,
            verdict,
            visit.said(fields.get(REASON), once=visit.text("once")),
            due=date.fromisoformat(fields[DAY]) if DAY in fields else None,
            document=fields.get(DOCUMENT),
        )

    return record


def _off(wanted: Wording, next_: Wording) -> Wording:
    """Return what is told of a day off that was asked for: it is recorded as it is."""
    return Wording(
        f"ngày chọn là ngày nghỉ; đề nghị vẫn ghi đúng {wanted.vi}. Muốn lấy ngày làm việc kế tiếp"
        f" ({next_.vi}) thì bấm “Sửa lại”",
        f"it is a day off; {wanted.en} is what is recorded. For the next working day, {next_.en}, press “Change it”",
    )


def _until(found: About, day: date) -> Wording:
    """Return a new day as it would be in force: an extension keeps the hour."""
    return with_hour(day, found.owed.at if found.owed else None)


def _day(visit: Visit) -> date:
    try:
        return date.fromisoformat(visit.text(DAY, longest=40))
    except ValueError:
        raise Wrong(DAY, _NO_DAY) from None


def _open(found: About) -> Request:
    assert found.case is not None
    assert found.case.asked.open is not None
    return found.case.asked.open


def _waits(found: About) -> bool:
    return found.case is not None and found.case.asked.open is not None


KINDS = (
    Kind(
        name="gia-han",
        title=Wording("Đề nghị gia hạn", "Ask for an extension"),
        hint=Wording(
            "nêu hạn mới và lý do; có hiệu lực khi được đồng ý",
            "with the new day and the reason; it stands once granted",
        ),
        button=Wording("Đề nghị gia hạn", "Ask for it"),
        receipt=Wording(
            "Đã ghi nhận đề nghị gia hạn. Trước khi có quyết định, hạn hiện nay vẫn có hiệu lực.",
            "The request has been recorded. Until it is decided the present deadline stands.",
        ),
        purpose="extension asked",
        by="owner",
        is_offered=lambda found: (
            found.is_open and found.case is not None and found.case.asked.due is not None and not _waits(found)
        ),
        check=_ask,
        record=_record_asked,
    ),
    Kind(
        name="rut-gia-han",
        title=Wording("Rút đề nghị gia hạn", "Take the request back"),
        hint=Wording("đề nghị đang chờ quyết định", "it waits for its decision"),
        button=Wording("Rút đề nghị", "Take it back"),
        receipt=Wording("Đã rút đề nghị gia hạn.", "The request has been taken back."),
        purpose="extension withdrawn",
        by="owner",
        is_offered=_waits,
        check=_withdraw,
        record=_recorder("withdrawn"),
    ),
    Kind(
        name="dong-y-gia-han",
        title=Wording("Đồng ý gia hạn", "Grant the extension"),
        hint=Wording(
            "đến ngày đã đề nghị hoặc ngày khác, theo một văn bản", "until that day or another, by a document"
        ),
        button=Wording("Đồng ý gia hạn", "Grant it"),
        receipt=Wording(
            "Đã đồng ý gia hạn; hạn mới có hiệu lực ngay và đơn vị sẽ được báo.",
            "The extension has been granted; the new deadline stands at once, and the unit is told.",
        ),
        purpose="extension granted",
        by="decider",
        is_offered=lambda found: found.is_open and _waits(found),
        check=_grant,
        record=_recorder("granted"),
        tone="good",
    ),
    Kind(
        name="khong-gia-han",
        title=Wording("Không đồng ý gia hạn", "Refuse the extension"),
        hint=Wording("hạn hiện nay giữ nguyên; nêu lý do", "the present deadline stays; say why"),
        button=Wording("Không đồng ý", "Refuse it"),
        receipt=Wording(
            "Đã ghi nhận không đồng ý gia hạn; đơn vị sẽ nhận được lý do trong thư.",
            "The request has been refused; the unit gets the reason by mail.",
        ),
        purpose="extension refused",
        by="decider",
        is_offered=_waits,
        check=_refuse,
        record=_recorder("refused"),
        tone="late",
    ),
)
