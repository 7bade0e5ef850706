"""Words: what the comments of a drafted rule file say."""

from collections.abc import Sequence

from rules.plans.writing.rows import Counts
from rules.wording import Wording

NO_TITLE = Wording("(không có tên nhiệm vụ)", "(no title)")
NO_NUMBER = Wording("(chưa có số)", "(no number)")
NO_TARGET = Wording("(không có chỉ tiêu)", "(no target)")
TITLE_MISSING = Wording("hàng không có tên nhiệm vụ", "the row names no task")
TITLE_LONG = Wording("tên quá dài, toàn văn ở note", "the title is too long, its whole text stands under note")
NUMBER_MISSING = Wording("hàng không có số thứ tự", "the row has no number")
NUMBER_AGAIN = Wording("số thứ tự này đã có ở trên", "this number stands above already")
DEADLINE_MISSING = Wording("không có thời hạn", "no deadline is given")
DEADLINE_UNREAD = Wording("chưa hiểu thời hạn này", "this deadline was not understood")
LEAD_MISSING = Wording("không ghi cơ quan chủ trì", "nobody is named as lead")
STANDING = Wording("cơ quan thường trực do máy chọn", "the standing office was chosen by default")
TARGET_MISSING = Wording("không có chỉ tiêu theo năm", "no target of a year is given")
OWNER_MISSING = Wording("không rõ cơ quan phụ trách", "nobody is named as owner")
COLUMNS = {"product": Wording("sản phẩm", "product"), "title": Wording("nhiệm vụ", "title")}
MAIN = Wording("chính", "main")
REPORT = Wording("báo cáo", "report")
ANOTHER = Wording("hạn khác", "another")
_NAMED = 5
_LAST = {
    "week": Wording("cuối tuần", "its last"),
    "month": Wording("ngày cuối tháng", "its last"),
    "quarter": Wording("ngày cuối quý", "its last"),
    "year": Wording("ngày cuối năm", "its last"),
}
NO_DAY = Wording("chưa có ngày: sẽ hỏi cơ quan thường trực", "no day yet: the standing office is asked")
AMENDS = Wording(
    "văn bản này thay đổi nhiệm vụ của văn bản khác; ghi vào amend: nếu văn bản đó đã có tệp quy tắc",
    "this document changes tasks of another one; write them under amend: if that one has a rule file",
)
AMENDS_NOTHING = Wording("không rõ thay đổi thành gì", "what it is changed to is not known")
AMENDS_OTHER = Wording(
    "tệp quy tắc chỉ ghi được thay đổi về tên và thời hạn (amend:); hãy sửa nhiệm vụ đó bằng tay",
    "a rule file amends titles and deadlines only; change that task by hand",
)
AMENDS_UNDATED = Wording(
    "chưa rõ ngày ban hành nên chưa ghi được amend:; hãy đọc lại với --issued",
    "without the day of issue nothing is amended; read it again with --issued",
)
AMENDS_PARTS = Wording("nhiệm vụ đó có nhiều thời hạn: thời hạn nào", "that task has several deadlines: which one")
AMENDS_EARLIER = Wording(
    "thời hạn đó đã được thay vào đúng ngày này hoặc sau ngày này",
    "that deadline was replaced on this day, or later, already",
)
AMENDS_UNREAD = Wording(
    "thời hạn mới không ghi được vào amend:", "the new deadline cannot be written as one that amends"
)
AMENDS_SEVERAL = Wording(
    "nhiều chương trình đã có cùng được nêu ở đây: chương trình nào", "it names several of the programmes: which one"
)
AMENDS_TASKS = Wording(
    "nêu nhiều nhiệm vụ cùng lúc: ghi từng nhiệm vụ vào amend:", "it names several tasks: write an entry for each"
)
AMENDS_PLACE = Wording(
    "tìm theo số thứ tự; tệp quy tắc không cho biết phụ lục hay mục",
    "found by its number; the rule file does not tell its annex or section",
)
MARKS = Wording(
    "Dòng chữ cái sau mỗi vị trí (· Ab3x…) cho biết chỗ nào đã được sửa tay khi đọc lại văn bản; xin giữ nguyên.",
    "The letters behind each place (· Ab3x…) tell what was changed by hand when the document is read again; keep them.",
)


def check(reason: Wording, alternatives: tuple[str, ...] = ()) -> Wording:
    """Return a question: `CHECK: reason; alternatives: a | b`."""
    vi, en = reason.vi.rstrip(" ."), reason.en.rstrip(" .")
    if not alternatives:
        return Wording(f"CHECK: {vi}", f"CHECK: {en}")
    choice = " | ".join(alternatives)
    return Wording(f"CHECK: {vi}; có thể là: {choice}", f"CHECK: {en}; alternatives: {choice}")


def of_many(key: str, asked: str, ids: Sequence[str]) -> Wording:
    """Return the question that many tasks have alike, with the key it is about and the list of the tasks."""
    named, said = f"{key}: " if key != "id" else "", asked.removeprefix("CHECK: ").removeprefix(f"{key}: ")
    listed = ", ".join(ids)
    return Wording(
        f"CHECK: {len(ids)} nhiệm vụ ({listed}): {named}{said}",
        f"CHECK: {len(ids)} tasks ({listed}): {named}{said}",
    )


