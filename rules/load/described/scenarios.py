"""The keys of a scenario: what is given, and who is expected to hear of it."""

from collections.abc import Mapping

from rules.load.described.said import Keys, said

_MAIL = {"to": "head", "cc": "focal", "rung": "due-soon", "task": "A.14"}
_NOT_SENT = {"to": "head", "rung": "due-soon", "task": "A.14", "reason": "silenced"}
_GIVEN = {"on": "2026-03-20", "done": "A.14", "unit": "so-khcn"}
_EXPECT = {"on": "2026-03-26", "mail": _MAIL}

_TASK = said("Nhiệm vụ mà thư nói tới.", "The task it tells of, one or several.", "A.14", ["A.14", "A.15"])
_RUNG = said(
    "Bậc đôn đốc, hoặc tin ngoài thang: baseline, warning, new, moved, done, watch.",
    "The rung of the ladder, or what is told beside it: baseline, warning, new, moved, done, watch.",
    "due-soon",
    ["late", "late-again"],
)
_PART = said("Phần của nhiệm vụ, khi có nhiều thời hạn.", "The part, of a task with several deadlines.", "phát động")
_OCCURRENCE = said(
    "Kỳ của thời hạn định kỳ: tên kỳ hoặc ngày đến hạn.",
    "The occurrence of a deadline that recurs, by its name or its day.",
    "2026-Q1",
    "2026-03-31",
)
_UNIT = said("Đơn vị: mã, tên hoặc nhóm.", "The unit: by id, name or group.", "so-khcn", ["so-khcn", "Sở Tài chính"])
_WHY = said("Vì sao, cho người đọc.", "Why, for whoever reads it.", "gia hạn theo Công văn 340/SVHTTDL-VP")
_OTHERS = said("Người khác cũng được nhận thư.", "Others may hear as well.", "allowed")
_TO = said(
    "Người được yêu cầu làm: chức trong thang, chức của đơn vị, chức danh hoặc địa chỉ.",
    "Who is asked to act: a post of the ladder, a unit's post, a title or an address.",
    "head",
    ["so-khcn/head", "gd.skhcn@dongthap.example"],
)

