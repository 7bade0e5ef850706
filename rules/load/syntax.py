"""YAML's own complaints in words that an author of rule files understands."""

import yaml

from rules.load.mistake import quoted
from rules.problem import Problem, Source

_UNCLOSED = "the {what} opened in line {line} is not closed, or a comma is missing; expected {expected}"
_SAYINGS = {
    "mapping values are not allowed in this context": (
        "': ' where no key can stand; put text that holds ': ' in quotes, or mend the indentation"
    ),
    "could not find expected ':'": "a key without ':' after it",
    "did not find expected key": "the indentation fits nothing above it; keys of one mapping start in one column",
    "did not find expected '-' indicator": "the indentation fits nothing above it; items of a list start in one column",
    "block sequence entries are not allowed in this context": "'-' where no list can begin; begin it on its own line",
    "did not find expected <document start>": "text after the end of a document; separate documents by a line '---'",
    "found unknown escape character": "no such escape in double quotes; use single quotes, or \\\\ for a backslash",
    "found a tab character where an indentation space is expected": "a tab; indent with spaces",
    "found incompatible YAML document": "the %YAML line names another version; remove it",
    "did not find expected comment or line break": "text after '|' or '>'; start it on the next line",
    "found undefined tag handle": "text that begins with '!' goes in quotes; tags are not accepted",
    "did not find expected node content": "a value is missing; text that begins with ',', ']' or '}' goes in quotes",
    "did not find expected alphabetic or numeric character": "text that begins with '&' or '*' goes in quotes",
}


def explained(file: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """Return the problem for an error of the YAML parser."""
    mark = error.problem_mark or error.context_mark
    source = Source(file, mark.line + 1, mark.column + 1) if mark else Source(file)
    return Problem(source, "", f"not YAML: {_saying(text, error)}")


def _saying(text: str, error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    opened = error.context_mark.line + 1 if error.context_mark else 1
    if problem == "found unexpected end of stream":
        return f"the quote opened in line {opened} is never closed"
    if problem.startswith("did not find expected ',' or"):
        what = "list" if "]" in problem else "mapping"
        return _UNCLOSED.format(what=what, line=opened, expected=problem.removeprefix("did not find expected "))
    mark = error.problem_mark
    if problem == "did not find expected node content" and mark and mark.index >= len(text):
        return "the file ends inside a list or mapping opened with '[' or '{'; close it"
    if problem == "found character that cannot start any token":
        return _bad_start(text, error)
    return _SAYINGS.get(problem, " ".join(filter(None, (problem, error.context))))


def _bad_start(text: str, error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark
    lines = text.splitlines()
    character = lines[mark.line][mark.column : mark.column + 1] if mark and mark.line < len(lines) else ""
    if character == "\t":
        return "a tab; indent with spaces"
    return f"text that begins with {quoted(character)} goes in quotes"
