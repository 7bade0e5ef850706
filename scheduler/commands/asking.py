"""Asking: questions on a terminal with options as their answers, and the folder of rule files the answers go into."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from rules.begun.documents import NewPost, NewUnit
from rules.load import load
from rules.load.mistake import Mistake, did_you_mean, listed
from rules.load.names import address, one_line, slug
from rules.programme import Rulebook
from rules.wording import Wording
from scheduler.commands.kept import keep
from scheduler.commands.options import day
from scheduler.commands.reading import Misconfigured, Refused, broken, configuration
from scheduler.config import Config
from scheduler.folder import load_rules, read_rules


@dataclass(frozen=True, slots=True)
class Questions:
    """Asks what no option answers; `is_silent`: nothing is asked, a default answers or the command ends."""

    is_silent: bool

    def line(self, question: str, given: str | None, option: str, *, default: str | None = None) -> str:
        """Return one line of text, the default where nothing is answered."""
        text = self._answer(question, given, option, default)
        try:
            return one_line(text.strip()) if text.strip() or default is None else ""
        except Mistake as mistake:
            raise typer.BadParameter(str(mistake), param_hint=option) from None

    def slug(self, question: str, given: str | None, option: str, *, taken: Collection[str]) -> str:
        """Return an id that is not taken."""
        text = self._answer(question, given, option, None).strip()
        try:
            found = slug(text)
        except Mistake as mistake:
            raise typer.BadParameter(str(mistake), param_hint=option) from None
        if found in taken:
            raise typer.BadParameter(f"{found!r} is there already; known: {listed(taken)}", param_hint=option)
        return found

    def one_of(self, question: str, given: str | None, option: str, known: Mapping[str, object]) -> str:
        """Return one of the ids there are; the only one without a question."""
        if not known:
            raise Misconfigured(f"{option}: the rule files have none yet; `dondoc new` begins one, or copy one")
        if given is None and len(known) == 1:
            return next(iter(known))
        text = self._answer(f"{question} ({listed(known, 12)})", given, option, None).strip()
        if text not in known:
            shown = f"known: {listed(known, 12)}{did_you_mean(text, known).en}"
            raise typer.BadParameter(f"there is no {text!r}; {shown}", param_hint=option)
        return text

    def day(self, question: str, given: date | None) -> date | None:
        """Return a day, None where none is answered."""
        if given is not None or self.is_silent:
            return given
        text = str(typer.prompt(question, default="", show_default=False)).strip()
        return day(text) if text else None

    def number(self, question: str, given: int | None, default: int) -> int:
        """Return a number from 0 on."""
        if given is not None or self.is_silent:
            return default if given is None else given
        return int(typer.prompt(question, default=default, type=int))

    def joint_or_each(self) -> str:
        """Return whether several leads report together or each for itself; together where nothing is asked."""
        if self.is_silent:
            return "joint"
        question = "Cùng hoàn thành (joint) hay mỗi đơn vị một phần (each)"
        text = str(typer.prompt(question, default="joint")).strip()
        if text not in ("joint", "each"):
            raise typer.BadParameter(f"{text!r}: write joint or each", param_hint="completion")
        return text

    def agrees(self, question: str) -> bool:
        """Say whether the answer is yes, as it is where nothing is asked."""
        return self.is_silent or typer.confirm(question, default=True)

    def _answer(self, question: str, given: str | None, option: str, default: str | None) -> str:
        if given is not None:
            return given
        if not self.is_silent:
            return str(typer.prompt(question, default=default, show_default=bool(default)))
        if default is None:
            raise typer.BadParameter("with --yes it has to be given", param_hint=option)
        return default


@dataclass(frozen=True, slots=True)
class Folder:
    """The rule files there are, free of problems, and where new ones go."""

    config: Config
    rulebook: Rulebook
    files: Mapping[str, bytes]

    @classmethod
    def open(cls, file: Path | None, rules: Path | None) -> "Folder":
        """Return the folder; Refused where its files have problems. It may have no files yet."""
        config = configuration(file, rules)
        read = read_rules(config.rules, config.folder)
        if not read.files:
            return cls(config, Rulebook(), {})
        loaded = load_rules(read)
        if loaded.rulebook is None:
            raise broken(loaded.problems, config.language)
        return cls(config, loaded.rulebook, read.files)

    def path(self, name: str) -> Path:
        """Return where a rule file of that name lies."""
        return self.config.folder / name

    def write_new(self, id: str, text: str, output: Path | None, ask: Questions) -> None:
        """Show a new document and write it into a file of its own; never over one that is there."""
        path = output or self._first_folder() / f"{id}.yaml"
        if path.exists():
            raise Refused(f"{path}: is there already, and is left as it is; name another file with -o")
        if not path.parent.is_dir():
            raise Refused(f"{path}: there is no folder {path.parent}")
        self.check({str(path): text.encode()})
        typer.echo(text, nl=False)
        if not ask.agrees(f"Ghi vào {path}?"):
            raise typer.Abort
        keep(path, text)
        typer.echo(f"{path}: written")

    def check(self, changed: Mapping[str, bytes]) -> None:
        """Raise Refused where the files would have problems with these changes."""
        loaded = load({**self.files, **changed})
        if loaded.problems:
            nothing = Wording("không ghi gì:", "nothing is written:").say(self.config.language)
            raise Refused("\n".join([nothing, *(each.line(self.config.language) for each in loaded.problems)]))

    def _first_folder(self) -> Path:
        entry = self.config.folder / next(iter(self.config.rules))
        return entry if entry.is_dir() else entry.parent


def post_of(text: str, option: str) -> NewPost | None:
    """Return the post that `TITLE|EMAIL` names, None for ''."""
    if not text:
        return None
    title, email = _parts(text, 2, "TITLE|EMAIL", option)
    return NewPost(title, _address(email, option))


def unit_of(text: str) -> NewUnit:
    """Return the unit that `ID|NAME|HEAD|EMAIL` names."""
    id, name, head, email = _parts(text, 4, "ID|NAME|HEAD|EMAIL", "--unit")
    try:
        return NewUnit(slug(id), name, NewPost(head, _address(email, "--unit")))
    except Mistake as mistake:
        raise typer.BadParameter(str(mistake), param_hint="--unit") from None


def _parts(text: str, count: int, form: str, option: str) -> Iterable[str]:
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != count or not all(parts):
        raise typer.BadParameter(f"{text!r}: write {form}", param_hint=option)
    return parts


def _address(email: str, option: str) -> str:
    try:
        return address(email)
    except Mistake as mistake:
        raise typer.BadParameter(str(mistake), param_hint=option) from None
