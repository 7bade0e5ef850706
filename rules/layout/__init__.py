"""The house layout of rule files: two blanks for each level, keys in the order of the language, every comment kept.

What stands in braces, brackets and quotes stays as its author wrote it.
"""

from collections import Counter

import yaml

from rules.layout.printing import printed
from rules.load.documents import Documents
from rules.load.place import Faults
from rules.load.text import decode
from rules.load.tree import trees
from rules.problem import Problem, Source
from rules.wording import Wording

__all__ = ["laid_out"]


def laid_out(name: str, data: bytes) -> str | list[Problem]:
    """Return the text of a rule file in the house layout, or what keeps it from being read.

    The result means the same and has the same comments: a text of which that cannot be made sure is a problem too.
    """
    text = decode(name, data)
    if isinstance(text, Problem):
        return [text]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    faults = Faults()
    read = trees(name, text, faults.problems)
    documents = Documents()
    for tree in read:
        documents.add(tree, faults)
    if faults.problems:
        return sorted(set(faults.problems))
    made = _tidy(printed(text))
    before, after = [tree.root.value for tree in read], [tree.root.value for tree in trees(name, made, faults.problems)]
    if faults.problems or before != after or _comments(text) != _comments(made):
        said = Wording(
            "được viết theo cách không thể sắp xếp lại cho chắc chắn; giữ nguyên như cũ",
            "is written in a way that cannot be laid out safely; it is left as it is",
        )
        return [Problem(Source(name), "", said)]
    return made


def _tidy(text: str) -> str:
    """Return the text without blanks at the ends of lines and of the whole, but for those inside of quotes."""
    return text.strip("\n") + "\n"


def _comments(text: str) -> Counter[str]:
    """Return the comments of a text, whatever stands before them on their line."""
    ends = _scalars(text)
    found: Counter[str] = Counter()
    index = 0
    for line in text.split("\n"):
        for at, sign in enumerate(line):
            is_open = at == 0 or line[at - 1] in " \t"
            if sign == "#" and is_open and not any(start < index + at < end for start, end in ends.get(index, ())):
                found[line[at:].rstrip()] += 1
                break
        index += len(line) + 1
    return found


def _scalars(text: str) -> dict[int, list[tuple[int, int]]]:
    """Return where values stand that may hold a `#` of their own, by the beginning of each line they touch."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    found: dict[int, list[tuple[int, int]]] = {}
    for event in yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark and "#" in event.value:
            for number in range(event.start_mark.line, event.end_mark.line + 1):
                span = (event.start_mark.index, event.end_mark.index)
                found.setdefault(starts[number], []).append(span)
    return found
