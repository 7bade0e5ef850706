"""Doubted: why a reply was not acted upon, in words."""

from collections.abc import Mapping

from rules.wording import Wording

DOUBTS: Mapping[str, Wording] = {
    "empty": Wording("Thư không có nội dung trả lời.", "Nothing was written."),
    "no_command": Wording("Dòng đầu không có lệnh.", "There is no command on the first line."),
    "which_task": Wording(
        "Chưa rõ trả lời nhiệm vụ nào trong các nhiệm vụ của thư.", "It is not clear which of several tasks is meant."
    ),
    "unknown_task": Wording("Thư đôn đốc không có nhiệm vụ này.", "The letter told of no such task."),
    "unsaid_task": Wording(
        "Thư nói đến nhiệm vụ này mà không có lệnh riêng cho nó.", "It speaks of this task without a command for it."
    ),
    "day_to_come": Wording(
        "Ngày hoàn thành chưa tới; chỉ nhận ngày đã qua hoặc ngày viết thư.",
        "The day on which it was done has not come yet; accepted are days up to that of the letter.",
    ),
    "no_day": Wording("Chưa rõ gia hạn đến ngày nào.", "It is not clear until which day."),
    "no_words": Wording("Chưa nêu khó khăn gì.", "It is not said what is difficult."),
    "no_progress": Wording(
        "Chưa nêu làm đến đâu (tỷ lệ, hoặc vài lời).", "It is not said how far it is (a share, or a few words)."
    ),
    "contradiction": Wording("Nội dung có thể hiểu theo nhiều cách.", "It can be understood in more than one way."),
    "question": Wording("Thư là câu hỏi.", "It is a question."),
    "refused": Wording(
        "Lệnh rõ nhưng không ghi nhận được theo quy định; người viết đã được trả lời vì sao.",
        "It is clear, and may not be recorded by the rules; its writer was told why.",
    ),
    "too_many": Wording("Thư có quá nhiều lệnh.", "There are too many commands."),
    "other_sender": Wording("Người gửi không phải người nhận thư đôn đốc.", "Somebody else answered than was asked."),
    "unauthenticated": Wording("Máy chủ thư chưa xác thực được người gửi.", "The sender could not be authenticated."),
    "no_longer": Wording("Người gửi không còn trong danh bạ.", "The sender is no longer in the directory."),
    "too_large": Wording("Thư quá lớn, chưa được đọc.", "It is too large, and was not read."),
    "fault": Wording("Hệ thống gặp lỗi khi đọc thư.", "A fault of the system kept it from being read."),
}
"""Why nothing was done, in words."""
