"""Questions about deadlines: what their words, their row and the document say against each other."""

from datetime import date

from rules.days import day_en, day_vi
from rules.wording import Wording


def from_heading(heading: str) -> Wording:
    """Return the doubt about a deadline that a heading gives."""
    return Wording(
        f"Dòng không ghi thời hạn; lấy theo đề mục «{heading}».",
        f"The row states no deadline; that of its heading «{heading}» is taken.",
    )


def placeholder(due: date) -> Wording:
    """Return the doubt about standing work that bears the first of a year."""
    return Wording(
        f"Nhiệm vụ thường xuyên ghi ngày {day_vi(due)}, có vẻ chỉ để điền cho đủ: được đọc là thường xuyên.",
        f"Standing work bears {day_en(due)}, which looks like a placeholder: it was read as continuous.",
    )


def as_others(due: date) -> Wording:
    """Return the doubt about a date that standing work has as a placeholder elsewhere."""
    return Wording(
        f"Ngày {day_vi(due)} ở nhiều dòng khác chỉ để điền cho nhiệm vụ thường xuyên: có phải hạn thật không.",
        f"In many other rows {day_en(due)} is a placeholder of standing work: is it a deadline here.",
    )


def other_year(due: date, other: date) -> Wording:
    """Return the doubt about a date of one row that many have in the year before or after."""
    return Wording(
        f"Chỉ dòng này ghi {day_vi(due)}, nhiều dòng khác ghi {day_vi(other)}: có phải gõ nhầm năm không.",
        f"Only this row says {day_en(due)}, many others say {day_en(other)}: is it a slip of the year.",
    )


def serial(stated: str, day: date) -> Wording:
    """Return the doubt about a number that may be a day as Excel keeps it."""
    return Wording(
        f"«{stated}» có thể là ngày {day_vi(day)} mà Excel lưu dưới dạng số.",
        f"«{stated}» may be {day_en(day)}, which Excel keeps as a number.",
    )


def month_typed(stated: str, month: str) -> Wording:
    """Return the doubt about a month typed as a decimal."""
    return Wording(
        f"Ô ghi số {stated}; hiểu là tháng {month}.", f"The cell has the number {stated}; it is read as {month}."
    )


def standing_and_dated(stated: str) -> Wording:
    """Return the doubt about standing work with a deadline."""
    return Wording(
        f"Tên nhiệm vụ ghi là thường xuyên nhưng thời hạn là «{stated}».",
        f"The title calls it standing work, the deadline says «{stated}».",
    )


def overdue(due: date, issued: date) -> Wording:
    """Return the doubt about a deadline before the document's own day."""
    return Wording(
        f"Hạn {day_vi(due)} trước ngày ban hành văn bản ({day_vi(issued)}).",
        f"It was due on {day_en(due)}, before the document was issued ({day_en(issued)}).",
    )


def outside(stated: str, heading: str) -> Wording:
    """Return the doubt about a deadline outside the period of its heading."""
    return Wording(
        f"Thời hạn «{stated}» không nằm trong «{heading}» mà nhiệm vụ được xếp vào.",
        f"The deadline «{stated}» is not within «{heading}», the heading it stands under.",
    )


def conditional(condition: str) -> Wording:
    """Return the doubt about a deadline of work that depends on something."""
    return Wording(
        f"Chỉ phải làm «{condition}»: thời hạn có còn đúng khi điều kiện đó chưa xảy ra không.",
        f"It is to be done only «{condition}»: does the deadline stand while that has not come about.",
    )


NO_YEAR = Wording(
    "Chưa biết năm của chương trình nên chưa đọc được thời hạn này; hãy cho biết bằng --year.",
    "The programme's year is not known, so this deadline cannot be read; state it with --year.",
)
