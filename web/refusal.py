"""Refusals: what a page says when it cannot do what was asked: what happened, and what to do now."""

from typing import Literal, NamedTuple, get_args

from rules.wording import Wording

Reason = Literal[
    "forged",
    "expired",
    "hour_over",
    "early",
    "used",
    "foreign",
    "no_longer",
    "feed_over",
    "not_allowed",
    "not_found",
    "no_such_way",
    "too_large",
    "too_many",
    "form",
    "origin",
    "missing",
    "not_identified",
    "broken",
]


class Notice(NamedTuple):
    """A page that refuses: its status, what it says, and what to do."""

    status: int
    title: Wording
    what: Wording
    then: Wording


class Refusal(Exception):
    """Ends a visit with the page of that reason; `detail` is put below it, `wait` is in seconds, and `to` is the path
    on which to go on signed in."""

    def __init__(
        self, reason: Reason, detail: Wording | None = None, *, wait: int | None = None, to: str | None = None
    ) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.detail = detail
        self.wait = wait
        self.to = to


_ASK_ANEW = Wording(
    "Đề nghị mở liên kết trong thư đôn đốc gần nhất, hoặc đăng nhập rồi vào mục Việc của tôi.",
    "Please open the link in the latest letter, or sign in and go to My work.",
)

NOTICES: dict[Reason, Notice] = {
    "forged": Notice(
        404,
        Wording("Liên kết không đúng", "This link is not right"),
        Wording(
            "Liên kết này không do hệ thống lập ra, hoặc đã bị sao chép thiếu. Chưa có gì được ghi nhận.",
            "This link was not made by this system, or was copied in part. Nothing was recorded.",
        ),
        _ASK_ANEW,
    ),
    "expired": Notice(
        410,
        Wording("Liên kết đã hết hạn", "This link has expired"),
        Wording(
            "Liên kết chỉ dùng được trong một thời gian; thời gian đó đã qua. Chưa có gì được ghi nhận.",
            "A link is good for a while only, and that while is over. Nothing was recorded.",
        ),
        _ASK_ANEW,
    ),
    "hour_over": Notice(
        410,
        Wording("Liên kết đã hết hạn", "This link has expired"),
        Wording(
            "Giờ gửi nội dung của kỳ này đã qua; nội dung đã ghi trước giờ đó vẫn được giữ.",
            "The hour of writing for this period has passed; what was saved before stays.",
        ),
        Wording(
            "Nếu báo cáo chưa được gửi đi, đề nghị đăng nhập, vào mục Báo cáo để ghi.",
            "Until the summary is sent, please sign in and go to Summaries.",
        ),
    ),
    "early": Notice(
        400,
        Wording("Đồng hồ máy chủ chưa khớp", "A clock is wrong"),
        Wording(
            "Liên kết mang thời điểm chưa tới: đồng hồ của máy chủ đã bị chỉnh lùi. Chưa có gì được ghi nhận.",
            "The link bears a time still to come: the server's clock was set back. Nothing was recorded.",
        ),
        Wording(
            "Đề nghị thử lại sau ít phút; nếu vẫn vậy, báo cho quản trị hệ thống.",
            "Please try again in a few minutes; if it lasts, tell the administrator.",
        ),
    ),
    "used": Notice(
        409,
        Wording("Liên kết đã được dùng", "This link was used already"),
        Wording("Liên kết này chỉ dùng được một lần và đã được dùng.", "This link works once, and it was used."),
        Wording(
            "Nếu chính đồng chí đã dùng, không cần làm gì thêm. Nếu không, đề nghị xin liên kết mới và báo quản trị.",
            "If it was you, nothing more is needed. If not, ask for a new link and tell the administrator.",
        ),
    ),
    "foreign": Notice(
        403,
        Wording("Liên kết của người khác", "Somebody else's link"),
        Wording(
            "Liên kết này được gửi cho một địa chỉ khác với địa chỉ đang đăng nhập. Chưa có gì được ghi nhận.",
            "This link was sent to another address than the one signed in here. Nothing was recorded.",
        ),
        Wording(
            "Đề nghị đăng xuất rồi mở lại liên kết, hoặc dùng liên kết trong thư gửi cho chính mình.",
            "Please sign out and open the link again, or use the link in a letter to yourself.",
        ),
    ),
    "feed_over": Notice(
        410,
        Wording("Địa chỉ lịch không còn dùng", "This calendar address is over"),
        Wording(
            "Địa chỉ lịch này đã được thay hoặc thu hồi, nên không còn cập nhật.",
            "This address of a calendar was replaced or ended: nothing comes by it any more.",
        ),
        Wording(
            "Đề nghị đăng nhập, vào mục Lịch của tôi để lấy địa chỉ mới, rồi xóa lịch cũ.",
            "Please sign in, take the new address from My calendar, and delete the old one.",
        ),
    ),
    "no_longer": Notice(
        403,
        Wording("Địa chỉ không còn trong danh bạ", "No longer in the directory"),
        Wording(
            "Địa chỉ nhận liên kết này hiện không giữ chức vụ nào trong danh bạ. Chưa có gì được ghi nhận.",
            "The address this link was sent to holds no post of the directory now. Nothing was recorded.",
        ),
        Wording(
            "Đề nghị chuyển thư cho người đang phụ trách, hoặc báo cơ quan thường trực.",
            "Please pass the letter on to whoever is in charge now, or tell the standing office.",
        ),
    ),
    "not_allowed": Notice(
        403,
        Wording("Không thuộc thẩm quyền", "Not for this post"),
        Wording(
            "Chức vụ đang đăng nhập không được xem hoặc làm việc này.",
            "The post signed in here may not see or do this.",
        ),
        Wording(
            "Nếu cần, đề nghị liên hệ cơ quan thường trực của chương trình.",
            "If you need it, please turn to the programme's standing office.",
        ),
    ),
    "not_found": Notice(
        404,
        Wording("Không có trang này", "There is no such page"),
        Wording(
            "Địa chỉ gõ vào không đúng, hoặc nội dung không còn.",
            "The address is not right, or what it showed is gone.",
        ),
        Wording("Đề nghị trở về trang đầu.", "Please go back to the first page."),
    ),
    "no_such_way": Notice(
        405,
        Wording("Yêu cầu không đúng cách", "Not asked in the right way"),
        Wording("Trang này không nhận yêu cầu kiểu đó.", "This page takes no request of that kind."),
        Wording("Đề nghị trở về trang đầu.", "Please go back to the first page."),
    ),
    "too_large": Notice(
        413,
        Wording("Nội dung gửi lên quá lớn", "Too much at once"),
        Wording(
            "Nội dung hoặc tệp gửi lên vượt mức cho phép. Chưa có gì được ghi nhận.",
            "What was sent is larger than is taken. Nothing was recorded.",
        ),
        Wording("Đề nghị gửi tệp nhỏ hơn, hoặc gửi đường dẫn tới tệp.", "Please send a smaller file, or a link to it."),
    ),
    "too_many": Notice(
        429,
        Wording("Quá nhiều lần", "Too many attempts"),
        Wording(
            "Đã có quá nhiều lần thử trong thời gian ngắn; hệ thống tạm dừng nhận.",
            "There were too many attempts in a short time; no more are taken for a while.",
        ),
        Wording("Đề nghị thử lại sau ít phút.", "Please try again in a few minutes."),
    ),
    "form": Notice(
        400,
        Wording("Biểu mẫu đã cũ", "The form is out of date"),
        Wording(
            "Biểu mẫu được mở từ phiên khác hoặc đã quá lâu. Chưa có gì được ghi nhận.",
            "The form belongs to another session, or was left open too long. Nothing was recorded.",
        ),
        Wording("Đề nghị mở lại trang và gửi lại.", "Please open the page again, and send it again."),
    ),
    "origin": Notice(
        403,
        Wording("Yêu cầu đến từ trang khác", "Asked from another site"),
        Wording(
            "Biểu mẫu không được gửi từ trang của hệ thống này. Chưa có gì được ghi nhận.",
            "The form was not sent from a page of this system. Nothing was recorded.",
        ),
        Wording(
            "Đề nghị mở trang của hệ thống bằng trình duyệt và gửi lại.",
            "Please open the page of this system in a browser, and send it from there.",
        ),
    ),
    "missing": Notice(
        400,
        Wording("Thông tin chưa đúng", "Something is missing or wrong"),
        Wording("Một mục trong biểu mẫu còn thiếu hoặc không đúng.", "A field of the form is missing or wrong."),
        Wording("Đề nghị trở lại, sửa và gửi lại.", "Please go back, mend it and send it again."),
    ),
    "not_identified": Notice(
        403,
        Wording("Chưa xác thực được", "Not identified"),
        Wording("Nơi xác thực chưa cho biết đồng chí là ai.", "The issuer has not said who you are."),
        Wording(
            "Đề nghị thử lại, hoặc đăng nhập bằng liên kết gửi qua thư.",
            "Please try again, or sign in by a link sent by mail.",
        ),
    ),
    "broken": Notice(
        500,
        Wording("Hệ thống gặp lỗi", "Something broke"),
        Wording(
            "Yêu cầu chưa thực hiện được do lỗi của hệ thống; lỗi đã được ghi lại.",
            "This could not be done for a fault of the system, which has been noted.",
        ),
        Wording(
            "Đề nghị thử lại sau ít phút; nếu vẫn vậy, báo cho quản trị hệ thống.",
            "Please try again in a few minutes; if it lasts, tell the administrator.",
        ),
    ),
}

assert set(NOTICES) == set(get_args(Reason))
