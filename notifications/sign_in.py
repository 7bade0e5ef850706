"""Sign-in: the letter with the link by which an address signs in to the pages, once."""

from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from jinja2 import Environment

from notifications.compose import MailSettings, MessageIdentity, contact, enveloped
from notifications.envelope import Envelope
from notifications.letters import OURS, Letter
from notifications.links import LIVES
from notifications.sandbox import TemplateLoader, environment
from notifications.words import moment, salutation
from rules.digest import Recipient
from rules.wording import Language, Wording

SUBJECT = Wording("Liên kết đăng nhập hệ thống đôn đốc", "Your link to sign in to the follow-up of work")


class SignIn(NamedTuple):
    """A link, who asked for it, and when it was made (its life begins then)."""

    recipient: Recipient
    url: str


def compose_sign_in(said: SignIn, *, identity: MessageIdentity, settings: MailSettings) -> Envelope:
    """Return the finished message; offices have no templates of their own for it."""
    language = settings.language
    subject = SUBJECT.say(language)
    facts = {
        "subject": subject,
        "salutation": salutation(said.recipient, language),
        "url": said.url,
        "minutes": LIVES["sign_in"] // timedelta(minutes=1),
        "asked_at": moment(identity.date.astimezone(settings.zone), language),
        "contact": contact(settings),
    }
    made = _templates(language)
    text, html = (made.get_template(f"{language}.{kind}.j2").render(facts) for kind in ("txt", "html"))
    return enveloped(Letter(subject, text, html), said.recipient, identity=identity, settings=settings)


@lru_cache(maxsize=2)
def _templates(language: Language) -> Environment:
    searched = (OURS / "sign_in", OURS)
    return environment(searched, TemplateLoader(searched), language, trusted=True)
