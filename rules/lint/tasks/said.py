"""Rõ sản phẩm, and the document's own words: a task says what comes of it, and quotes its deadline."""

from collections.abc import Iterator

from rules.deadline import Continuous
from rules.lint.finding import Check, Found
from rules.lint.subject import Subject
from rules.wording import Wording


def _no_product(subject: Subject) -> Iterator[Found]:
    said = Wording("không nói sản phẩm: lấy gì để biết là xong", "no product: nothing tells when it is done")
    for programme, task in subject.tasks():
        if task.product is None:
            yield Found(subject.place(programme, task), said)


def _not_stated(subject: Subject) -> Iterator[Found]:
    said = Wording(
        "không có lời của văn bản về thời hạn (stated:): thư không trích được, không ai đối chiếu được",
        "the document's own words for the deadline (stated:) are missing: no letter quotes them, nobody can compare",
    )
    for programme, task in subject.tasks():
        if task.stated is None and not all(isinstance(each, Continuous) for each in task.deadlines.values()):
            yield Found(subject.place(programme, task), said)


PRODUCT = Check(
    "D106",
    "no-product",
    "warning",
    Wording("rõ sản phẩm: không nói sản phẩm", "product: none is named"),
    Wording(
        "Sản phẩm cho biết thế nào là xong: Quyết định của UBND tỉnh, báo cáo, hệ thống đã nghiệm thu.",
        "The product says what done means: a decision, a report, a system taken over.",
    ),
    Wording(
        "thêm product:, như product: Kế hoạch của UBND tỉnh", "add product:, as in product: Kế hoạch của UBND tỉnh"
    ),
    bad="- {id: A.1, title: Rà soát cơ sở dữ liệu, lead: so-a, stated: Tháng 3, deadline: 2026-03}",
    good="product: Báo cáo của Sở A",
    find=_no_product,
)
STATED = Check(
    "D109",
    "not-stated",
    "warning",
    Wording("thiếu lời của văn bản về thời hạn", "the document's words for the deadline are missing"),
    Wording(
        "Thư nhắc trích thời hạn đúng như văn bản ghi; không có lời ấy thì không ai kiểm tra được thời hạn trong tệp.",
        "Letters quote the deadline as the document has it; without its words nobody can check the one in the file.",
    ),
    Wording(
        "thêm stated: với đúng lời của văn bản, như stated: Tháng 3",
        "add stated: in the document's words, as in stated: Tháng 3",
    ),
    bad="- {id: A.1, title: Rà soát cơ sở dữ liệu, lead: so-a, product: Báo cáo, deadline: 2026-03}",
    good="stated: Tháng 3",
    find=_not_stated,
)
