"""Advising: what to write in place of an expectation that cannot hold."""

from collections.abc import Sequence

from rules.scenario import Mail, Whom
from rules.wording import Language, Wording


def no_mail_instead(mail: Mail, whom: Whom | None, tasks: Sequence[str], language: Language) -> str:
    """Return what to write where a notice is expected to be held back of what has ended."""
    said = [f"to: {whom.said}"] if whom else []
    said += [f"rung: {_one_or_list(mail.rungs)}"] if mail.rungs else []
    like = ", ".join(said or [f"task: {_one_or_list(tasks)}"])
    return Wording(
        f"việc đã kết thúc không còn nợ lời nhắc nào; thư không được đến thì ghi `no_mail: {{{like}}}`",
        f"what has ended owes no notice any more; for a mail that must not come write `no_mail: {{{like}}}`",
    ).say(language)


def _one_or_list(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"
