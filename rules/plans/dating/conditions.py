"""Conditions: what the title or the product of a task lets it depend on, beside a date."""

import re
from collections.abc import Iterator

_BRACKETED = re.compile(
    r"\(((?:[Kk]hi|[Nn]ếu|[Tt]rong trường hợp|[Tt]rường hợp|[Cc]hỉ khi|[Ss]au khi|[Vv]ới điều kiện) [^()]{6,})\)"
)
"""A bracket; `(nếu có)` is none."""
_GUIDED = re.compile(
    r"(?<![\w(])(?<!ngay )((?:sau )?khi (?:có|được|nhận được) (?:hướng dẫn|chủ trương|ý kiến|văn bản|quy định|chỉ đạo)"
    r"(?: của [^;.()]{2,80}?)?)(?=\s+(?:để|nhằm)\s|\s*[;.)]|\s*$)"
)
"""`khi có hướng dẫn của Bộ, ngành để …`, at the end of a clause."""


def conditions(*texts: str) -> Iterator[str]:
    """Yield the conditions that stand in these texts."""
    for pattern in (_BRACKETED, _GUIDED):
        yield from (match[1] for text in texts for match in pattern.finditer(text))