KEYS: Mapping[str, Keys] = {
    "ScenarioShape": {
        "": said(
            "Kịch bản: phép thử đặt cạnh quy tắc, do `dondoc test` chạy.",
            "A scenario: a test beside the rules, run by `dondoc test`.",
            {"scenario": "A.14 được nhắc trước hạn", "expect": [_EXPECT]},
        ),
        "scenario": said(
            "Tên kịch bản, một dòng, không trùng.",
            "Its title, one line, unlike all others.",
            "A.14 được nhắc trước hạn",
        ),
        "programme": said(
            "Chương trình được thử; bỏ được khi chỉ có một.",
            "The programme that is tested; may be left out where there is one.",
            "dong-thap-2026",
        ),
        "only": said(
            "Nhiệm vụ được xét trọn thời gian: không ai nghe gì ngoài điều đã nêu.",
            "Tasks looked at on every day: nobody hears of them but as expected.",
            "A.14",
            ["A.14", "A.15"],
        ),
        "task": said(
            "Nhiệm vụ được xét, chỉ trong những ngày đã nêu.",
            "Tasks looked at, on the days named alone.",
            "A.14",
            ["A.14", "A.15"],
        ),
        "start": said(
            "Ngày dondoc bắt đầu chạy: việc đã trễ được tổng hợp một lần.",
            "The day dondoc begins: what is late by then is summed up.",
            "2026-01-05",
        ),
        "from": said(
            "Ngày đầu được xét, nếu sớm hơn ngày chờ đợi đầu tiên.",
            "The first day looked at, where it is not the first expected.",
            "2026-03-01",
        ),
        "until": said(
            "Ngày cuối được xét, nếu muộn hơn ngày chờ đợi cuối cùng.",
            "The last day looked at, where it is not the last expected.",
            "2026-04-30",
        ),
        "others": _OTHERS,
        "note": said("Ghi chú tùy ý.", "Anything to be noted.", "Theo cách tính của Văn phòng."),
        "given": said("Những gì xảy ra trên đường, lần lượt.", "What happens on the way.", [_GIVEN]),
        "expect": said("Ai nghe gì, vào ngày nào.", "Who hears of what, and when.", [_EXPECT]),
    },
    "GivenShape": {
        "": said(
            "Một việc xảy ra: event, done, silence, down, vacant, acting hoặc deadline.",
            "Something that happens: one of event, done, silence, down, vacant, acting, deadline.",
            _GIVEN,
        ),
        "on": said("Ngày xảy ra.", "The day it happens.", "2026-03-20"),
        "until": said("Đến hết ngày.", "The last day of it.", "2026-03-25"),
        "at": said("Giờ xảy ra; không ghi: đầu ngày.", "The hour; without it, the beginning of the day.", "09:30"),
        "event": said("Sự kiện xảy ra.", "The event that happens.", "de-an-an-ninh-mang"),
        "known": said(
            "Ngày sự kiện được ghi nhận, nếu muộn hơn.", "The day the event is recorded, where later.", "2026-06-12"
        ),
        "done": said("Nhiệm vụ được báo cáo hoàn thành.", "The tasks reported done.", "A.14", ["A.14", "A.15"]),
        "silence": said("Nhiệm vụ tạm không nhắc.", "The tasks nobody is reminded of.", "A.14", ["A.14", "A.15"]),
        "down": said("Từ ngày này dondoc không chạy.", "From this day on dondoc does not run.", "2026-04-01"),
        "vacant": said("Chức bị khuyết: ĐƠN VỊ/chức.", "The post that falls vacant: UNIT/post.", "so-khcn/head"),
        "acting": said("Chức có người tạm thay: ĐƠN VỊ/chức.", "The post with a stand-in: UNIT/post.", "so-khcn/head"),
        "title": said("Chức danh người tạm thay.", "The stand-in's title.", "Phó Giám đốc"),
        "email": said("Địa chỉ người tạm thay.", "The stand-in's address.", "pgd@dongthap.example"),
        "deadline": said(
            "Thời hạn khác cho nhiệm vụ, dạng nào cũng được.",
            "Another deadline of the task, in any form.",
            "2026-04-15",
            {"before": "2026-07-15"},
        ),
        "task": said("Nhiệm vụ được đổi thời hạn.", "The tasks given another deadline.", "A.14", ["A.14", "A.15"]),
        "unit": _UNIT,
        "part": _PART,
        "occurrence": _OCCURRENCE,
        "why": _WHY,
    },
    "MailShape": {
        "": said("Một thư được chờ đợi, hoặc không được đến.", "A mail that must come, or must not.", _MAIL),
        "to": _TO,
        "cc": said(
            "Người được biết; ai không nêu thì không được nhận.",
            "Who is informed; those whom nothing names may not hear.",
            "focal",
            ["focal", "coordinate"],
        ),
        "rung": _RUNG,
        "task": _TASK,
        "event": said("Sự kiện được hỏi tới.", "The event that is asked about.", "de-an-an-ninh-mang"),
        "unit": _UNIT,
        "part": _PART,
        "occurrence": _OCCURRENCE,
        "due": said("Ngày đến hạn ghi trong thư.", "The due day it counts to.", "2026-03-31"),
        "because": said(
            "Chữ có trong lý do, tiếng Việt hoặc tiếng Anh.",
            "Words that its reason holds, in Vietnamese or English.",
            "quá hạn 7 ngày",
            ["7 days late"],
        ),
        "says": said("Chữ có trong thư.", "Words that the letter holds.", "Kính gửi", ["hạn cũ 31/01/2026"]),
    },
    "NotSentShape": {
        "": said("Một thông báo bị giữ lại.", "A notice that is held back.", _NOT_SENT),
        "to": _TO,
        "rung": _RUNG,
        "task": _TASK,
        "unit": _UNIT,
        "part": _PART,
        "occurrence": _OCCURRENCE,
        "reason": said("Vì sao không gửi.", "Why it is not sent.", "silenced", "superseded"),
    },
    "ExpectShape": {
        "": said("Ai nghe gì vào một ngày hoặc trong một khoảng.", "Who hears on a day, or within a span.", _EXPECT),
        "on": said(
            "Ngày, hoặc các ngày: mỗi ngày đều phải đến.",
            "The day, or several: it must come on each.",
            "2026-03-26",
            ["2026-03-26", "2026-03-27"],
        ),
        "from": said("Ngày đầu của khoảng.", "The first day of a span.", "2026-05-01"),
        "until": said("Ngày cuối của khoảng.", "The last day of a span.", "2026-05-31"),
        "at": said("Đúng giờ phút này.", "The minute, where it matters.", "11:00"),
        "mail": said("Thư phải đến.", "The mails that must come.", _MAIL, [_MAIL]),
        "nobody": said("Không ai nghe gì.", "Nobody hears.", True),
        "task": said("Chỉ xét những nhiệm vụ này.", "Of these tasks alone.", "A.14", ["A.14", "A.15"]),
        "no_mail": said("Thư không được đến.", "The mails that must not come.", {"to": "overseer"}, [{"to": "chair"}]),
        "not_sent": said("Thông báo bị giữ lại.", "Notices that are held back.", _NOT_SENT, [_NOT_SENT]),
        "others": _OTHERS,
        "why": _WHY,
    },
}
