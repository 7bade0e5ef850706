"""Versions: the rule file of a plan that has been read before, and what a new version of the plan changes in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rules.directory import Directory
from rules.load import load
from rules.load.text import LARGEST_FILE
from rules.plans.draft import Draft
from rules.plans.merging import Merged, merged
from rules.plans.writing import rule_file
from rules.programme import Programme, Rulebook
from rules.wording import Language
from scheduler.commands.plans import Known, office_of
from scheduler.commands.reading import Refused, broken


@dataclass(frozen=True, slots=True)
class Version:
    """The rule file of a plan as it is now, with the rule files it refers to."""

    file: Path
    text: str
    programme: Programme
    directory: Directory
    others: Mapping[str, bytes]


def version(rules: Known, file: Path) -> Version:
    """Return a rule file that holds one programme; Refused where it does not, or has problems."""
    data = _bytes(file)
    others = _others(rules, file, data)
    book = _loaded({**others, str(file): data}, file, rules.language)
    programme = _programme(book, file)
    return Version(file, data.decode("utf-8-sig"), programme, book.directories[programme.directory], others)


def next_version(draft: Draft, now: Version, language: Language) -> Merged:
    """Return the text of the rule file with the changes that a draft makes in it; it loads.

    Refused where the draft is of another document than the file.
    """
    others = load(now.others).rulebook or Rulebook()
    proposed = rule_file(draft, office_of(now.programme, now.directory, language, others.programmes))
    found = merged(now.text, proposed.text, language)
    if found.is_another:
        raise Refused(_another(draft, now))
    _loaded({**now.others, str(now.file): found.text.encode()}, now.file, language)
    return found


def _another(draft: Draft, now: Version) -> str:
    number = draft.document.number
    this = number if number[:1].isdigit() else draft.document.subject or "this one"
    stands = now.programme.document.number or now.programme.title
    return (
        f"{now.file}: it is of another document ({stands}) than {this}, and hardly a task of one is in the other; "
        "name a file of its own with -o, or set the number under document: to that of the new version"
    )


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except OSError as fault:
        raise Refused(f"{file}: {fault.strerror}") from None


def _others(rules: Known, file: Path, data: bytes) -> Mapping[str, bytes]:
    """Return the rule files that the file may refer to, without itself, whatever name it has among them."""
    return {name: each for name, each in rules.files.items() if not (Path(name).name == file.name and each == data)}


def _loaded(files: Mapping[str, bytes], file: Path, language: Language) -> Rulebook:
    loaded = load(files)
    if loaded.rulebook is None:
        own = [problem for problem in loaded.problems if problem.source.file == str(file)]
        raise broken(own or loaded.problems, language)
    return loaded.rulebook


def _programme(book: Rulebook, file: Path) -> Programme:
    found = [each for each in book.programmes.values() if each.source.file == str(file)]
    if len(found) != 1:
        raise Refused(f"{file}: {len(found)} programmes; a rule file with the one of this plan is wanted")
    return found[0]
