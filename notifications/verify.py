"""Verify: every template of a set tried on every kind of letter, before the day one of them is needed."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from notifications import summary
from notifications.letters import FACTS, Letter, Letters, folders, where
from notifications.samples import ANSWERING, samples
from notifications.view import View
from rules.digest import Digest
from rules.problem import Problem, Source
from rules.wording import NOTHING, Language, Wording

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_NO_FOLDER = Wording("không có thư mục mẫu thư này", "there is no such folder of templates")
_CONTACT = "don-doc@dongthap.example"


def verify(folder: Path | None, language: Language = "vi") -> tuple[Problem, ...]:
    """Return what is wrong with an office's templates in `folder`, with file and line; None tries ours.

    Found are files that replace nothing, syntax, names nothing is known by, whatever fails in rendering, and letters
    that
    leave out a task they should tell of.
    """
    if folder is not None and not folder.is_dir():
        return (Problem(Source(str(folder)), "", _NO_FOLDER),)
    searched = folders(language, folder)
    strays = list(_strays(searched)) if folder else []
    try:
        letters = Letters(language, folder)
    except (OSError, UnicodeError, ValueError) as fault:
        return (*strays, where(fault, searched))
    tried = (*_failing(letters, language, searched), *summary.failing(letters, language, searched))
    return tuple(dict.fromkeys([*strays, *_unreadable(letters, searched), *tried]))


def _strays(searched: tuple[Path, ...]) -> Iterator[Problem]:
    """Yield the files of the office's folder that no letter would use. Names with `_` in front are its own to
    choose."""
    office, *ours = searched
    known = sorted({path.name for folder in ours for path in folder.iterdir() if path.is_file()})
    for path in sorted(office.iterdir()):
        if path.is_file() and path.name not in known and path.name[0] not in "_.":
            there = Wording(f"; hiện có {', '.join(known)}", f"; there are {', '.join(known)}")
            meant = _meant(path.name, known) or there
            said = Wording(
                f"không thư nào dùng mẫu tên này{meant.vi}", f"no letter uses a template of this name{meant.en}"
            )
            yield Problem(Source(str(path)), "", said)


def _unreadable(letters: Letters, searched: tuple[Path, ...]) -> Iterator[Problem]:
    """Yield what is wrong with single templates: their syntax, and names that are set nowhere."""
    environment = letters.environment
    trees: list[tuple[str, nodes.Template]] = []
    for name in sorted({path.name for folder in searched for path in folder.glob("*.j2")}):
        try:
            source, file, _ = letters.loader.get_source(environment, name)
            trees.append((file, environment.parse(source, name, file)))
        except (TemplateSyntaxError, OSError, UnicodeError) as fault:
            yield where(fault, searched)
    known = FACTS | {name for _, tree in trees for name in _set_in(tree)}
    for file, tree in trees:
        unknown = find_undeclared_variables(tree) - known - environment.globals.keys()
        for used in tree.find_all(nodes.Name):
            if used.name in unknown and used.ctx == "load":
                near = _meant(used.name, sorted(known)) or NOTHING
                said = Wording(f"{used.name!r} không được đặt ở đâu{near.vi}", f"{used.name!r} is set nowhere{near.en}")
                yield Problem(Source(file, used.lineno), "", said)


def _set_in(tree: nodes.Template) -> Iterator[str]:
    """Yield the names a template sets or imports at its top, which the templates that build on it see."""
    for assignment in tree.find_all(nodes.Assign):
        yield from (target.name for target in assignment.find_all(nodes.Name) if target.ctx == "store")
    for imported in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in imported.names)


def _meant(name: str, known: Sequence[str]) -> Wording | None:
    near = get_close_matches(name, known, 1)
    return Wording(f"; có phải {near[0]}?", f"; did you mean {near[0]}?") if near else None


def _failing(letters: Letters, language: Language, searched: tuple[Path, ...]) -> Iterator[Problem]:
    """Yield what goes wrong when every sample is rendered."""
    for name, digest in samples():
        try:
            letter = letters.write(
                digest, contact=_CONTACT, as_of=digest.made_at.astimezone(_ZONE), answering=ANSWERING
            )
        # An edited template may raise anything at all.
        except Exception as fault:
            yield where(fault, searched)
        else:
            yield from _incomplete(letter, digest, View(digest, language), searched, name)


def _incomplete(letter: Letter, digest: Digest, seen: View, searched: tuple[Path, ...], name: str) -> Iterator[Problem]:
    """Yield what a letter should tell and does not: a task that is left out is a task nobody was reminded of."""
    for part, text in (("subject", letter.subject), ("txt", letter.text), ("html", unescape(letter.html))):
        place = Source(_file(searched, f"{digest.kind}.{part}.j2"))
        if not text.strip():
            said = Wording(f"thư mẫu {name!r} ra trống", f"nothing comes of it for the sample {name!r}")
            yield Problem(place, "", said)
        elif part != "subject":
            lines = [line for section in seen.sections for line in section.lines]
            missing = [line.title for line in lines if line.title not in text]
            if missing:
                yield Problem(place, "", _left_out(name, missing[0][:60]))


def _left_out(name: str, task: str) -> Wording:
    return Wording(
        f"thư mẫu {name!r} bỏ sót nhiệm vụ {task!r}", f"the letter for the sample {name!r} leaves out the task {task!r}"
    )


def _file(searched: tuple[Path, ...], name: str) -> str:
    return str(next((folder / name for folder in searched if (folder / name).is_file()), searched[0] / name))
