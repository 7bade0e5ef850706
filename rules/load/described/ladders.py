"""The keys of a ladder and its rungs."""

from collections.abc import Mapping

from rules.load.described.said import Keys, said

_RUNG = {"id": "late", "at": "1 working day late", "to": ["head"], "cc": ["focal", "standing"], "repeat": "7 days"}

KEYS: Mapping[str, Keys] = {
    "LadderShape": {
        "": said(
            "Thang nhắc: khi nào, báo ai.", "A ladder: when, to which post.", {"ladder": "standard", "rungs": [_RUNG]}
        ),
        "ladder": said("Mã thang.", "The ladder's id.", "standard"),
        "rungs": said("Các bậc, theo thứ tự thời gian.", "The rungs, in order of time.", [_RUNG]),
    },
    "RungShape": {
        "": said("Một bậc.", "A rung.", _RUNG),
        "id": said("Mã bậc.", "The rung's id.", "late"),
        "at": said(
            "Khi nào: due, N … before, N … late.",
            "When: due, N … before, N … late.",
            "14 days before",
            "due",
            "1 working day late",
            "2 hours late",
        ),
        "to": said("Chức được yêu cầu làm.", "The posts asked to act.", ["head"], ["overseer"]),
        "cc": said("Chức được báo để biết.", "The posts that are informed.", ["focal", "standing"]),
        "repeat": said("Lặp lại chừng nào chưa xong.", "Repeated as long as it is open.", "7 days"),
        "if_missed": said(
            "Bị lỡ thì: merge nhường bậc sau, late vẫn gửi, drop bỏ.",
            "If missed: merge gives way to a later rung, late is sent even so, drop is not.",
            "merge",
            "late",
            "drop",
        ),
        "expires": said("Quá bao lâu thì không gửi nữa.", "Past that age it is not sent.", "30 days"),
    },
}
