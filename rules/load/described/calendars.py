"""The keys of a calendar."""

from collections.abc import Mapping

from rules.load.described.said import Keys, said

_HOLIDAY = {"date": "2026-01-02", "name": "Nghỉ hoán đổi Tết Dương lịch", "source": "12729/VPCP-KGVX ngày 25/12/2025"}
_WORKED = {"date": "2026-01-10", "source": "12729/VPCP-KGVX ngày 25/12/2025"}
_SOURCE = said(
    "Văn bản quy định, số và ngày.", "The document that says so, number and date.", "12729/VPCP-KGVX ngày 25/12/2025"
)

KEYS: Mapping[str, Keys] = {
    "CalendarShape": {
        "": said(
            "Lịch làm việc: ngày nghỉ, ngày làm bù.",
            "A calendar: days off and worked days.",
            {"calendar": "viet-nam", "based_on": "VN"},
        ),
        "calendar": said("Mã lịch.", "The calendar's id.", "viet-nam"),
        "based_on": said(
            "Mã nước của gói holidays, cho năm không ghi ở đây.",
            "The country of the holidays package, for years not written here.",
            "VN",
        ),
        "covers": said(
            "Các năm đã ghi đủ: không hỏi gói holidays.",
            "Years whose lines are complete: the package is not asked.",
            [2025, 2026],
        ),
        "holidays": said("Ngày nghỉ, mỗi dòng có nguồn.", "Days off, each with its source.", [_HOLIDAY]),
        "worked": said("Ngày nghỉ mà làm bù.", "Days off that are worked.", [_WORKED]),
        "weekend": said("Ngày nghỉ hằng tuần.", "The days off of each week.", ["saturday", "sunday"]),
        "announced_until": said(
            "Lịch đã công bố đến ngày này; sau đó hạn chỉ là dự kiến.",
            "Announced up to this day; later deadlines are provisional.",
            "2026-12-31",
        ),
    },
    "HolidayShape": {
        "": said("Một ngày nghỉ, hoặc một dịp nhiều ngày.", "A day off, or a run of them.", _HOLIDAY),
        "date": said("Ngày nghỉ.", "The day.", "2026-01-02"),
        "from": said("Ngày đầu của dịp nghỉ.", "The first day of a run.", "2026-02-16"),
        "until": said("Ngày cuối của dịp nghỉ.", "The last day of a run.", "2026-02-20"),
        "name": said("Tên.", "Its name.", "Tết Nguyên đán Bính Ngọ"),
        "source": _SOURCE,
    },
    "WorkedShape": {
        "": said("Một ngày làm bù.", "A day off that is worked.", _WORKED),
        "date": said("Ngày làm bù.", "The day.", "2026-01-10"),
        "source": _SOURCE,
    },
}
