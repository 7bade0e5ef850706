"""Refusals: why some bytes are not read as a document, and what to do about it, in words for people."""

from collections.abc import Iterator
from contextlib import contextmanager

from rules.plans.blocks import Unreadable, Where
from rules.wording import Wording

_ACCEPTED = Wording(
    "đọc được: .docx, .xlsx, .pdf có lớp chữ, .txt, .md",
    "what can be read: .docx, .xlsx, .pdf with text, .txt, .md",
)


def refusal(vi: str, en: str) -> Unreadable:
    """Return the refusal that says what was found, and after it what is accepted."""
    return Unreadable(Wording(f"{vi}; {_ACCEPTED.vi}", f"{en}; {_ACCEPTED.en}"))


def damaged(kind: str) -> Unreadable:
    """Return the refusal of a file that is broken inside; `kind` is `Word`, `Excel` or `PDF`."""
    return refusal(
        f"tệp {kind} bị hỏng hoặc không đầy đủ: hãy mở bằng phần mềm gốc và lưu lại",
        f"the {kind} file is damaged or incomplete: open it in its own program and save it again",
    )


def locked(kind: str) -> Unreadable:
    """Return the refusal of a file that needs a password."""
    return refusal(
        f"tệp {kind} có mật khẩu: hãy lưu một bản không có mật khẩu",
        f"the {kind} file has a password: save a copy without one",
    )


def too_large(vi: str, en: str) -> Unreadable:
    """Return the refusal of a file with more in it than a plan ever has; the arguments say of what."""
    return refusal(f"tệp quá lớn: {vi}", f"the file is too large: {en}")


def too_wide(at: Where, most: int) -> Unreadable:
    """Return the refusal of a table with more columns than a plan ever has; `at` is its place."""
    place = at.said()
    return too_large(f"{place.vi} có hơn {most} cột", f"{place.en} has more than {most} columns")


@contextmanager
def damage_refused(kind: str) -> Iterator[None]:
    """Turn whatever the libraries raise over broken bytes into `Unreadable`.

    They raise errors of every class, from KeyError to struct.error, and list them nowhere: hence the broad clause.
    """
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        raise damaged(kind) from error
