"""From shapes to the nouns of `rules`: every reference looked up, everything that hangs together checked together."""

from rules.load.build.amend import amended
from rules.load.build.calendar import calendar
from rules.load.build.ladder import ladder
from rules.load.build.people import Who, directory
from rules.load.build.programme import Draft, draft, finished
from rules.load.documents import Documents
from rules.load.place import Faults
from rules.programme import Rulebook


def rulebook(documents: Documents, faults: Faults, *, digest: str) -> Rulebook:
    """Return all that the documents say; it holds together only if nothing was added to `faults`."""
    known: dict[str, Who] = {name: directory(each, faults) for name, each in documents.directories.items()}
    ladders = {name: ladder(each, faults) for name, each in documents.ladders.items()}
    calendars = {name: calendar(each, faults) for name, each in documents.calendars.items()}
    drafts: dict[str, Draft] = {
        name: draft(each, documents, _who(known.get(each.shape.directory)), calendars, faults)
        for name, each in documents.programmes.items()
    }
    amended(drafts, documents, faults)
    return Rulebook(
        programmes={name: finished(each) for name, each in drafts.items()},
        directories={name: who.directory for name, who in known.items()},
        ladders=ladders,
        calendars=calendars,
        digest=digest,
    )


def _who(found: Who | None) -> Who | None:
    return found if found and found.is_complete else None
