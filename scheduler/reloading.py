"""What admins are told of the rule files: that they are broken, that they are whole again, that changed ones wait; each
once, and at any hour."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy.engine import Connection

from db.leader import leads
from db.outbox import NewMessage, enqueue
from db.revisions import files_of
from db.troubles import Trouble, mark_told, open_troubles, resolve_told, resolve_troubles
from rules.programme import Rulebook
from scheduler.folder import RuleFiles, texts_of
from scheduler.foreseen import foreseen
from scheduler.message_kinds import ADMIN
from scheduler.office import Office
from scheduler.prompting import RULES, WAITING
from scheduler.revised import file_edits

Waits = Literal["ask", "reverted", "removed"]
_WHY: dict[Waits, str] = {
    "ask": "Tệp quy tắc đã thay đổi và chờ lệnh `dondoc apply`",
    "removed": "Có chương trình không còn trong thư mục quy tắc; chờ lệnh `dondoc apply`",
    "reverted": "Thư mục vẫn giữ tệp quy tắc khác với bản đã được khôi phục; chờ lệnh `dondoc apply`",
}
_WHY_EN: dict[Waits, str] = {
    "ask": "Changed rule files wait for `dondoc apply`",
    "removed": "A programme is gone from the folder of rule files, which waits for `dondoc apply`",
    "reverted": "The folder still differs from the revision that was reverted to, and waits for `dondoc apply`",
}

__all__ = ["WAITING", "Waits", "tell_admins", "tell_whole_again", "waiting_text"]


def tell_admins(office: Office, *, now: datetime) -> None:
    """Put a letter to each admin into the outbox when there are troubles nobody was told of."""
    if not office.config.mail.admins:
        return
    with office.engine.begin() as connection:
        if not leads(connection):
            return
        untold = open_troubles(connection, only_untold=True)
        if untold:
            mark_told(connection, [trouble.id for trouble in untold], at=now)
            _write_to(office.config.mail.admins, connection, untold, now=now)


def tell_whole_again(office: Office, connection: Connection, *, now: datetime) -> bool:
    """Note that nothing is wrong with the rule files any more; whoever was told that something was is told so.

    Return whether a letter goes out for it, which tells whatever else is open.
    """
    told = [trouble for trouble in open_troubles(connection) if trouble.kind == RULES and trouble.told_at]
    # Of several processes that see it at once, one resolves them.
    is_told = bool(resolve_told(connection, RULES, at=now) and told)
    if is_told:
        _write_to(office.config.mail.admins, connection, told, now=now)
    resolve_troubles(connection, RULES, at=now)
    return is_told


def waiting_text(office: Office, read: RuleFiles, rulebook: Rulebook, waits: Waits, *, now: datetime) -> str:
    """Return what waits and what applying it would do, in both languages."""
    with office.engine.connect() as connection:
        edits = list(file_edits(files_of(connection, office.revision), texts_of(read.files)))
    counts = foreseen(office.config, office.engine, rulebook, read.files, now=now)
    names = ", ".join(edit.name for edit in edits[:5]) + (", …" if len(edits) > 5 else "")
    vi = (
        f"{_WHY[waits]}. Bản {office.revision} vẫn có hiệu lực. {len(edits)} tệp khác ({names}): "
        f"{counts.new} việc mới, {counts.moved} đổi thời hạn, {counts.reopened} theo dõi lại, {counts.withdrawn} rút."
    )
    en = (
        f"{_WHY_EN[waits]}; revision {office.revision} stays in force. {len(edits)} file(s) differ: {counts.new} new, "
        f"{counts.moved} moved, {counts.reopened} reopened, {counts.withdrawn} withdrawn."
    )
    return f"{vi} / {en}"


def _write_to(admins: Sequence[str], connection: Connection, of: Sequence[Trouble], *, now: datetime) -> None:
    named = f"{now.isoformat()}|{of[-1].id}"
    enqueue(connection, [NewMessage(f"{ADMIN}|{address}|{named}", address, ADMIN, now, now) for address in admins])
