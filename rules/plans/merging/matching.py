"""Matching: which task of a new version is which of the old one: by number and wording, whatever was renumbered."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from rules.plans.merging.located import Item

_ALIKE, _SAME_NUMBER, _RENAMED = 92, 70, 85
"""How alike two titles are, of 100: hardly changed at all; of one task where the numbers agree; where they do not."""

Pairs = dict[int, int]
"""The old item of each new one, both by their place in the list."""


def matched(old: Sequence[Item], new: Sequence[Item]) -> Pairs:
    """Return which old item each new one is; those left over are new, or gone.

    A plan that leaves out a row numbers the others anew, so wording comes before numbers: first titles that hardly
    changed, then what has its number still and a title not too far off, then what was reworded and renumbered.
    """
    titles = [[utils.default_process(str(each.value("title") or "")) for each in items] for items in (old, new)]
    found: Pairs = {}
    _by_same_wording(old, new, titles, found)
    _by_wording(old, new, titles, found, _ALIKE)
    _by_number(old, new, titles, found)
    _by_wording(old, new, titles, found, _RENAMED)
    _by_place(old, new, found)
    return found


def _by_same_wording(old: Sequence[Item], new: Sequence[Item], titles: Sequence[Sequence[str]], found: Pairs) -> None:
    """Pair equal titles, of several those first that have their number still, then in their order."""
    places: dict[str, list[int]] = {}
    for at, title in enumerate(titles[0]):
        places.setdefault(title, []).append(at)
    waiting = []
    for number, title in enumerate(titles[1]):
        same = next((at for at in places.get(title, ()) if old[at].id == new[number].id), None)
        if same is None:
            waiting.append((number, title))
        else:
            found[number] = same
            places[title].remove(same)
    for number, title in waiting:
        if places.get(title):
            found[number] = places[title].pop(0)


def _by_number(old: Sequence[Item], new: Sequence[Item], titles: Sequence[Sequence[str]], found: Pairs) -> None:
    paired = set(found.values())
    places = {each.id: at for at, each in enumerate(old) if at not in paired}
    for number, each in enumerate(new):
        at = places.get(each.id) if number not in found else None
        if at is not None and fuzz.token_sort_ratio(titles[0][at], titles[1][number]) >= _SAME_NUMBER:
            found[number] = at


def _by_wording(
    old: Sequence[Item], new: Sequence[Item], titles: Sequence[Sequence[str]], found: Pairs, least: int
) -> None:
    """Pair what is left by title, the likest first, and of equally like ones those that have their number still."""
    paired = set(found.values())
    free = {at: title for at, title in enumerate(titles[0]) if at not in paired}
    likely = [
        (score, old[at].id == new[number].id, number, at)
        for number, title in enumerate(titles[1])
        if number not in found
        for _, score, at in process.extract(
            title, free, scorer=fuzz.token_sort_ratio, processor=None, score_cutoff=least, limit=3
        )
    ]
    taken: set[int] = set()
    for _, _, number, at in sorted(likely, key=lambda each: (-each[0], not each[1])):
        if number not in found and at not in taken:
            found[number] = at
            taken.add(at)


def _by_place(old: Sequence[Item], new: Sequence[Item], found: Pairs) -> None:
    """Pair what has the same number, lead and stated words: its title was written anew."""
    paired = set(found.values())
    free = {each.id: at for at, each in enumerate(old) if at not in paired}
    for number, each in enumerate(new):
        at = free.get(each.id) if number not in found else None
        if at is not None and all(old[at].value(key) == each.value(key) for key in ("lead", "stated")):
            found[number] = at
