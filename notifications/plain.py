"""Plain letter: the built-in words for a digest, which need no template and so cannot be broken by one."""

from collections.abc import Iterator

from notifications.answering import Answering
from notifications.letters import SUBJECT_LENGTH, Letter
from notifications.view import LineView, View
from notifications.words import clip, numeral
from rules.days import full
from rules.digest import Digest, Matter, Question
from rules.wording import Language, Wording

_SECTIONS = {
    "overdue": Wording("QUÁ HẠN", "OVERDUE"),
    "due_today": Wording("CẦN HOÀN THÀNH TRONG HÔM NAY", "TO BE FINISHED TODAY"),
    "due_soon": Wording("SẮP ĐẾN HẠN", "DUE SOON"),
    "ahead": Wording("CẦN THỰC HIỆN", "TO BE DONE"),
    "new": Wording("MỚI GIAO HOẶC ĐIỀU CHỈNH THỜI HẠN", "NEW OR MOVED"),
    "information": Wording("ĐỂ BIẾT", "FOR INFORMATION"),
}
_TO_VERIFY = Wording("BÁO CÁO CHỜ XÁC NHẬN", "REPORTS TO BE VERIFIED")
_QUESTIONS = Wording("ĐỀ NGHỊ CHO BIẾT ĐÃ DIỄN RA CHƯA", "HAS IT HAPPENED")
_MATTERS = Wording("VIỆC CẦN XỬ LÝ", "TO SEE TO")
_TO = Wording("Kính gửi: ", "To: ")
_SUBJECT = Wording("[Đôn đốc] ", "[Reminder] ")
_FIRST = Wording(
    "Đây là thư đầu tiên; việc quá hạn từ trước được tổng hợp một lần, cấp trên chưa được thông báo.",
    "This is the first letter; what is already late is summed up once, superiors have not been told.",
)
_FOOT = Wording(
    "Thư nhắc tự động, không phải văn bản hành chính. Nếu có sai sót, đề nghị báo ",
    "An automatic reminder, not an official document. If something is wrong, please tell ",
)
_LABELS = {
    "deadline": Wording("Thời hạn", "Deadline"),
    "around": Wording("Lưu ý", "Note"),
    "stated": Wording("Thời hạn ghi trong văn bản", "Deadline as the document states it"),
    "phrase": Wording("Thời hạn được giao", "Deadline as assigned"),
    "why": Wording("Cách tính", "How it was counted"),
    "product": Wording("Sản phẩm", "Product"),
    "citation": Wording("Văn bản", "Document"),
    "missed": Wording("Các kỳ trước", "Before"),
    "reported": Wording("Đã báo cáo lên", "Told above"),
    "ahead": Wording("Nếu chưa có báo cáo", "Unless a report comes"),
    "source": Wording("Nguồn", "Source"),
}
EARLIER = Wording("Hạn cũ", "Earlier deadline")
_PROVISIONAL = Wording("Tạm tính: lịch nghỉ chưa được công bố.", "Provisional: the days off are not announced yet.")
_EXPECTED = Wording("dự kiến", "expected")
_SINCE = Wording("từ", "since")
_AHEAD = Wording("báo ngay khi ấn định ngày, không chờ diễn ra", "to be told as soon as its day is set")
_WAITING = Wording("nhiệm vụ đang chờ", "waiting tasks")


def plain_letter(digest: Digest, language: Language, *, contact: str, answering: Answering | None = None) -> Letter:
    """Return the letter, with '' for its HTML."""
    seen = View(digest, language, answering)
    counts = ", ".join(figure.text for figure in seen.figures)
    subject = f"{_SUBJECT.say(language)}{clip(counts, SUBJECT_LENGTH - 32)} – {numeral(digest.today, language)}"
    return Letter(subject, "\n".join(_paragraphs(seen, language, contact, counts)) + "\n", "")


def _paragraphs(seen: View, language: Language, contact: str, counts: str) -> Iterator[str]:
    yield f"{_TO.say(language)}{seen.salutation}\n\n{full(seen.digest.today).say(language)}: {counts}."
    if seen.digest.baseline:
        yield f"\n{_FIRST.say(language)}"
    for section in seen.sections:
        yield f"\n== {(_TO_VERIFY if section.to_verify else _SECTIONS[section.name]).say(language)} =="
        for line in section.lines:
            yield from _line(line, language)
    if seen.questions:
        yield f"\n== {_QUESTIONS.say(language)} =="
        yield from (_question(question, language, seen.link(question)) for question in seen.questions)
    if seen.groups:
        yield f"\n== {_MATTERS.say(language)} =="
        yield from (_matter(matter, language, seen.link(matter)) for group in seen.groups for matter in group.matters)
    yield f"\n-- \n{_FOOT.say(language)}{contact}."


def _line(line: LineView, language: Language) -> Iterator[str]:
    yield f"\n{line.number}. {line.title}\n   {' · '.join(part for part in (line.status, line.agency) if part)}"
    for name, label in _LABELS.items():
        if text := getattr(line, name):
            yield f"   {label.say(language)}: {text}"
    if line.said:
        yield f"   {line.said}"
    for words in line.heard:
        yield f"   {words}"
    if line.url:
        yield f"   {line.answer}:\n   {line.url}"
    for was in line.earlier:
        yield f"   {EARLIER.say(language)}: {was}"
    if line.provisional:
        yield f"   {_PROVISIONAL.say(language)}"


def _question(question: Question, language: Language, url: str) -> str:
    parts = [question.title, question.programme_title, *([_AHEAD.say(language)] if question.is_ahead else [])]
    if question.expected is not None:
        parts.append(f"{_EXPECTED.say(language)} {numeral(question.expected, language)}")
    if question.waiting_tasks:
        parts.append(f"{_WAITING.say(language)}: {', '.join(question.waiting_tasks)}")
    return f"\n- {'; '.join(parts)} [{question.source}]{_linked(url)}"


def _matter(matter: Matter, language: Language, url: str) -> str:
    parts = [f"{matter.subject}: {matter.text}"]
    if matter.since is not None:
        parts.append(f"{_SINCE.say(language)} {numeral(matter.since, language)}")
    if matter.expected is not None:
        parts.append(f"{_EXPECTED.say(language)} {numeral(matter.expected, language)}")
    place = " ".join(part for part in (matter.programme, matter.source) if part)
    return f"\n- {'; '.join(parts)} [{place}]{_linked(url)}"


def _linked(url: str) -> str:
    return f"\n  {url}" if url else ""
