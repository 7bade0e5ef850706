"""Remarks: what a unit says of an obligation without ending it: how far it is, what is difficult, whose it is."""

from collections.abc import Callable

from db.facts import RemarkKind
from notifications.address import wire_address
from rules.wording import Wording
from web.answers.about import About, unit_of
from web.answers.kind import Given, Kind, Wrong, words
from web.visit import Visit

NOTE = "noi_dung"
PERCENT = "ti_le"
NAME, ADDRESS = "ten", "dia_chi"
_CONTENT = Wording("Nội dung", "What is said")
_HOW_FAR = Wording("Tỷ lệ hoàn thành", "How far")
_SEEN_TO = Wording("Đã ghi nhận là đã được xử lý.", "It has been noted as seen to.")
_DECISION = Wording("Quyết định", "Decision")
_WHY = Wording("Đề nghị ghi lý do: đơn vị sẽ đọc nội dung này.", "Say why: the unit reads it.")
_SAY = Wording("Đề nghị ghi nội dung.", "Please write it down.")


def _progress(visit: Visit, _: About) -> Given:
    percent, note = visit.text(PERCENT), words(visit, NOTE)
    if percent and not (percent.isascii() and percent.isdecimal() and int(percent) <= 100):
        raise Wrong(PERCENT, Wording("Đề nghị ghi một số từ 0 đến 100.", "Write a number from 0 to 100."))
    if not percent and not note:
        raise Wrong(PERCENT, Wording("Đề nghị ghi tỷ lệ hoặc nội dung.", "Write how far it is, or a few words."))
    shown = [(_HOW_FAR, f"{int(percent)} %")] if percent else []
    return Given({PERCENT: percent, NOTE: note}, (*shown, *([(_CONTENT, note)] if note else [])))


def _noted(visit: Visit, _: About) -> Given:
    note = words(visit, NOTE, _SAY)
    return Given({NOTE: note}, ((_CONTENT, note),))


def _resolved(visit: Visit, _: About) -> Given:
    note = words(visit, NOTE)
    return Given({NOTE: note}, ((_CONTENT, note),) if note else ())


def _focal(visit: Visit, _: About) -> Given:
    name = words(visit, NAME, Wording("Đề nghị ghi họ tên hoặc phòng, ban.", "Write the name or the section."))
    address = wire_address(visit.text(ADDRESS, longest=320))
    if address is None:
        raise Wrong(
            ADDRESS,
            Wording("Đề nghị ghi một địa chỉ thư, ví dụ ten@tinh.example.", "Write an address, as a@tinh.example."),
        )
    note = f"{' '.join(name.split())}, {address}"
    return Given({NAME: name, ADDRESS: address}, ((Wording("Đầu mối mới", "New focal point"), note),))


def _recorder(kind: RemarkKind) -> Callable[[Visit, About, Given], None]:
    def record(visit: Visit, found: About, given: Given) -> None:
        fields = given.fields
        note = str(given.shown[0][1]) if kind == "focal" else fields.get(NOTE) or None
        percent = int(fields[PERCENT]) if fields.get(PERCENT) else None
        said = visit.said(note, once=visit.text("once"))
        visit.desk.remarked(found.stored, kind, said, unit=unit_of(visit, found), percent=percent)

    return record


def _is_open(found: About) -> bool:
    return found.is_open


def _has_own_words(found: About) -> bool:
    """Say whether the standing office sees to what waits in words of its own: it is that one thing alone."""
    return found.may_verify and found.unresolved in ({"focal"}, {"not_ours"})


def _decided(start: Wording) -> Callable[[Visit, About], Given]:
    """Return what takes the decision on what is said not to be theirs: the unit reads it with its reason."""

    def check(visit: Visit, _: About) -> Given:
        note = words(visit, NOTE, _WHY)
        return Given({NOTE: note}, ((_DECISION, start), (_CONTENT, note)))

    return check


def _record_decided(start: Wording) -> Callable[[Visit, About, Given], None]:
    def record(visit: Visit, found: About, given: Given) -> None:
        said = visit.said(f"{start.vi}: {given.fields[NOTE]}", once=visit.text("once"))
        visit.desk.remarked(found.stored, "resolved", said, unit=unit_of(visit, found))

    return record


def _decision(name: str, title: Wording, hint: Wording) -> Kind:
    return Kind(
        name=name,
        title=title,
        hint=hint,
        button=Wording("Ghi quyết định", "Record the decision"),
        receipt=_SEEN_TO,
        purpose="remark resolved",
        by="standing",
        is_offered=lambda found: found.unresolved == {"not_ours"},
        check=_decided(title),
        record=_record_decided(title),
    )


