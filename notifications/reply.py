"""Reply: the letter that answers letters: what of them was recorded, what was not, and what to do instead."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from jinja2 import Environment

from notifications.compose import MailSettings, MessageIdentity, contact, enveloped
from notifications.envelope import Envelope
from notifications.letters import OURS, Letter
from notifications.sandbox import TemplateLoader, environment
from notifications.words import clip, moment, salutation
from rules.digest import Recipient
from rules.wording import Language, Wording

RECORDED = Wording("Đã ghi nhận thư trả lời", "Your reply was recorded")
NOTHING = Wording("Thư trả lời chưa được ghi nhận", "Nothing of your reply was recorded")
NOT_ALL = Wording("Thư trả lời chưa được ghi nhận đủ", "Not all of your reply was recorded")
LONGEST_QUOTE = 300


class Linked(NamedTuple):
    """A task with the address at which it is answered for."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one letter: `recorded` and `refused` are sentences, `unclear` says what was not understood."""

    at: str
    """When it came, in words."""
    quote: str
    recorded: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    unclear: str = ""

    @property
    def is_whole(self) -> bool:
        """Say whether all of it was recorded."""
        return not (self.refused or self.unclear)


@dataclass(frozen=True, slots=True)
class Reply:
    """The letters that are answered together, and the links by which to answer without mistaking."""

    recipient: Recipient
    answered: tuple[Answered, ...]
    links: tuple[Linked, ...] = ()


def compose_reply(said: Reply, *, identity: MessageIdentity, settings: MailSettings) -> Envelope:
    """Return the finished message; offices have no templates of their own for it."""
    language = settings.language
    is_whole = all(one.is_whole for one in said.answered)
    is_nothing = not any(one.recorded for one in said.answered)
    subject = (RECORDED if is_whole else NOTHING if is_nothing else NOT_ALL).say(language)
    facts = {
        "subject": subject,
        "salutation": salutation(said.recipient, language),
        "answered": [(one, clip(" ".join(one.quote.split()), LONGEST_QUOTE)) for one in said.answered],
        "links": said.links,
        "is_whole": is_whole,
        "sent_at": moment(identity.date.astimezone(settings.zone), language),
        "contact": contact(settings),
    }
    made = _templates(language)
    text, html = (made.get_template(f"{language}.{kind}.j2").render(facts) for kind in ("txt", "html"))
    return enveloped(Letter(subject, text, html), said.recipient, identity=identity, settings=settings)


@lru_cache(maxsize=2)
def _templates(language: Language) -> Environment:
    searched = (OURS / "reply", OURS)
    return environment(searched, TemplateLoader(searched), language, trusted=True)
