"""Agencies: the cells of lead, head and coordinating units as a rule file names them, and the questions they leave."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rules.directory import Directory
from rules.phrases.forms import Form
from rules.plans.draft import Agency, DraftTask
from rules.plans.writing import words
from rules.plans.writing.clean import clean
from rules.wording import Wording

Role = Literal["lead", "head", "coordinate"]


@dataclass(frozen=True, slots=True)
class Named:
    """The ids a cell comes to, None for none, with what is to be asked about it."""

    value: Form | None
    questions: tuple[Wording, ...] = ()
    is_whole: bool = True
    """Whether every agency of the cell has an id in it."""
    is_found: bool = True
    """Whether any has: without one the standing office stands in."""


def lead(task: DraftTask, directory: Directory, standing: str) -> Named:
    """Return who leads; the standing office, with a question, where nobody is found for sure."""
    agencies = list(of_role(task, "lead")) or list(of_role(task, "head"))
    answering, questions = _sorted_out(agencies, directory, lambda id: _answers(id, directory))
    ids = _ids(answering)
    if not ids:
        return Named(standing, tuple(questions or [words.check(words.LEAD_MISSING)]), is_whole=False, is_found=False)
    each = [agency for agency in answering if agency.each]
    value: Form = ids[0] if len(ids) == 1 else ids
    return Named({"each": value} if each else value, tuple(questions), is_whole=len(answering) == len(agencies))


def head(task: DraftTask, directory: Directory) -> Named:
    """Return whose heads answer, where they are not the heads of the leads; the members of a group have their own."""
    leads = _ids(each for each in of_role(task, "lead") if each.sure)
    agencies = list(of_role(task, "head"))
    if not any(of_role(task, "lead")):
        return Named(None)
    if any(id in directory.groups for id in leads):
        return Named(None, tuple(_sorted_out(agencies, directory, lambda id: _is_known(id, directory))[1]))
    answering, questions = _sorted_out(agencies, directory, lambda id: id in directory.units)
    ids = _ids(answering)
    value = ids if ids and set(ids) != set(leads) else None
    return Named(value, tuple(questions), is_whole=len(answering) == len(agencies))


def coordinate(task: DraftTask, directory: Directory) -> Named:
    """Return who coordinates; collectives that no directory lists (`các đơn vị liên quan`) are left out."""
    agencies = list(of_role(task, "coordinate"))
    closed = [each for each in agencies if each.ids or not each.open]
    answering, questions = _sorted_out(closed, directory, lambda id: _is_known(id, directory))
    return Named(_ids(answering) or None, tuple(questions), is_whole=len(answering) == len(agencies))


def owner(agencies: Iterable[Agency], directory: Directory, standing: str) -> Named:
    """Return who owns an indicator; the standing office, with a question, where nobody is found for sure."""
    answering, questions = _sorted_out(agencies, directory, lambda id: _answers(id, directory))
    ids = _ids(answering)
    if not ids:
        return Named(standing, tuple(questions or [words.check(words.OWNER_MISSING)]), is_whole=False, is_found=False)
    return Named(ids[0] if len(ids) == 1 else ids, tuple(questions))


def names(ids: Iterable[str], directory: Directory) -> set[str]:
    """Return the names and aliases of units and groups, in lower case."""
    found = [directory.units.get(id) or directory.groups.get(id) for id in ids]
    return {name.casefold() for each in found if each for name in (each.name, *each.aliases)}


def ids_in(value: Form | None) -> list[str]:
    """Return the ids that stand in the value of a lead or the like."""
    named = value.get("each") if isinstance(value, Mapping) else value
    return [named] if isinstance(named, str) else [str(id) for id in named] if isinstance(named, Sequence) else []


def of_role(task: DraftTask, role: Role) -> Iterator[Agency]:
    """Yield the agencies of a role: those of its column, and those of others of which their cell says it."""
    cells: tuple[tuple[Role, tuple[Agency, ...]], ...] = (
        ("lead", task.leads), ("head", task.heads), ("coordinate", task.coordinates)
    )  # fmt: skip
    return (each for column, agencies in cells for each in agencies if (each.role or column) == role)


def _sorted_out(
    agencies: Iterable[Agency], directory: Directory, fits: Callable[[str], bool]
) -> tuple[list[Agency], list[Wording]]:
    """Return the agencies that are found for sure and fit, and a question about each of the others."""
    answering: list[Agency] = []
    questions: list[Wording] = []
    for agency in agencies:
        known = [id for id in agency.ids if _is_known(id, directory)]
        text = clean(agency.text)
        if not agency.sure or len(known) < len(agency.ids) or not (agency.ids or agency.open):
            reason = agency.why or words.agency_unsure(text)
            alternatives = tuple(dict.fromkeys((*known, *agency.suggestions)))
            questions.append(words.check(reason, alternatives))
        elif agency.ids and all(map(fits, agency.ids)):
            answering.append(agency)
        else:
            questions.append(words.check(words.agency_unfit(text)))
    return answering, questions


def _answers(id: str, directory: Directory) -> bool:
    group = directory.groups.get(id)
    return id in directory.units or (group is not None and not group.open and bool(group.members))


def _is_known(id: str, directory: Directory) -> bool:
    return id in directory.units or id in directory.groups


def _ids(agencies: Iterable[Agency]) -> list[str]:
    return list(dict.fromkeys(id for agency in agencies for id in agency.ids))
