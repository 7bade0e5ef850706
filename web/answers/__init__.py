"""Answers: the ways in which a unit answers for an obligation, and the standing office for a report or a
request. One file for each
group of them; the page that shows them is `web.pages.answer`."""

from collections.abc import Mapping

from web.answers import done, extensions, remarks, value, verdicts
from web.answers.kind import Kind

KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (*value.KINDS, *done.KINDS, *remarks.KINDS, *extensions.KINDS, *verdicts.KINDS)
}
"""All answers by their name, in the order in which they are offered. Another way to answer is one more `Kind` here,
with a macro of its name in `templates/answer_fields.html.j2`."""
