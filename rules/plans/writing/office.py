"""Office: what a drafted rule file takes from the office it is for, and not from the document."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.directory import Directory
from rules.programme import Programme
from rules.wording import Language


@dataclass(frozen=True, slots=True)
class Office:
    """The ids that a programme names, the unit that is its standing office, the language of the comments.

    `events` are those the programme has already, their titles by id. `programmes` are the office's other ones. `is_new`
    says that the file is: single tasks that go into one that is there bring all their questions with them.
    """

    id: str
    directory: Directory
    calendar: str
    ladder: str
    standing: str
    language: Language = "vi"
    is_standing_sure: bool = True
    events: Mapping[str, str] = field(default_factory=dict)
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    is_new: bool = True
