"""docs/lint.md lists the codes as they are. `python -m tests.test_lint_page` writes its table anew."""

import re
from pathlib import Path

from rules.lint import CHECKS, Limits

PAGE = Path(__file__).parent.parent / "docs" / "lint.md"
TABLE = re.compile(r"(<!-- codes: .*? -->\n).*?(<!-- end of codes -->)", re.DOTALL)


def table() -> str:
    """Return the table of all codes."""
    head = "| code | name | severity | finds | mend |\n|---|---|---|---|---|\n"
    rows = (
        f"| {check.code} | {check.name} | {check.severity} | {check.title.en} ({check.title.vi}) | {check.mend.en} |\n"
        for check in CHECKS.values()
    )
    return head + "".join(rows)


def current(page: str) -> str:
    return TABLE.sub(lambda found: f"{found[1]}\n{table()}\n{found[2]}", page)


def test_the_table_of_codes_is_current() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert current(page) == page


def test_every_threshold_is_named_with_its_default() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name, default in Limits()._asdict().items():
        assert f"| `{name}` | {default} |" in page


if __name__ == "__main__":
    PAGE.write_text(current(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
