"""Mailed: the letters about obligations, as entries of a task's story."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from db.ledger import Outcome
from rules.chronicle import Entry
from rules.obligation import ObligationKey, Reason
from rules.reasons import plain
from rules.rung_names import rung_name
from rules.wording import Wording

Told = tuple[ObligationKey, Outcome, tuple[str, ...]]
"""What became of a notice of an obligation, with the names of the units to which that passed, if it did."""
_NAMED = 4
"""So many readers are named; of more, their number."""


def mails(told: Iterable[Told], *, chair: str) -> Iterator[Entry]:
    """Yield an entry for each rung of an occurrence and each instant: who was told, who was not and why."""
    alike: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for key, outcome, passed in told:
        slot, at = outcome.notice.slot, _settled(outcome)
        alike[key.part, key.occurrence, slot.edition, slot.rung, slot.turn, at, passed].append((key, outcome, passed))
    for (part, occurrence, edition, rung, turn, _, _), those in alike.items():
        readers = [_reader(key, outcome) for key, outcome, _ in those]
        yield Entry(
            at=_settled(those[0][1]),
            kind="mail",
            words=_words(
                str(rung),
                rung_name(str(rung), turn if isinstance(turn, int) else 0, chair=chair),
                readers,
                those[0][2],
            ),
            part=str(part),
            occurrence=str(occurrence),
            units=tuple(dict.fromkeys(key.unit for key, _, _ in those)),
            details={"rung": rung, "turn": turn, "edition": edition, "readers": readers},
        )


def _settled(outcome: Outcome) -> datetime:
    """Return when it was told or given up; what still waits stands where it was decided."""
    return outcome.notice.settled_at or outcome.decided_at


def _reader(key: ObligationKey, outcome: Outcome) -> dict[str, object]:
    notice = outcome.notice
    return {
        "unit": key.unit,
        "post": notice.slot.unit,
        "role": notice.slot.role,
        "person": notice.person,
        "as": notice.as_,
        "state": notice.state,
        "reason": notice.reason,
        "owed_at": notice.owed_at,
        "settled_at": notice.settled_at,
        "message": outcome.message_id,
        "message_id": outcome.smtp_id,
    }


def _why(reason: str, rung: str, passed: tuple[str, ...], count: int) -> Wording:
    said = plain(Reason(reason), rung, passed)
    times = f" ×{count}" if count > 1 else ""
    return Wording(*(f"{text[0].lower()}{text[1:]}{times}" for text in (said.vi, said.en)))


def _words(rung: str, name: Wording, readers: list[dict[str, object]], passed: tuple[str, ...]) -> Wording:
    sent = [str(one["person"]) for one in readers if one["state"] == "sent"]
    owed = [str(one["person"]) for one in readers if one["state"] == "owed"]
    reasons = Counter(str(one["reason"]) for one in readers if one["state"] == "not_sent")
    vi, en = [], []
    for label_vi, label_en, persons in (("đã gửi", "sent", sent), ("chờ gửi", "owed", owed)):
        if persons:
            whom = ", ".join(dict.fromkeys(persons)) if len(set(persons)) <= _NAMED else str(len(set(persons)))
            vi.append(f"{label_vi} {whom}")
            en.append(f"{label_en} to {whom}")
    if reasons:
        why = [_why(reason, rung, passed, count) for reason, count in reasons.items()]
        vi.append(f"không gửi: {', '.join(one.vi for one in why)}")
        en.append(f"not sent: {', '.join(one.en for one in why)}")
    return Wording(f"{name.vi}: {'; '.join(vi)}", f"{name.en}: {'; '.join(en)}")
