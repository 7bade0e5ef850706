"""YAML's own complaints in words that an author of rule files understands."""

from collections.abc import Mapping

import yaml

from rules.load.mistake import quoted
from rules.problem import Problem, Source
from rules.wording import Wording

_TAB = Wording("dấu tab; hãy thụt lề bằng dấu cách", "a tab; indent with spaces")
_ESCAPE = Wording(
    "trong dấu ngoặc kép không có ký hiệu này; dùng dấu nháy đơn, hoặc \\\\ cho dấu gạch chéo ngược",
    "no such escape in double quotes; use single quotes, or \\\\ for a backslash",
)
_SAYINGS: Mapping[str, Wording] = {
    "mapping values are not allowed in this context": Wording(
        "': ' ở chỗ không thể có khóa; đặt chữ có ': ' trong dấu ngoặc, hoặc sửa thụt lề",
        "': ' where no key can stand; put text that holds ': ' in quotes, or mend the indentation",
    ),
    "could not find expected ':'": Wording("một khóa không có ':' theo sau", "a key without ':' after it"),
    "did not find expected key": Wording(
        "thụt lề không khớp với dòng nào ở trên; các khóa cùng nhóm bắt đầu ở cùng một cột",
        "the indentation fits nothing above it; keys of one mapping start in one column",
    ),
    "did not find expected '-' indicator": Wording(
        "thụt lề không khớp với dòng nào ở trên; các mục của danh sách bắt đầu ở cùng một cột",
        "the indentation fits nothing above it; items of a list start in one column",
    ),
    "block sequence entries are not allowed in this context": Wording(
        "'-' ở chỗ không thể mở danh sách; xuống dòng mới rồi mở danh sách",
        "'-' where no list can begin; begin it on its own line",
    ),
    "did not find expected <document start>": Wording(
        "có chữ sau chỗ hết văn bản; ngăn các văn bản bằng một dòng '---'",
        "text after the end of a document; separate documents by a line '---'",
    ),
    "found unknown escape character": _ESCAPE,
    "found a tab character where an indentation space is expected": _TAB,
    "found a tab character that violates indentation": _TAB,
    "mapping keys are not allowed in this context": Wording(
        "'?' ở chỗ không thể có khóa; chữ bắt đầu bằng '?' phải đặt trong dấu ngoặc",
        "'?' where no key can stand; text that begins with '?' goes in quotes",
    ),
    "found unexpected document indicator": Wording(
        "dòng '---' nằm trong một dấu ngoặc chưa đóng", "a line '---' inside of a quote that is not closed"
    ),
    "did not find expected hexdecimal number": _ESCAPE,
    "found incompatible YAML document": Wording(
        "dòng %YAML ghi phiên bản khác; xóa dòng ấy", "the %YAML line names another version; remove it"
    ),
    "did not find expected comment or line break": Wording(
        "có chữ ngay sau '|' hoặc '>'; xuống dòng rồi mới viết", "text after '|' or '>'; start it on the next line"
    ),
    "found undefined tag handle": Wording(
        "chữ bắt đầu bằng '!' phải đặt trong dấu ngoặc; không dùng nhãn (!)",
        "text that begins with '!' goes in quotes; tags are not accepted",
    ),
    "did not find expected node content": Wording(
        "thiếu một giá trị; chữ bắt đầu bằng ',', ']' hoặc '}' phải đặt trong dấu ngoặc",
        "a value is missing; text that begins with ',', ']' or '}' goes in quotes",
    ),
    "did not find expected alphabetic or numeric character": Wording(
        "chữ bắt đầu bằng '&' hoặc '*' phải đặt trong dấu ngoặc", "text that begins with '&' or '*' goes in quotes"
    ),
}
_LIST, _MAPPING = Wording("danh sách", "list"), Wording("nhóm khóa", "mapping")


