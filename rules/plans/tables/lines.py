"""Lines: the lines of a cell made one text; where a cell names agencies, each of them stays on a line of its own."""

import re

_GOES_ON = re.compile(r"(?:[,;./&(\-–]|(?<!\w)(?:và|của|cùng|với|các|thuộc))$", re.IGNORECASE)
"""What a line ends with that the next one goes on, or that parts the two by itself."""

_OPENS = re.compile(
    r"(?:các|những|sở|ubnd|ủy ban|uỷ ban|công an|văn phòng|trường|doanh nghiệp|cơ quan|đơn vị|chủ tịch|giám đốc"
    r"|thủ trưởng)(?!\w)"
)
"""What a further agency begins with even in small letters."""


def one_text(cell: str) -> str:
    """Return the lines of a cell joined by blanks."""
    return " ".join(cell.split())


def of_agencies(cell: str) -> str:
    """Return the lines of a cell that names agencies, those joined by a blank that break within a name or a bracket."""
    text = ""
    for line in filter(None, map(one_text, cell.split("\n"))):
        is_rest = (
            (line[0].islower() and not _OPENS.match(line)) or text.count("(") > text.count(")") or _GOES_ON.search(text)
        )
        text += line if not text else f" {line}" if is_rest or line[0] in "();,/" else f"\n{line}"
    return text


def shown(text: str) -> str:
    """Return a text of several lines on one, as it is quoted in a question."""
    return "; ".join(line.rstrip(" ;") for line in text.split("\n"))
