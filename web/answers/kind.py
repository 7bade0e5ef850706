"""Kind: one way to answer: its form, what is taken from it, and what is recorded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from db.facts import Proof
from rules.days import full
from rules.wording import Wording
from web.answers.about import About
from web.visit import Visit

LONGEST_NOTE = 4_000


@dataclass(frozen=True, slots=True)
class Given:
    """What a form came to: `fields` go with the confirmation as they were written, `shown` is what it shows of them."""

    fields: Mapping[str, str]
    shown: tuple[tuple[Wording, Wording | str], ...] = ()
    proofs: tuple[Proof, ...] = ()


class Wrong(Exception):
    """A form that cannot be taken as it is: what is wrong with which field. `held` names the files that came along;
    `lost_files`: those that came before are gone."""

    def __init__(self, name: str, fault: Wording, *, lost_files: bool = False) -> None:
        super().__init__(name)
        self.lost_files = lost_files
        self.name, self.fault, self.held = name, fault, ""


def flagged(on: date, flag: Wording | None) -> Wording:
    """Return the day that a report names, with what whoever verifies it is told of that day."""
    day = full(on)
    return Wording(f"{day.vi} ({flag.vi})", f"{day.en} ({flag.en})") if flag else day


def held_after(wrong: Wrong | None, sent: str) -> str:
    """Return the name of the files that came along, of a form that was sent with `sent` for them."""
    return sent if wrong is None or not (wrong.held or wrong.lost_files) else wrong.held


@dataclass(frozen=True)
class Kind:
    """One way to answer. `check` takes the form (Wrong where something is missing) and records nothing; `record` does.

    `purpose` is what the recorded action is called under its number (`db.once`), by which the receipt finds it again.
    """

    name: str
    title: Wording
    hint: Wording
    button: Wording
    receipt: Wording
    purpose: str
    by: Literal["owner", "standing", "either", "decider"]
    is_offered: Callable[[About], bool]
    check: Callable[[Visit, About], Given]
    record: Callable[[Visit, About, Given], None]
    tone: str = "calm"
    takes_files: bool = False
    also: Mapping[str, object] = field(default_factory=dict)
    """What its form needs to be given beside, by name."""

    def is_for(self, found: About) -> bool:
        """Say whether it is for who asks to answer so, however the obligation stands."""
        may = {"owner": found.may_answer, "standing": found.may_verify, "decider": found.may_decide}
        may["either"] = may["owner"] or may["standing"]
        return may[self.by]

    def is_open_to(self, found: About) -> bool:
        """Say whether who asks may answer so, as the obligation stands."""
        return self.is_for(found) and self.is_offered(found)


def words(visit: Visit, name: str, missing: Wording | None = None) -> str:
    """Return what was written into a field; Wrong when it is too long, or nothing was and it may not be `missing`."""
    text = visit.text(name)
    if len(text) > LONGEST_NOTE:
        raise Wrong(name, Wording(f"Dài quá {LONGEST_NOTE} ký tự.", f"Longer than {LONGEST_NOTE} characters."))
    if not text and missing is not None:
        raise Wrong(name, missing)
    return text