KINDS = (
    Kind(
        name="tien-do",
        title=Wording("Đang thực hiện", "In progress"),
        hint=Wording("báo tiến độ, việc nhắc vẫn tiếp tục", "say how far it is; reminders go on"),
        button=Wording("Báo tiến độ", "Report progress"),
        receipt=Wording("Đã ghi nhận tiến độ thực hiện.", "How far it is has been recorded."),
        purpose="remark progress",
        by="owner",
        is_offered=_is_open,
        check=_progress,
        record=_recorder("progress"),
    ),
    Kind(
        name="kho-khan",
        title=Wording("Khó khăn, vướng mắc", "A difficulty"),
        hint=Wording(
            "cơ quan thường trực được báo và đưa vào báo cáo tuần",
            "the standing office is told, and the weekly summary has it",
        ),
        button=Wording("Báo khó khăn", "Tell the difficulty"),
        receipt=Wording(
            "Đã ghi nhận khó khăn, vướng mắc; cơ quan thường trực sẽ được báo trong thư kế tiếp.",
            "The difficulty has been recorded; the standing office is told in its next letter.",
        ),
        purpose="remark difficulty",
        by="owner",
        is_offered=_is_open,
        check=_noted,
        record=_recorder("difficulty"),
    ),
    Kind(
        name="da-xu-ly",
        title=Wording("Vướng mắc đã được xử lý", "It has been seen to"),
        hint=Wording("điều đã báo không còn cần xem xét", "what was told needs no more attention"),
        button=Wording("Ghi đã xử lý", "Note that it has been seen to"),
        receipt=_SEEN_TO,
        purpose="remark resolved",
        by="either",
        is_offered=lambda found: bool(found.unresolved) and not _has_own_words(found),
        check=_resolved,
        record=_recorder("resolved"),
    ),
    Kind(
        name="dau-moi",
        title=Wording("Đổi đầu mối", "Another focal point"),
        hint=Wording("nêu người hoặc phòng nhận thư từ nay", "name who is to get the letters from now on"),
        button=Wording("Đề nghị đổi đầu mối", "Name another focal point"),
        receipt=Wording(
            "Đã ghi nhận đầu mối mới; cơ quan thường trực sẽ cập nhật danh bạ. Đến lúc đó thư vẫn gửi địa chỉ cũ.",
            "The new focal point has been recorded; until the directory has it, letters go to the old address.",
        ),
        purpose="remark focal",
        by="owner",
        is_offered=_is_open,
        check=_focal,
        record=_recorder("focal"),
    ),
    Kind(
        name="khong-thuoc",
        title=Wording("Không thuộc trách nhiệm", "Not ours"),
        hint=Wording("nêu lý do và cơ quan có trách nhiệm, nếu biết", "say why, and whose it is if you know"),
        button=Wording("Báo không thuộc trách nhiệm", "Say that it is not ours"),
        receipt=Wording(
            "Đã ghi nhận; cơ quan thường trực sẽ xem xét. Trước khi có quyết định, việc nhắc vẫn tiếp tục.",
            "It has been recorded; until the standing office decides, reminders go on.",
        ),
        purpose="remark not_ours",
        by="owner",
        is_offered=_is_open,
        check=_noted,
        record=_recorder("not_ours"),
    ),
    Kind(
        name="da-sua-danh-ba",
        title=Wording("Đã sửa danh bạ đầu mối", "The directory has the new focal point"),
        hint=Wording(
            "sửa địa chỉ trong tệp danh bạ trước: ghi ở đây không đổi người nhận thư",
            "edit the directory's rule file first: this does not change who gets the letters",
        ),
        button=Wording("Ghi đã sửa danh bạ", "Note that it has it"),
        receipt=_SEEN_TO,
        purpose="remark resolved",
        by="standing",
        is_offered=lambda found: found.unresolved == {"focal"},
        check=_resolved,
        record=_recorder("resolved"),
    ),
    _decision(
        "da-chuyen",
        Wording("Đã chuyển đơn vị khác", "It goes to another unit"),
        Wording(
            "sửa đơn vị chủ trì trong tệp quy tắc của chương trình: ghi ở đây không đổi đơn vị",
            "edit the lead in the programme's rule file: this does not change whose it is",
        ),
    ),
    _decision(
        "van-thuoc",
        Wording("Vẫn thuộc trách nhiệm của đơn vị", "It stays with the unit"),
        Wording("nêu lý do; đơn vị đọc được ở trang của nhiệm vụ", "say why; the unit reads it on the task's page"),
    ),
)
