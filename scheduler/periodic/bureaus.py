"""Bureaus: the standing offices of the rules in force, each with the programmes it sums up and those who read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rules.calendar import Calendar
from rules.digest import Recipient
from rules.directory import Directory, Holder
from rules.periodic.snapshot import StandingOffice
from rules.programme import Programme, Rulebook
from rules.recipients import AddressBook
from rules.roster import Roster


@dataclass(frozen=True, slots=True)
class Bureau:
    """A standing office at work: it closes periods by the calendar of the first of its programmes."""

    office: StandingOffice
    directory: Directory
    programmes: tuple[Programme, ...]
    calendar: Calendar

    @property
    def name(self) -> str:
        """Return what the standing office is called."""
        return self.directory.units[self.office.unit].name


def bureaus(rulebook: Rulebook) -> list[Bureau]:
    """Return the standing offices, in the order of the programmes."""
    by_office: dict[StandingOffice, list[Programme]] = {}
    for programme in rulebook.programmes.values():
        by_office.setdefault(StandingOffice(programme.directory, programme.standing), []).append(programme)
    return [
        Bureau(
            office,
            rulebook.directories[office.directory],
            tuple(programmes),
            rulebook.calendars[programmes[0].calendar],
        )
        for office, programmes in by_office.items()
    ]


def bureau_of(rulebook: Rulebook, office: str) -> Bureau | None:
    """Return the standing office of that name (`directory/unit`), None when the rules no longer know it."""
    return next((found for found in bureaus(rulebook) if str(found.office) == office), None)


def offices_of(rulebook: Rulebook, directory: str) -> tuple[str, ...]:
    """Return the names of the standing offices of a directory."""
    return tuple(str(found.office) for found in bureaus(rulebook) if found.office.directory == directory)


def writers(bureau: Bureau, roster: Roster, units: Iterable[str], today: date) -> dict[str, Recipient]:
    """Return who writes for each of these units: its focal post, or who stands above it; nobody where nobody can be
    written to."""
    book = roster.book(bureau.directory, today)
    found = ((unit, next(_reached(book, unit, "focal"), None)) for unit in units)
    return {unit: one for unit, one in found if one}


def compilers(bureau: Bureau, roster: Roster, today: date) -> tuple[Recipient, ...]:
    """Return who reads drafts: the focal post of the standing office, or who stands above it."""
    book = roster.book(bureau.directory, today)
    return _once(_reached(book, bureau.office.unit, "focal"))


def readers(bureau: Bureau, roster: Roster, units: Iterable[str], today: date) -> tuple[Recipient, ...]:
    """Return who reads a summary: the chair, the overseers of the units in it, and those who drew it up."""
    directory, book = bureau.directory, roster.book(bureau.directory, today)
    found = [_recipient(directory.chair.holder(today) if directory.chair else None)]
    for unit in units:
        post = directory.post(unit, "overseer") if unit in directory.units else None
        found.append(_recipient(post.holder(today) if post else None))
    return _once(
        (*(one for one in found if one), *_reached(book, bureau.office.unit, "head"), *compilers(bureau, roster, today))
    )


def _reached(book: AddressBook, unit: str, role: str) -> Iterator[Recipient]:
    reached = book.holder_or_above(unit, "focal" if role == "focal" else "head")
    found = _recipient(reached.holder, book.directory.units[unit].name)
    if found:
        yield found


def _recipient(holder: Holder | None, unit_name: str = "") -> Recipient | None:
    return Recipient(holder.title, holder.email, unit_name, holder.acting) if holder else None


def _once(found: Iterable[Recipient]) -> tuple[Recipient, ...]:
    """Return each address once, by the first post it was found for."""
    by_email: dict[str, Recipient] = {}
    for one in found:
        by_email.setdefault(one.email, one)
    return tuple(by_email.values())
