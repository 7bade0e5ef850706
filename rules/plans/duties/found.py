"""Found: the deadline phrases that stand within a sentence, told from the dates and recurrences that are none."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rules.phrases import Context, Reading, read
from rules.plans.duties.rhythms import by_day, series
from rules.plans.duties.subject import subject_of
from rules.wording import Wording

Form = Literal["bracket", "express", "pace"]

_PERIOD = r"(?:ngày|tuần|tháng|quý|năm)"
_EXPRESS = re.compile(
    rf"(?:(?:muộn|chậm|trễ) nhất|không muộn hơn|không chậm hơn|xong trước|hoàn thành (?:trước|trong|vào|{_PERIOD})"
    rf"|trước (?:ngày\b|\d{{1,2}}\s?(?:[/.]|h|giờ|g\d)\d*)|(?:đến )?hết (?:ngày|tháng|quý|năm) [\dIVX]+"
    rf"|trong (?:vòng |thời hạn )?\d+ (?:giờ|ngày|tuần)|ngay sau khi|ngay khi)(?!\w)",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"(?:ngay|ứng dụng|thực hiện|(?<!đã )(?<!được )ban hành|hoàn thành|xong|phê duyệt|trình|hoạt động ngay)"
    rf"\s+(trong {_PERIOD} [\dIVX])",
    re.IGNORECASE,
)
_DELIVERS = (
    r"hoàn thành|hoàn thiện|(?<!đã )(?<!được )ban hành|phê duyệt|(?<!quy )(?<!chương )(?<!tiến )trình|gửi|nộp|xong"
)
_ACTS = "xây dựng|tổ chức|triển khai|rà soát|tham mưu|đề xuất|lập|mở|ký kết"
_MONTH_OR_QUARTER = r"trong (?:tháng \d{1,2}|quý (?:[IV]+|\d))(?:\s?[/-]\s?\d{4}| năm \d{4})?"
_PERIOD_AT_END = rf"(?!\w)[^.;:()]{{0,160}}?\s({_MONTH_OR_QUARTER})(?=\s*(?:[.;,)]|$))"
"""`… việc rà soát trong tháng 4/2026.`: a month or a quarter at the end of a clause."""
_DELIVERED = re.compile(rf"(?<!\w)(?:{_DELIVERS}){_PERIOD_AT_END}", re.IGNORECASE)
_ACTED = re.compile(rf"(?:{_ACTS}){_PERIOD_AT_END}", re.IGNORECASE)
_OPENING = re.compile(rf"(?:^|(?<=[.;]))\s*({_MONTH_OR_QUARTER})\s*,\s*", re.IGNORECASE)
_DONE = re.compile(rf"(?:chủ trì[^,;.]*, )?(?:{_DELIVERS}|{_ACTS})(?!\w)")
"""`Trong quý II/2026, Sở Tài chính trình …`: a month or a quarter before who does something in it."""
_PACE = re.compile(rf"(?:định kỳ|(?:hằng|hàng|mỗi) (?:{_PERIOD}|6 tháng|nửa năm))(?!\w)", re.IGNORECASE)
_REPORTS = re.compile(r"báo cáo|(?<!tiếp )\bgửi\b|tổng hợp|cập nhật|\bhọp\b", re.IGNORECASE)
_PERIODIC = re.compile(
    r"định kỳ(?: hoặc| và|/|,|\s+(?:tổng hợp|báo cáo|gửi|cập nhật|họp|trước|vào|từ ngày|ngày))", re.IGNORECASE
)
_ON_REQUEST = re.compile(r"\s*(?:hoặc|và|,|/)\s*(?:đột xuất|(?:theo|khi có) yêu cầu(?: đột xuất)?)", re.IGNORECASE)
_STANDING = re.compile(
    rf"(?:(?:là )?nhiệm vụ thường xuyên|thường xuyên|hoàn thành|theo tiến độ|theo lộ trình|trước|trong|sau khi|khi có"
    rf"|định kỳ|chậm nhất|muộn nhất|quý [IV]|thời (?:gian|hạn)|(?:tổ chức |báo cáo )?(?:hằng|hàng) {_PERIOD})(?!\w)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)(?=\s*[.;:]?\s*(?:$|[A-ZĐÀ-Ỹ]|\())")
_SAID_LAST = re.compile(r"(?<=[.;] )(Nhiệm vụ thường xuyên|Hoàn thành (?:trước|trong) [^.;]*)\.?$")
_WORD = re.compile(r"\S+")
_STOPS = re.compile(r"[;:()]|[.,](?!\d)\s+(?=[A-ZĐÀ-Ỹ])|\.$")
_LONGEST = 18
_CLAUSE = 60
_NO_DEADLINE = ("not_a_deadline", "unspecified")
_AMID = Wording(
    "sự kiện đứng giữa câu, có thể chưa trọn hoặc thừa chữ",
    "the event stands within a sentence and may be cut short, or hold too much",
)


class Found(NamedTuple):
    """A phrase, where it stands in the text, how it was recognised and what it comes to."""

    start: int
    end: int
    text: str
    form: Form
    reading: Reading


def found_in(text: str, context: Context) -> tuple[Found, ...]:
    """Return the deadline phrases of a text in its order; dates of cited documents and the like are none."""
    found: list[Found] = []
    ways = (_series, _bracketed, _expressed, _paced)
    for one in sorted((one for way in ways for one in way(text, context)), key=_order):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return tuple(_said_again(text, one) for one in _without_vague(_together(text, found, context)))


def _order(one: Found) -> tuple[int, int]:
    return one.start, -one.end


def _series(text: str, context: Context) -> Iterator[Found]:
    """Yield the recurrences that follow one another."""
    for start, end, reading in series(text, context):
        yield Found(start, end, text[start:end].rstrip(", "), "pace", reading)


def _bracketed(text: str, context: Context) -> Iterator[Found]:
    """Yield what stands in brackets at the end of a sentence, or as a sentence of its own: `(Hoàn thành trước …)`."""
    for match in (*_BRACKET.finditer(text), *_SAID_LAST.finditer(text)):
        said = match[1].strip()
        if _STANDING.match(said):
            reading = read(said, context)
            if reading.kind not in _NO_DEADLINE:
                yield Found(match.start(), match.end(), said, "bracket", reading)


def _expressed(text: str, context: Context) -> Iterator[Found]:
    """Yield the phrases that say of themselves that they are deadlines: `muộn nhất vào …`, `trước ngày …`."""
    starts = {match.start() for match in _EXPRESS.finditer(text) if not _in_word(text, match.start())}
    starts |= {match.start(1) for way in (_WITHIN, _DELIVERED) for match in way.finditer(text)}
    begun = _ACTED.match(text, len(text) - len(subject_of(text)[1]))
    starts |= {begun.start(1)} if begun else set()
    starts |= {match.start(1) for match in _OPENING.finditer(text) if _is_done_by(text[match.end() :])}
    for start in sorted(starts):
        yield from _longest(text, start, "express", context)


def _is_done_by(text: str) -> bool:
    agencies, rest = subject_of(text)
    return bool(agencies and not agencies.endswith(" đã") and _DONE.match(rest))


def _paced(text: str, context: Context) -> Iterator[Found]:
    """Yield recurrences of what is reported, sent or brought up to date; other recurrences say how work is done."""
    for match in _PACE.finditer(text):
        alone = match[0].casefold() == "định kỳ"
        if alone and not (_PERIODIC.match(text, match.start()) or _PACE.match(text, match.end() + 1)):
            continue
        if _REPORTS.search(_beside(text, match.start(), match.end())):
            yield from _longest(text, match.start(), "pace", context)
    for start, end, reading in by_day(text, context):
        if _REPORTS.search(_beside(text, start, end)):
            yield Found(start, end, text[start:end], "pace", reading)


def _beside(text: str, start: int, end: int) -> str:
    """Return the clause around a phrase: up to the next stops, or so many letters."""
    before = re.split(r"[,;.:]\s", text[max(0, start - 2 * _CLAUSE) : start])[-1]
    after = re.split(r"[;.]\s", text[end : end + _CLAUSE])[0]
    return f"{before} {after}"


def _longest(text: str, start: int, form: Form, context: Context) -> Iterator[Found]:
    """Yield the phrase that begins at a place: the shortest words that come to what the longest readable ones do."""
    stop = _STOPS.search(text, start)
    ends = [match.end() for match in _WORD.finditer(text, start, stop.start() if stop else len(text))][:_LONGEST]
    tried = [(end, read(text[start:end].rstrip(",; "), context)) for end in ends]
    said = [(end, reading) for end, reading in tried if reading.kind not in _NO_DEADLINE]
    best = next((one for one in reversed(said) if one[1].confidence == "sure"), said[0] if said else None)
    if best and best[1].event:
        best = next((one for one in said if one[1].event and text[one[0] - 1] == ","), best)
    if best:
        end = next(end for end, reading in said if _meaning(reading) == _meaning(best[1]) and end <= best[0])
        also = _ON_REQUEST.match(text, end) if form == "pace" else None
        if also:
            end = also.end()
            best = (end, read(text[start:end], context))
        reading = best[1].doubting(_AMID) if best[1].event else best[1]
        yield Found(start, end, text[start:end].rstrip(",;. "), form, reading)


def _meaning(reading: Reading) -> tuple[object, ...]:
    return reading.kind, reading.due, reading.at, reading.rrules, reading.event, reading.offset, reading.confidence


def _together(text: str, found: list[Found], context: Context) -> list[Found]:
    """Return the phrases, a recurrence and the day in brackets right after it (`hằng quý (trước ngày 20 …)`) as one."""
    whole: list[Found] = []
    for one in found:
        last = whole[-1] if whole else None
        if (
            last
            and last.form == "pace"
            and text[last.end : one.start].strip() == "("
            and text[one.end : one.end + 1] == ")"
        ):
            said = text[last.start : one.end + 1]
            reading = read(said, context)
            better = reading if reading.rrules and reading.confidence == "sure" else one.reading
            whole[-1] = Found(last.start, one.end + 1, said, "pace", better)
        else:
            whole.append(one)
    return whole


def _said_again(text: str, one: Found) -> Found:
    """Return a phrase with a doubt where it gives one day and its clause speaks of every year, quarter or month."""
    if one.form != "express" or one.reading.rrules or one.reading.due is None:
        return one
    clause = text[text.rfind(";", 0, one.start) + 1 : one.start]
    pace = _PACE.search(re.split(r"\.\s", clause)[-1])
    return one._replace(reading=one.reading.doubting(_recurs(pace[0]))) if pace else one


def _recurs(pace: str) -> Wording:
    return Wording(f"câu còn ghi «{pace}»: có thể lặp lại", f"the sentence says «{pace}» as well: it may recur")


def _in_word(text: str, start: int) -> bool:
    return start > 0 and text[start - 1].isalnum()


def _without_vague(found: Sequence[Found]) -> Iterator[Found]:
    """Yield the phrases, a bare `định kỳ` only where nothing after it says how often."""
    for n, one in enumerate(found):
        vague = one.form == "pace" and not one.reading.rrules
        if not (vague and any(other.reading.rrules for other in found[n + 1 :])):
            yield one