def explained(file: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """Return the problem for an error of the YAML parser."""
    mark = error.problem_mark or error.context_mark
    source = Source(file, mark.line + 1, mark.column + 1) if mark else Source(file)
    said = _saying(text, error)
    return Problem(source, "", Wording(f"sai cú pháp YAML: {said.vi}", f"not YAML: {said.en}"))


def _saying(text: str, error: yaml.MarkedYAMLError) -> Wording:
    problem = error.problem or ""
    opened = error.context_mark.line + 1 if error.context_mark else 1
    if problem == "found unexpected end of stream":
        return Wording(
            f"dấu ngoặc mở ở dòng {opened} không được đóng", f"the quote opened in line {opened} is never closed"
        )
    if problem.startswith("did not find expected ',' or"):
        return _unclosed(_LIST if "]" in problem else _MAPPING, opened, problem)
    mark = error.problem_mark
    if problem == "did not find expected node content" and mark and mark.index >= len(text):
        return Wording(
            "tệp hết khi danh sách hoặc nhóm khóa mở bằng '[' hoặc '{' chưa đóng; hãy đóng lại",
            "the file ends inside a list or mapping opened with '[' or '{'; close it",
        )
    if problem == "found character that cannot start any token":
        return _bad_start(text, error)
    theirs = " ".join(filter(None, (problem, error.context)))
    return _SAYINGS.get(problem) or Wording(f"bộ đọc YAML báo «{theirs}»", theirs)


def _unclosed(what: Wording, line: int, problem: str) -> Wording:
    expected = problem.removeprefix("did not find expected ")
    return Wording(
        f"{what.vi} mở ở dòng {line} chưa đóng, hoặc thiếu dấu phẩy; cần {expected.replace(' or ', ' hoặc ')}",
        f"the {what.en} opened in line {line} is not closed, or a comma is missing; expected {expected}",
    )


def _bad_start(text: str, error: yaml.MarkedYAMLError) -> Wording:
    mark = error.problem_mark
    lines = text.splitlines()
    character = lines[mark.line][mark.column : mark.column + 1] if mark and mark.line < len(lines) else ""
    if character == "\t":
        return _TAB
    return Wording(
        f"chữ bắt đầu bằng {quoted(character)} phải đặt trong dấu ngoặc",
        f"text that begins with {quoted(character)} goes in quotes",
    )


# --- what is YAML, and no rule file --------------------------------------------------------------------------------

EMPTY_FILE = Wording("tệp trống; xóa tệp hoặc viết một văn bản vào", "the file is empty; remove it or write a document")
TOO_MANY = Wording(
    "hơn 1.000.000 giá trị, tính cả chỗ lặp lại bằng & và *; hãy tách tệp",
    "more than 1,000,000 values, anchors (&, *) multiplied out; split the file",
)
NO_ITEM = Wording(
    "không có gì sau dấu '-' này; ghi một giá trị hoặc xóa dòng",
    "nothing stands after this '-'; write a value or remove the line",
)
NO_WORD = Wording(
    "khóa là một từ, không phải danh sách, nhóm khóa hay chỗ lặp lại (*)",
    "a key is a word, not a list, a mapping or an alias",
)
NO_MERGING = Wording(
    "không dùng khóa gộp (<<); viết hết các khóa ra", "merge keys (<<) are not accepted; write the keys out"
)


def too_deep(most: int) -> Wording:
    """Return that values lie deeper within each other than that."""
    return Wording(f"lồng nhau quá {most} tầng", f"nested more than {most} deep")


def twice(key: str, line: int) -> Wording:
    """Return that a key stands in that line already."""
    return Wording(
        f"trùng khóa {quoted(key)}, đã có ở dòng {line}; giữ lại một",
        f"duplicate key {quoted(key)}, first in line {line}; keep one",
    )


def without_value(key: str) -> Wording:
    """Return that nothing stands after a key."""
    return Wording(
        f"{quoted(key)} không có giá trị; ghi vào hoặc bỏ khóa này",
        f"{quoted(key)} has no value; give one or leave the key out",
    )


def tagged(tag: str) -> Wording:
    """Return that a value has a tag."""
    return Wording(
        f"không dùng nhãn {quoted(tag)}; chỉ ghi giá trị, chữ thì trong dấu ngoặc",
        f"tag {quoted(tag)} is not accepted; write the value alone, text in quotes",
    )


def alias_inside(name: str, anchor: str) -> Wording:
    """Return that an anchored value repeats another one."""
    return Wording(
        f"không dùng *{name} bên trong &{anchor}", f"alias *{name} inside the anchor &{anchor} is not accepted"
    )


def alias_of_nothing(name: str) -> Wording:
    """Return that what is to be repeated stands nowhere above."""
    return Wording(f"*{name} không có &{name} ở trên", f"alias *{name} has no anchor &{name} above it")
