"""The keys of deadlines."""

from collections.abc import Mapping

from rules.load.described.said import Keys, said

_AT = said(
    "Giờ trong ngày đến hạn; không ghi là hết ngày.",
    "The hour it is due; the end of the day without it.",
    "09:00",
    "17:00",
)

KEYS: Mapping[str, Keys] = {
    "BeforeShape": {
        "": said("Trước ngày hoặc kỳ ấy.", "Before that day or period.", {"before": "2026-05-15"}),
        "before": said("Ngày, hoặc kỳ.", "The day, or the period.", "2026-05-15", "2026-07"),
        "at": _AT,
    },
    "AfterShape": {
        "": said(
            "Trong một khoảng sau sự kiện; ngày diễn ra không tính.",
            "So long after an event; its own day does not count.",
            {"after": "de-an", "within": "30 days"},
        ),
        "after": said("Mã sự kiện trong events:.", "The event, as in events:.", "de-an"),
        "within": said(
            "Trong bao lâu; không ghi thì không có ngày.",
            "Within how long; without it there is no day.",
            "30 days",
            "15 working days",
            "24 hours",
        ),
        "at": _AT,
    },
    "AheadShape": {
        "": said(
            "Trước sự kiện một khoảng.", "So long before an event.", {"ahead_of": "hop-quy-i", "by": "1 working day"}
        ),
        "ahead_of": said(
            "Mã sự kiện; ngày của nó phải biết trước.", "The event; its day has to be known before.", "hop-quy-i"
        ),
        "by": said("Trước bao lâu.", "How long before it.", "1 working day", "3 days"),
        "at": _AT,
    },
    "EveryShape": {
        "": said("Định kỳ.", "Again and again.", {"every": "month", "on": 25}),
        "every": said("Bao lâu một lần.", "How often.", "month", "week", "quarter", "2 weeks"),
        "on": said("Vào ngày nào của kỳ.", "On which day of it.", 25, "friday", "last", "last working day", "06-20"),
        "at": _AT,
        "from": said("Từ ngày hoặc kỳ nào.", "From which day or period on.", "2026-02"),
        "until": said("Đến hết ngày hoặc kỳ nào.", "Up to which day or period.", "2026"),
        "if_unreported": said(
            "close: kỳ sau thay kỳ trước chưa báo cáo; carry: vẫn còn nợ.",
            "close: the next one takes over; carry: it stays owed.",
            "close",
            "carry",
        ),
        "rounding": said(
            "Tháng không có ngày ấy thì lấy ngày cuối.", "A month without that day takes its last.", "last day"
        ),
    },
    "SpanShape": {
        "": said("Từ … đến …", "From … to …", {"from": "2026-02", "by": "2026"}),
        "from": said("Bắt đầu.", "When it starts.", "2026-02"),
        "by": said("Hạn: ngày cuối.", "When it is due: the last day.", "2026"),
        "at": _AT,
    },
    "ByShape": {
        "": said("Chậm nhất ngày ấy, có giờ.", "By that day, with an hour.", {"by": "2025-12-15", "at": "17:00"}),
        "by": said("Ngày, hoặc kỳ: ngày cuối.", "The day, or the last day of a period.", "2025-12-15"),
        "at": _AT,
    },
    "SetByShape": {
        "": said(
            "Thời hạn do văn bản khác quy định: chưa có ngày.",
            "Set elsewhere: no day yet.",
            {"set_by": "Đề án số 05-ĐA/TU"},
        ),
        "set_by": said("Văn bản hoặc người quy định.", "What or who sets it.", "Đề án số 05-ĐA/TU"),
    },
    "ContinuousShape": {
        "": said(
            "Thường xuyên, có kỳ rà soát.",
            "Standing work, with its reviews.",
            {"continuous": True, "review": "quarter"},
        ),
        "continuous": said("Thường xuyên: không bao giờ trễ.", "Standing work: never late.", True),
        "review": said(
            "Bao lâu rà soát một lần.", "How often it is looked at.", "quarter", {"every": "month", "on": 25}
        ),
    },
}
