"""Passed: the questions whether a deadline had passed when its document was issued, in the comments of a rule file."""

import re
from collections.abc import Iterable, Iterator

_PASSED = re.compile(
    r"# CHECK: (?:ngày này đã qua khi văn bản|this day had passed when the document"
    r"|Hạn \S+ trước ngày ban hành văn bản|It was due on \S+ before the document)"
)


def without_passed(comments: Iterable[str]) -> Iterator[str]:
    """Yield the lines of comments without those questions.

    They are none about a task that a later document only repeats: it was due before, and is judged by the document
    that set its deadline.
    """
    is_passed = False
    for line in comments:
        text = line.lstrip()
        is_passed = bool(_PASSED.match(text)) or (is_passed and text.startswith("#   "))
        if not is_passed:
            yield line
