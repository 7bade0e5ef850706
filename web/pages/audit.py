"""The audit trail, for administrators: who did what, when, from where."""

from typing import NamedTuple

from starlette.responses import Response

from db.facts import trail
from rules.wording import Wording
from web.page import Page
from web.visit import Visit

SHOWN = 200
DONE: dict[str, Wording] = {
    "signed in": Wording("đăng nhập", "signed in"),
    "signed out": Wording("đăng xuất", "signed out"),
    "report done": Wording("báo cáo hoàn thành", "reported done"),
    "report reopened": Wording("mở lại", "reopened"),
    "remark progress": Wording("báo cáo tiến độ", "told of progress"),
    "remark difficulty": Wording("nêu khó khăn", "told of a difficulty"),
    "remark resolved": Wording("hết khó khăn", "difficulty resolved"),
    "remark focal": Wording("nêu đầu mối khác", "named another focal post"),
    "remark not_ours": Wording("báo không thuộc đơn vị", "said it is not theirs"),
    "verify accepted": Wording("xác nhận", "accepted"),
    "verify returned": Wording("trả lại", "returned"),
    "contribute results": Wording("viết kết quả cho báo cáo", "wrote results for the summary"),
    "contribute difficulties": Wording("viết khó khăn cho báo cáo", "wrote difficulties for the summary"),
    "contribute next": Wording("viết nhiệm vụ tiếp theo cho báo cáo", "wrote what comes next for the summary"),
    "confirm summary": Wording("xác nhận báo cáo", "confirmed a summary"),
    "mark entered": Wording("ghi đã nhập hệ thống quốc gia", "marked as entered in the national system"),
    "indicator measured": Wording("ghi số liệu chỉ tiêu", "recorded a value of an indicator"),
    "indicator retracted": Wording("rút số liệu chỉ tiêu", "took a value of an indicator back"),
    "extension asked": Wording("đề nghị gia hạn", "asked for an extension"),
    "extension granted": Wording("đồng ý gia hạn", "granted an extension"),
    "extension refused": Wording("không đồng ý gia hạn", "refused an extension"),
    "extension withdrawn": Wording("rút đề nghị gia hạn", "took a request back"),
    "event happened": Wording("ghi nhận sự kiện", "recorded an event"),
    "event retracted": Wording("bỏ ghi nhận sự kiện", "took a record of an event back"),
}
"""Actions in words; one that is not among them is shown as it is stored."""
SUBJECTS: dict[str, Wording] = {
    "link": Wording("bằng liên kết trong thư", "by a link from a letter"),
    "oidc": Wording("qua cổng xác thực", "by the issuer of identities"),
    "web": Wording("trên trang", "on a page"),
}
"""How somebody signed in or out, in words; every other subject is a name of its own."""
WAYS: dict[str, Wording] = {
    "web": Wording("trang", "page"),
    "mail": Wording("thư", "mail"),
    "cli": Wording("dòng lệnh", "command"),
}


class Asked(NamedTuple):
    """What of the trail is asked for; '' lets all through."""

    person: str = ""
    subject: str = ""


def show(visit: Visit) -> Response:
    """Show the last actions, those of a person or on a subject if asked."""
    query = visit.request.query_params
    asked = Asked(query.get("person", "").strip().casefold(), query.get("subject", "").strip())
    with visit.reading() as connection:
        found = trail(connection, person=asked.person or None, subject=asked.subject or None, limit=SHOWN + 1)
    return visit.render(
        "audit.html.j2",
        asked=asked,
        found=found[:SHOWN],
        more=len(found) > SHOWN,
        shown=SHOWN,
        done=DONE,
        ways=WAYS,
        subjects=SUBJECTS,
    )


PAGES = (Page("/nhat-ky", "see_audit", show, menu=Wording("Nhật ký thao tác", "Audit trail")),)
