"""Summary letters: the draft to the standing office, the summary itself to its readers, who has not written yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from notifications.compose import MailSettings, MessageIdentity, contact, enveloped
from notifications.envelope import Envelope
from notifications.letters import Letter, Letters, folders, letters, where
from notifications.mime import Attachment
from notifications.words import moment, salutation
from rules.days import full
from rules.digest import Recipient
from rules.periodic.told import Told
from rules.problem import Problem
from rules.wording import Language

TEMPLATES = "summary"


@dataclass(frozen=True, slots=True)
class SummaryLetter:
    """What one reader is told of a period. `missing` are the units that have not written, `send_at` (an instant) is
    when the summary leaves, `needs_confirmation` whether only if it is confirmed."""

    step: Literal["draft", "sent", "missing"]
    recipient: Recipient
    name: str
    """The period in words: `tuần 14 năm 2026`."""
    office: str
    """The standing office's name."""
    made_at: datetime
    today: date
    send_at: datetime
    needs_confirmation: bool
    told: Told | None = None
    missing: tuple[str, ...] = ()


def compose_summary(
    letter: SummaryLetter, *, attached: Sequence[Attachment], identity: MessageIdentity, settings: MailSettings
) -> Envelope:
    """Return the finished message. A template that fails gives a plain letter, and the envelope's `fault` says which
    and where."""
    try:
        written, fault = _write(letter, letters(settings.language, settings.templates), settings), ""
    # An edited template may raise anything at all, and the letter must leave all the same.
    except Exception as raised:
        written = _write(letter, letters(settings.language, None), settings)
        fault = str(where(raised, folders(settings.language, settings.templates)))
    return enveloped(written, letter.recipient, identity=identity, settings=settings, fault=fault, attached=attached)


def page(letter: SummaryLetter, settings: MailSettings) -> str:
    """Return the letter's HTML alone, to be looked at."""
    return _write(letter, letters(settings.language, settings.templates), settings).html


def failing(tried: Letters, sample: SummaryLetter, settings: MailSettings, searched: Sequence[Any]) -> Problem | None:
    """Return what goes wrong when a sample is written, None when nothing does."""
    try:
        _write(sample, tried, settings)
    # An edited template may raise anything at all.
    except Exception as fault:
        return where(fault, searched)
    return None


def _write(letter: SummaryLetter, written: Letters, settings: MailSettings) -> Letter:
    language: Language = settings.language
    return written.say(
        TEMPLATES,
        {
            "letter": letter,
            "salutation": salutation(letter.recipient, language),
            "today": full(letter.today).say(language),
            "contact": contact(settings),
            "as_of": moment(letter.made_at.astimezone(settings.zone), language),
            "send_at": moment(letter.send_at.astimezone(settings.zone), language),
        },
    )
