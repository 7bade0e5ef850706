"""Palette: the colour behind each state of timeliness; always beside its words, and told apart in grey print too."""

from rules.status import Timeliness

FILLS: dict[Timeliness, str] = {
    Timeliness.UNDATED: "F2F2F2",
    Timeliness.IN_TIME: "DDEBF7",
    Timeliness.DUE_SOON: "FFEB9C",
    Timeliness.DUE_TODAY: "FFD966",
    Timeliness.LATE: "FFB3B3",
    Timeliness.DONE_IN_TIME: "C6EFCE",
    Timeliness.DONE_LATE: "F8CBAD",
}
HEADER = "D9D9D9"
FONT = "Times New Roman"
"""The letter and its sizes are those of Nghị định 30/2020/NĐ-CP for annexes and tables."""
TEXT_SIZE = 12
TITLE_SIZE = 13