def of_field(key: str, asked: Wording) -> Wording:
    """Return a question with the key that it is about, where the file has no line with that key."""
    return Wording(asked.vi.replace("CHECK: ", f"CHECK: {key}: ", 1), asked.en.replace("CHECK: ", f"CHECK: {key}: ", 1))


def counts(tasks: Counts, indicators: Counts) -> Wording:
    """Return how much was read and how sure it is."""
    asked = indicators.check + indicators.unresolved
    vi, en = (f", {asked} cần xem lại", f", {asked} to check") if asked else ("", "")
    return Wording(
        f"{tasks.all} nhiệm vụ: {tasks.sure} chắc chắn, {tasks.check} cần xem lại, {tasks.unresolved} chưa rõ; "
        f"{indicators.all} chỉ tiêu{vi}.",
        f"{number_of(tasks.all, 'task')}: {tasks.sure} sure, {tasks.check} to check, {tasks.unresolved} unresolved; "
        f"{number_of(indicators.all, 'indicator')}{en}.",
    )


def number_of(count: int, thing: str) -> str:
    """Return a count with its thing in English: `1 task`, `2 tasks`."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def agency_unsure(text: str) -> Wording:
    """Return the question about an agency that was not found for sure."""
    return Wording(f"không rõ cơ quan “{text}”", f"unknown agency “{text}”")


def agency_unfit(text: str) -> Wording:
    """Return the question about a collective or post where an agency of its own is wanted."""
    return Wording(f"“{text}” không phải một cơ quan cụ thể", f"“{text}” is no agency in particular")


def further(column: Wording, said: str, each: str) -> Wording:
    """Return the question about a deadline beside the one of its column; `each` is a period of which no day is said."""
    last = _LAST.get(each)
    vi = f", vào ngày nào (không ghi on: là {last.vi})" if last else ""
    en = f", on which day ({last.en} without on:)" if last else ""
    return Wording(
        f"cột {column.vi} còn ghi «{said}»: có phải một thời hạn nữa không{vi}",
        f"the {column.en} says «{said}» as well: is it a further deadline{en}",
    )


def ending(year: int, ids: Sequence[str]) -> Wording:
    """Return the question about recurring tasks that end with the period of a programme that goes on."""
    listed = ", ".join(ids[:_NAMED]) + (", …" if len(ids) > _NAMED else "")
    return Wording(
        f"CHECK: kế hoạch còn thời hạn sau năm {year}, nhưng việc định kỳ ({listed}) sẽ thôi nhắc sau ngày "
        f"31/12/{year}: có phải còn tiếp tục không",
        f"CHECK: some deadlines come after {year}, yet what recurs ({listed}) ends on 31/12/{year}: does it go on",
    )


def with_line(asked: Wording, line: str) -> Wording:
    """Return a question with the line that answers it with yes, by itself so that it can be taken out whole."""
    return Wording(f"{asked.vi}; nếu phải thì thay bằng:\n{line}", f"{asked.en}; if so, replace it by:\n{line}")


def was_earlier(said: str) -> Wording:
    """Return the question about an earlier deadline that the document does not date."""
    return Wording(
        f"thời hạn trước đây đã thay đổi, văn bản không ghi đủ để lập amended: “{said}”",
        f"the deadline was another one before, the document does not say enough for amended: “{said}”",
    )


def refused(message: str) -> Wording:
    """Return the question about what the rule language does not take as it was read."""
    return Wording(f"ngôn ngữ quy tắc không nhận thời hạn này: {message}", f"the rule language refuses it: {message}")


def amends_unknown(named: str, document: str, ids: Sequence[str]) -> Wording:
    """Return the question about a task of another document that is not found there, or is one of several."""
    if ids:
        several = ", ".join(ids)
        return Wording(
            f"“{named}” của {document} có thể là một trong: {several}",
            f"“{named}” of {document} may be one of {several}",
        )
    return Wording(f"không tìm thấy “{named}” trong {document}", f"“{named}” is not found in {document}")


def amends_unlike(title: str) -> Wording:
    """Return the question about a task whose title has little in common with that of the row that amends it."""
    return Wording(f"tên hiện nay khác nhiều: “{title}”", f"its title now is quite another one: “{title}”")


def amends_here(task: str, programme: str) -> Wording:
    """Return the question about a row that changes a task of another programme, and stands here too."""
    return Wording(
        f"hàng này sửa nhiệm vụ {task} của {programme} (xem amend: ở cuối); xóa hàng này nếu không nhắc việc hai lần",
        f"this row amends {task} of {programme} (see amend: below); drop it here unless both are to be reminded of",
    )


def waiting(ids: Sequence[str]) -> Wording:
    """Return the question whether an event that several tasks name is the same one."""
    who = ", ".join(ids)
    return Wording(
        f"{who} chờ sự kiện này: có phải cùng một sự kiện không", f"{who} wait for it: is it one event for all"
    )
