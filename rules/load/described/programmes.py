"""The keys of a programme: the document, its tasks, events, indicators, routes and amendments."""

from collections.abc import Mapping

from rules.load.described.said import Keys, said

_TITLE = said("Tên, một dòng.", "The title, one line.", "Chương trình công tác năm 2026")
_TASK = {"id": "A.14", "title": "Chuẩn bị họp Quý I", "lead": "so-khcn", "stated": "Tháng 3", "deadline": "2026-03"}

KEYS: Mapping[str, Keys] = {
    "ProgrammeShape": {
        "": said(
            "Một chương trình, kế hoạch: một văn bản.",
            "A programme: one official document.",
            {"programme": "dong-thap-2026"},
        ),
        "programme": said(
            "Mã của chương trình: chữ thường, số, gạch nối.",
            "The programme's id: lower-case letters, digits, hyphens.",
            "dong-thap-2026",
        ),
        "title": _TITLE,
        "document": said(
            "Văn bản: số, ngày, cơ quan ban hành.",
            "The document: number, date, issuer.",
            {"number": "07-QĐ/BCĐ", "date": "2026-03-07", "issuer": "Ban Chỉ đạo tỉnh"},
        ),
        "period": said(
            "Kỳ của chương trình; việc định kỳ chạy trong kỳ này.",
            "The period the programme is for; recurring deadlines run over it.",
            2026,
            "2026-H1",
            {"from": "2025-11", "by": 2030},
        ),
        "directory": said("Mã danh bạ của các đơn vị.", "The directory its units are in.", "dong-thap"),
        "calendar": said("Mã lịch làm việc.", "The calendar of working days.", "viet-nam"),
        "ladder": said("Mã thang nhắc mặc định.", "The default ladder of reminders.", "standard"),
        "standing": said(
            "Đơn vị thường trực: xác nhận báo cáo, nhận tổng hợp.",
            "The standing office: a unit that verifies reports and gets the statements.",
            "so-khcn",
        ),
        "before_means": said(
            "'trước ngày N': named, chỉ trễ khi qua ngày N; strict, trễ khi qua ngày N-1.",
            "What 'before day N' means: named, late when N has passed; strict, when the day before has.",
            "named",
            "strict",
        ),
        "roll": said(
            "Hạn vào ngày nghỉ: nhắc đến ngày làm việc trước, trễ sau ngày làm việc kế; none thì không dời.",
            "A deadline on a day off: reminders to the working day before, late after the next; none moves nothing.",
            "working days",
            "none",
        ),
        "routes": said(
            "Nhiệm vụ nào dùng thang nào; dòng khớp đầu tiên thắng.",
            "Which tasks take which ladder; the first that matches wins.",
            [{"match": {"section": "B"}, "ladder": "gentle"}],
        ),
        "events": said(
            "Các sự kiện mà thời hạn chờ.",
            "The events that deadlines wait for, by id.",
            {"hop-quy-i": {"title": "Họp Quý I", "date": "2026-04-10"}},
        ),
        "tasks": said("Các nhiệm vụ.", "The tasks.", [_TASK]),
        "indicators": said(
            "Các chỉ tiêu.",
            "The indicators.",
            [{"id": "I.1", "title": "Tỷ lệ phủ sóng 5G", "unit": "%", "targets": {"2026": "≥ 70"}, "owner": "so-khcn"}],
        ),
        "amend": said(
            "Thay đổi nhiệm vụ của chương trình khác, từ ngày của văn bản này.",
            "Changes to tasks of another programme, from this document's date on.",
            [{"programme": "dong-thap-2026", "task": "A.30", "deadline": "2026-09"}],
        ),
    },
    "DocumentShape": {
        "": said(
            "Văn bản mà chương trình ghi lại.", "The official document.", {"number": "07-QĐ/BCĐ", "date": "2026-03-07"}
        ),
        "number": said("Số, ký hiệu.", "Its number.", "07-QĐ/BCĐ"),
        "date": said("Ngày ký.", "The day it was signed.", "2026-03-07"),
        "issuer": said("Cơ quan ban hành.", "Who issued it.", "Ban Chỉ đạo tỉnh Đồng Tháp"),
        "note": said("Ghi chú.", "A note.", "Thay thế Quyết định số 05-QĐ/BCĐ"),
    },
    "SpanOfPeriods": {
        "": said(
            "Kỳ nhiều năm hoặc lẻ tháng.", "A period of several months or years.", {"from": "2025-11", "by": 2030}
        ),
        "from": said("Bắt đầu.", "Its first period.", "2025-11"),
        "by": said("Kết thúc.", "Its last period.", 2030),
    },
    "TaskShape": {
        "": said("Một nhiệm vụ: một dòng của văn bản.", "A task: one line of the document.", _TASK),
        "id": said("Mã nhiệm vụ, như trong phụ lục.", "Its id, as in the annex.", "A.14"),
        "section": said(
            "Mục; mặc định là phần mã trước dấu chấm cuối.", "Its section; by default the id up to its last dot.", "A.I"
        ),
        "title": said(
            "Phải làm gì: bắt đầu bằng động từ.",
            "What is to be done: begin with a verb.",
            "Chuẩn bị họp Quý I của Ban Chỉ đạo",
        ),
        "lead": said(
            "Đơn vị chủ trì; [a, b] cùng làm; {each: nhóm} mỗi đơn vị một phần.",
            "The lead; [a, b] jointly; {each: group} every member for itself.",
            "so-khcn",
            ["so-khcn", "cong-an"],
            {"each": "cac-so-nganh"},
        ),
        "head": said(
            "Đơn vị có người đứng đầu trả lời, nếu không phải đơn vị chủ trì.",
            "Units whose head answers, where it is not the lead's own.",
            ["van-phong-ubnd"],
        ),
        "coordinate": said(
            "Đơn vị phối hợp: được báo khi việc mới, dời, xong; không bị nhắc.",
            "Coordinating units: told when it is new, moved or done; never chased.",
            ["so-tai-chinh", "cac-so-nganh"],
        ),
        "product": said(
            "Sản phẩm: có gì thì là xong.", "The product: what there is when it is done.", "Báo cáo của Ban Chỉ đạo"
        ),
        "basis": said("Căn cứ giao việc.", "What it is based on.", "Chương trình số 02-CTr/BCĐTW ngày 02/02/2026"),
        "stated": said("Lời của văn bản về thời hạn.", "The document's own words for the deadline.", "Tháng 3"),
        "note": said("Ghi chú.", "A note.", "Nhiệm vụ bổ sung"),
        "ladder": said("Thang nhắc riêng của nhiệm vụ.", "A ladder of its own.", "gentle"),
        "completion": said(
            "joint: một báo cáo chung; each: mỗi đơn vị báo cáo phần mình.",
            "joint: one report for all; each: every unit reports its own.",
            "joint",
            "each",
        ),
        "deadline": said(
            "Thời hạn.",
            "The deadline.",
            "2026-03",
            "2026-05-15",
            {"after": "hop-quy-i", "within": "30 days"},
            {"every": "month", "on": 25},
        ),
        "deadlines": said(
            "Nhiều thời hạn, mỗi phần một tên.",
            "Several deadlines, each part under its name.",
            {"phát động": "2026-04", "báo cáo": "2026-06"},
        ),
        "amended": said(
            "Các hạn cũ đã được thay, cũ nhất trước.",
            "Earlier deadlines that were replaced, oldest first.",
            [{"deadline": "2026-01", "until": "340/SVHTTDL-VP of 2026-01-23"}],
        ),
        "renamed_from": said(
            "Mã đầu tiên của nhiệm vụ, khi văn bản đánh số lại.",
            "The task's first id, where a document numbers it anew.",
            "A.12",
        ),
    },
    "EachShape": {
        "": said("Mỗi đơn vị của nhóm một phần việc.", "One obligation per member.", {"each": "cac-so-nganh"}),
        "each": said("Nhóm và đơn vị.", "Groups and units.", "cac-so-nganh", ["cac-so-nganh", "ubnd-cap-xa"]),
    },
    "AmendedShape": {
        "": said(
            "Một hạn cũ của nhiệm vụ.",
            "An earlier deadline of the task.",
            {"deadline": "2026-01", "until": "2026-01-23"},
        ),
        "deadline": said("Hạn cũ.", "The deadline that was replaced.", "2026-01"),
        "until": said(
            "Văn bản thay nó và ngày: SỐ of NGÀY, hoặc chỉ ngày.",
            "The document that replaced it: NUMBER of DATE, or a date.",
            "340/SVHTTDL-VP of 2026-01-23",
            "2026-01-23",
        ),
        "why": said("Vì sao thay.", "Why it was replaced.", "lùi thời gian theo đề nghị của Sở"),
        "part": said("Phần nào, khi nhiệm vụ có deadlines:.", "Which part, where the task has deadlines:.", "báo cáo"),
    },
    "EventShape": {
        "": said(
            "Một sự kiện làm thời hạn bắt đầu.",
            "Something that starts deadlines.",
            {"title": "Họp Quý I", "date": "2026-04-10"},
        ),
        "title": said("Điều gì diễn ra.", "What happens.", "Trung ương ban hành Đề án"),
        "date": said("Ngày đã biết trong văn bản.", "Its day, where the document gives it.", "2026-04-10"),
        "dates": said("Các ngày, khi diễn ra nhiều lần.", "Its days, where it recurs.", ["2026-04-10", "2026-10-10"]),
        "after": said(
            "Theo sau sự kiện khác.", "It follows from another event.", {"event": "hop-quy-i", "within": "10 days"}
        ),
        "when_done": said(
            "Diễn ra khi nhiệm vụ ấy được báo xong.", "It happens when that task is reported done.", "A.4"
        ),
        "watch": said(
            "Ai được hỏi định kỳ xem đã diễn ra chưa.",
            "Who is asked again and again whether it has happened.",
            {"ask": "cong-an", "every": "month", "expected": "2026-06-30"},
        ),
    },
    "WatchShape": {
        "": said(
            "Hỏi xem sự kiện đã diễn ra chưa.",
            "Asks whether the event has happened.",
            {"ask": "cong-an", "every": "month"},
        ),
        "ask": said("Đơn vị được hỏi.", "The unit that is asked.", "cong-an"),
        "every": said("Bao lâu hỏi một lần.", "How often.", "month", "week"),
        "expected": said("Dự kiến chậm nhất.", "By when it is expected.", "2026-06-30", "2026-Q2"),
    },
    "AfterEventShape": {
        "": said(
            "Sau sự kiện khác một khoảng.", "So long after another event.", {"event": "hop-quy-i", "within": "10 days"}
        ),
        "event": said("Mã sự kiện.", "The other event.", "hop-quy-i"),
        "within": said("Khoảng thời gian.", "How long after it.", "10 days", "5 working days"),
    },
    "IndicatorShape": {
        "": said(
            "Một chỉ tiêu.",
            "An indicator with a target per year.",
            {"id": "I.1", "title": "Tỷ lệ phủ sóng 5G", "targets": {"2026": "≥ 70"}, "owner": "so-khcn"},
        ),
        "id": said("Mã chỉ tiêu.", "Its id.", "I.1"),
        "section": said("Nhóm, như trong phụ lục.", "The annex's own grouping.", "Hạ tầng số"),
        "title": said("Tên chỉ tiêu.", "What is measured.", "Tỷ lệ phủ sóng 5G"),
        "unit": said("Đơn vị tính.", "The unit it is measured in.", "%"),
        "targets": said("Mục tiêu từng năm.", "The target of each year, as text.", {"2026": "≥ 70", "2030": "100"}),
        "owner": said("Đơn vị hoặc nhóm chịu trách nhiệm.", "The unit or group that answers for it.", "so-khcn"),
        "measure": said(
            "Bao lâu ghi số liệu một lần.",
            "How often a value is asked for.",
            {"every": "quarter", "on": "last"},
        ),
        "source": said("Văn bản giao chỉ tiêu.", "The document that sets it.", "Kế hoạch số 5039/KH-UBND"),
        "note": said("Ghi chú.", "A note.", "Tính đến cuối năm"),
    },
    "RouteShape": {
        "": said(
            "Nhiệm vụ khớp điều kiện dùng thang này.",
            "Tasks that match take this ladder.",
            {"match": {"section": "B"}, "ladder": "gentle"},
        ),
        "match": said("Các điều kiện; phải đúng tất cả.", "The conditions; all must hold.", {"section": "B"}),
        "ladder": said("Thang nhắc.", "The ladder.", "gentle"),
    },
    "MatchShape": {
        "": said("Điều kiện của tuyến.", "The conditions of a route.", {"section": "B", "kind": "recurring"}),
        "section": said("Mục, và các mục con của nó.", "The section, and those below it.", "B", ["A.I", "A.II"]),
        "task": said("Mã nhiệm vụ.", "The task.", "A.14"),
        "lead": said("Đơn vị, nhóm ghi ở lead.", "A unit or group named in the lead.", "so-khcn"),
        "kind": said("Loại thời hạn.", "The kind of the deadline.", "recurring", ["date", "before"]),
    },
    "AmendShape": {
        "": said(
            "Một thay đổi cho nhiệm vụ của chương trình khác.",
            "A change to a task of another programme.",
            {"programme": "dong-thap-2026", "task": "A.30", "deadline": "2026-09"},
        ),
        "programme": said("Chương trình được sửa.", "The programme that is amended.", "dong-thap-2026"),
        "task": said("Nhiệm vụ được sửa.", "The task that is amended.", "A.30"),
        "part": said("Phần nào, khi có nhiều hạn.", "Which part, where it has several deadlines.", "báo cáo"),
        "deadline": said("Hạn mới.", "The new deadline.", "2026-09"),
        "stated": said("Lời của văn bản mới.", "The new document's words.", "Tháng 9"),
        "title": said("Tên mới.", "The new title.", "Hoàn thiện Đề án"),
        "why": said("Vì sao.", "Why.", "theo Kết luận số 12-TB/TU"),
    },
}
