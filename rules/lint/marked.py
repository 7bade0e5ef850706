"""Markings of classified matter as a check: files that bear one do not load, so they are looked for in the bytes."""

from collections.abc import Iterator, Mapping

from rules.classified import CODE, MEND
from rules.lint.finding import Check, Finding, Found
from rules.lint.subject import Subject
from rules.load.parsed import classified
from rules.load.text import decode
from rules.wording import Wording


def marked(files: Mapping[str, bytes]) -> list[Finding]:
    """Return the markings of classified matter in rule files, those that load and those that do not."""
    texts = ((name, decode(name, data)) for name, data in sorted(files.items()))
    return [
        Finding(each.source, CODE, CHECK.severity, "", each.said, MEND)
        for name, text in texts
        if isinstance(text, str)
        for each in classified(name, text)
    ]


def _none(subject: Subject) -> Iterator[Found]:  # noqa: ARG001
    """Find nothing: a folder with a marking never comes to be a rulebook."""
    return iter(())


CHECK = Check(
    CODE,
    "classified",
    "error",
    Wording("dấu chỉ độ mật", "a marking of classified matter"),
    Wording(
        "Tài liệu bí mật nhà nước không được soạn, lưu, gửi qua hệ thống nối mạng này (Luật Bảo vệ bí mật nhà nước). "
        "`dondoc check` thường, `apply`, `run` và `read` đều từ chối.",
        "State secrets must not be written, kept or sent in a system on the network (Luật Bảo vệ bí mật nhà nước). "
        "Plain `dondoc check`, `apply`, `run` and `read` refuse them.",
    ),
    MEND,
    bad="note: Tối mật",
    good="note: Bảo mật thông tin khi triển khai",
    find=_none,
)
