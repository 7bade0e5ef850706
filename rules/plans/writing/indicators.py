"""Indicators: a row of an annex of indicators as the entries of a rule file."""

from collections.abc import Iterable

from rules.load.names import LONGEST_LINE
from rules.load.periods import FIRST_YEAR, LAST_YEAR
from rules.phrases.forms import Form
from rules.plans.draft import DraftIndicator
from rules.plans.tables.lines import shown
from rules.plans.writing import agencies, words
from rules.plans.writing.clean import clean
from rules.plans.writing.layout import Entry
from rules.plans.writing.naming import Ids, without_number
from rules.plans.writing.office import Office
from rules.plans.writing.rows import Row, identified
from rules.plans.writing.signs import INDICATOR_FIELDS
from rules.wording import Wording


def row(indicator: DraftIndicator, ids: Ids, office: Office, *, year: int) -> Row:
    """Return an indicator, its id first, with its place and its sign; `year` is that of the programme."""
    id, is_own = ids.take(indicator.section, indicator.no)
    owner = agencies.owner(indicator.owners, office.directory, office.standing)
    title = clean(indicator.title)[:LONGEST_LINE].strip()
    texts = {
        "section": without_number(clean(indicator.section.rpartition(" > ")[2]))[:LONGEST_LINE].strip(),
        "title": title or words.NO_TITLE.say(office.language),
        "unit": clean(indicator.unit).strip("-–—")[:LONGEST_LINE].strip(),
    }
    found = [Entry(key, text) for key, text in texts.items() if text]
    found.append(_targets(indicator, office, year))
    beside = "" if owner.is_whole and not owner.questions else clean(shown(indicator.owner))
    found.append(Entry("owner", owner.value or "", _said(owner.questions, office), beside))
    found += [
        Entry(key, text) for key, text in (("source", clean(indicator.source)), ("note", clean(indicator.note))) if text
    ]
    asked = [words.check(doubt.said, doubt.alternatives) for doubt in indicator.doubts]
    if not is_own:
        asked.insert(0, words.check(words.NUMBER_AGAIN if indicator.no else words.NUMBER_MISSING))
    place = indicator.at.said().say(office.language)
    entries = identified(id, _said(asked, office), place, found, INDICATOR_FIELDS)
    return Row(entries, is_resolved=owner.is_found and bool(indicator.targets))


def _targets(indicator: DraftIndicator, office: Office, year: int) -> Entry:
    targets: dict[str, Form] = {
        str(year): text
        for year, said in sorted(indicator.targets.items())
        if FIRST_YEAR <= year <= LAST_YEAR and (text := clean(said)[:LONGEST_LINE].strip())
    }
    if targets:
        return Entry("targets", targets)
    missing = {str(year): words.NO_TARGET.say(office.language)}
    return Entry("targets", missing, _said((words.check(words.TARGET_MISSING),), office))


def _said(questions: Iterable[Wording], office: Office) -> tuple[str, ...]:
    return tuple(clean(each.say(office.language)) for each in questions)
