"""Replies done: what a reply asks for is recorded by the same ways as on a page, and told in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from db.evidence_store import EvidenceStore
from db.facts import NotExtended, NotSo, NotThatDay, Proof, Said, ValueAsked
from db.obligations import ObligationState, StoredObligation
from db.once import UsedUp
from notifications.incoming import Attachment
from rules.access import Roles, unit_spoken_for
from rules.calendar import local_day
from rules.days import day_en, day_vi
from rules.evidence import MOST_PROOFS, Refused, too_many
from rules.reply_parts import Command
from rules.wording import Wording
from scheduler import recording
from scheduler.extending import asked_extension
from scheduler.office import Office
from scheduler.proofs import kept

_NOT_SO: dict[ObligationState, Wording] = {
    "done": Wording("đã được báo cáo hoàn thành từ trước", "it was reported done before"),
    "open": Wording("đang được theo dõi tiếp", "it is open"),
    "withdrawn": Wording("nhiệm vụ đã được rút khỏi chương trình", "the task was withdrawn"),
    "closed": Wording("kỳ báo cáo này đã kết thúc", "this occurrence is over"),
}


_VALUE = Wording(
    "đây là số liệu chỉ tiêu, đề nghị ghi giá trị trên trang theo liên kết trong thư",
    "a value is asked for: please write it on the page that the link in the letter leads to",
)


@dataclass(slots=True)
class Done:
    """What came of a reply: sentences on what was recorded and what was not."""

    recorded: list[Wording] = field(default_factory=list)
    refused: list[Wording] = field(default_factory=list)

    @property
    def reason(self) -> str | None:
        """Return why not all was recorded, None when it was."""
        return "refused" if self.refused else None


def do(
    office: Office,
    roles: Roles,
    obligation: StoredObligation,
    command: Command,
    said: Said,
    done: Done,
    *,
    files: Iterable[Attachment] = (),
) -> None:
    """Record what is asked for of one obligation, once, and put into `done` what came of it. Files prove a report."""
    title = _title(office, obligation)
    proofs = _proofs(office, files, done)
    try:
        what = _record(office, roles, obligation, command, replace(said, note=command.note or None), proofs)
    except UsedUp:
        # Recorded before a crash: it is told, and not done, again.
        what = Wording("đã ghi nhận", "recorded")
    except NotSo as fault:
        done.refused.append(_of(title, _NOT_SO[fault.state]))
        return
    except ValueAsked:
        done.refused.append(_of(title, _VALUE))
        return
    except NotThatDay as fault:
        done.refused.append(_of(title, fault.words))
        return
    except NotExtended as fault:
        done.refused.append(_of(title, fault.refused.words))
        return
    done.recorded.append(_of(title, what))


def _record(
    office: Office,
    roles: Roles,
    obligation: StoredObligation,
    command: Command,
    said: Said,
    proofs: list[Proof],
) -> Wording:
    """Record one command and return what was recorded, in words."""
    unit = unit_spoken_for(roles, obligation.key, office.rulebook)
    match command.kind:
        case "done":
            on = command.day or local_day(said.at, office.config.policy.zone)
            document = command.document or None
            recording.reported(office, [obligation], "done", said, on=on, proofs=proofs, document=document)
            return _reported(on, document, len(proofs))
        case "progress":
            recording.remarked(office, obligation, "progress", said, unit=unit, percent=command.percent)
            share = f" {command.percent} %" if command.percent is not None else ""
            return Wording(f"đang thực hiện{share}", f"in progress{share}")
        case "difficulty":
            recording.remarked(office, obligation, "difficulty", said, unit=unit)
            return Wording("khó khăn, vướng mắc", "a difficulty")
        case "not_ours":
            recording.remarked(office, obligation, "not_ours", said, unit=unit)
            return Wording("không thuộc trách nhiệm của đơn vị", "not yours")
        case "extension":
            assert command.day is not None
            asked_extension(office, obligation, command.day, said, unit=unit)
            return Wording(
                f"đề nghị gia hạn đến {day_vi(command.day)}, chờ quyết định",
                f"more time asked for, until {day_en(command.day)}; it waits for its decision",
            )


def _reported(on: date, document: str | None, files: int) -> Wording:
    vi = [f"hoàn thành ngày {day_vi(on)}", *([f"văn bản {document}"] if document else [])]
    en = [f"done on {day_en(on)}", *([f"document {document}"] if document else [])]
    if files:
        vi.append(f"{files} tệp")
        en.append(f"{files} file{'s' if files > 1 else ''}")
    return Wording(", ".join(vi), ", ".join(en))


def _proofs(office: Office, files: Iterable[Attachment], done: Done) -> list[Proof]:
    """Keep the files that are accepted, each once; of the others it is told why not."""
    store = EvidenceStore(office.config.web.evidence)
    found: dict[str, Proof] = {}
    for attachment in files:
        try:
            if len(found) == MOST_PROOFS:
                raise too_many()
            proof = kept(store, attachment.data, attachment.name)
        except Refused as refused:
            done.refused.append(refused.reason)
        else:
            found[proof.sha256 or ""] = proof
    return list(found.values())


def _title(office: Office, obligation: StoredObligation) -> str:
    programme = office.rulebook.programmes.get(obligation.key.programme)
    task = programme.tasks.get(obligation.key.task) if programme else None
    part = f" – {obligation.key.part}" if obligation.key.part else ""
    return f"{task.named} – {task.title}{part}" if task else obligation.key.task


def _of(title: str, what: Wording) -> Wording:
    return Wording(f"{title}: {what.vi}", f"{title}: {what.en}")
