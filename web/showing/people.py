"""People: what an address is by the directories in force: the titles of its posts with their units."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from rules.ladder import SUPERIORS
from rules.posts import of_unit, posts
from rules.wording import Wording
from web.visit import Visit

ADMIN = Wording("Quản trị hệ thống", "Administrator")


@dataclass(frozen=True, slots=True)
class People:
    """The people of the directories; each day that is asked for is worked out once."""

    visit: Visit
    _known: dict[date, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def at(self, address: str, at: datetime) -> str:
        """Return the titles of an address on the day of an instant, each once: `Văn phòng, Sở 2; Giám đốc Sở 3`. ''
        where it held no post then."""
        on, folded = self.visit.day_of(at), address.casefold()
        if on not in self._known:
            self._known[on] = self._titles(on)
        titles = self._known[on].get(folded, ())
        if not titles and folded in {one.casefold() for one in self.visit.desk.admins}:
            titles = (self.visit.say(ADMIN),)
        return "; ".join(titles)

    def _titles(self, on: date) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for directory in self.visit.desk.rulebook.directories.values():
            for unit, role, post in posts(directory):
                holder = post.holder(on)
                if holder is not None:
                    # Who is above several units is named once, as letters do.
                    name = directory.units[unit].name if unit and role not in SUPERIORS else ""
                    found.setdefault(holder.email.casefold(), {})[of_unit(holder.title, name)] = None
        return {address: tuple(titles) for address, titles in found.items()}
