"""The summaries' part of the configuration: when they are drawn up and leave, and hours in the wrong order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import Any

from rules.periodic.schedule import OFF, Schedule
from rules.wording import Wording


@dataclass(frozen=True, slots=True)
class Summaries:
    """When summaries of periods are drawn up and leave, and what their letterhead says beyond the directory."""

    schedule: Schedule
    superior: str | None
    place: str | None


def summaries_of(values: Mapping[str, Any]) -> Summaries:
    """Return the settings of the summaries."""
    hours = ("request_at", "contributions_by", "draft_at", "send_at")
    names = ("weekly", "monthly", "quarterly", *hours, "needs_confirmation")
    schedule = Schedule(**{name: values[f"summary.{name}"] for name in names})
    return Summaries(schedule, values["summary.superior"], values["summary.place"])


def wrong_hours(values: Mapping[str, Any]) -> Iterator[tuple[str, Wording]]:
    """Yield which hours of a summary's day come in the wrong order, or when no mail leaves any more."""
    if all(values[f"summary.{kind}"] == OFF for kind in ("weekly", "monthly", "quarterly")):
        return
    names = ("summary.contributions_by", "summary.draft_at", "summary.send_at")
    for earlier, later in pairwise(names):
        if values[earlier] > values[later]:
            said = Wording(
                f"là {values[later]:%H:%M}, trước {earlier} lúc {values[earlier]:%H:%M}",
                f"is {values[later]:%H:%M}, before {earlier} at {values[earlier]:%H:%M}",
            )
            yield later, said
    closes = values["mail.send_window.until"]
    if values["summary.send_at"] > closes:
        yield "summary.send_at", after_window(closes)


def after_window(closes: time) -> Wording:
    """Return that at an hour no mail leaves any more."""
    return Wording(
        f"nằm sau giờ gửi thư, đóng lúc {closes:%H:%M}", f"lies after the send window, which closes at {closes:%H:%M}"
    )
