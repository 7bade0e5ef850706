"""Unreadable: a file that a setting names, and what it says when it cannot be read."""

from pathlib import Path

from rules.wording import Language, Wording


class Unreadable(Exception):
    """A file that a setting names and that cannot be read, and why."""

    def __init__(self, setting: str, file: Path, why: Wording) -> None:
        self._place, self._why = f"{setting} {file}", why
        super().__init__(f"{self._place}: {why.en}")

    def line(self, language: Language) -> str:
        """Return all of it on one line, for people."""
        return f"{self._place}: {self._why.say(language)}"


def unopened(fault: OSError) -> Wording:
    """Return why the system does not open a file, in its own words."""
    return Wording(f"không đọc được: «{fault.strerror}»", str(fault.strerror))


def secret_in(setting: str, file: Path) -> str:
    """Return the secret that a file holds; Unreadable when it cannot be read."""
    try:
        return file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as fault:
        why = unopened(fault) if isinstance(fault, OSError) else Wording("không phải UTF-8", "not UTF-8")
        raise Unreadable(setting, file, why) from None
