"""Summary letters: the draft to the standing office, that it waits to be confirmed, the summary itself to its readers,
who has not written yet, and the request that a unit write."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Literal

from notifications.compose import MailSettings, MessageIdentity, contact, enveloped
from notifications.envelope import Envelope
from notifications.letters import Letter, Letters, folders, letters, where
from notifications.mime import Attachment
from notifications.words import moment, salutation
from rules.days import full, with_hour
from rules.digest import Recipient
from rules.periodic.told import Figures, Part, Point, Points, Told
from rules.problem import Problem, Source
from rules.wording import Language, Wording

TEMPLATES = "summary"
LetterStep = Literal["draft", "sent", "missing", "request", "reminder"]


@dataclass(frozen=True, slots=True)
class SummaryLetter:
    """What one reader is told of a period. `missing` are the units that have not written, `write_by` (an instant)
    until when they write, `send_at` when the summary leaves, `needs_confirmation` whether only if it is confirmed."""

    step: LetterStep
    recipient: Recipient
    name: str
    """The period in words: `tuần 14 năm 2026`."""
    office: str
    """The standing office's name."""
    made_at: datetime
    today: date
    write_by: datetime
    send_at: datetime
    needs_confirmation: bool
    told: Told | None = None
    missing: tuple[str, ...] = ()
    link: str = ""
    """Where a draft is confirmed, '' where no pages are served."""
    links: tuple[str, ...] = ()
    """Where each of `missing` is written for, '' for one that the reader cannot write for; none where no pages are
    served."""


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


def failing(tried: Letters, language: Language, searched: Sequence[Path]) -> Iterator[Problem]:
    """Yield what goes wrong when letters of each step are written, and what they should tell and do not."""
    settings = MailSettings(from_address="don-doc@dongthap.example", language=language)
    for sample in _samples():
        try:
            written = _write(sample, tried, settings)
        # An edited template may raise anything at all.
        except Exception as fault:
            yield where(fault, searched)
            continue
        for part, text in (("txt", written.text), ("html", unescape(written.html))):
            missing = [told for told in _tells(sample) if told not in text]
            if missing:
                place = next(folder for folder in searched if (folder / f"{TEMPLATES}.{part}.j2").is_file())
                said = Wording(
                    f"thư mẫu {sample.step!r} bỏ sót {missing[0]!r}",
                    f"the letter for the sample {sample.step!r} leaves out {missing[0]!r}",
                )
                yield Problem(Source(str(place / f"{TEMPLATES}.{part}.j2")), "", said)


def _tells(sample: SummaryLetter) -> Iterator[str]:
    """Yield the units and points a letter has to name, and the link it has to have."""
    yield from sample.missing
    if sample.told:
        yield from (point.text for part in sample.told.parts for points in part.lists for point in points.points)
    yield from (link for link in (sample.link, *sample.links) if link)


def _samples() -> Iterator[SummaryLetter]:
    """Yield a letter of each step."""
    points = Points(
        "Nhiệm vụ quá hạn", (Point("A.14. Chuẩn bị họp Quý I (Sở Tư pháp)", "quá hạn 12 ngày", "late"),), 4, 3
    )
    figures = Figures("Tổng hợp", ("Tình trạng", "Số nhiệm vụ"), (("Quá hạn", "4"), ("Tổng số", "9")), totals=True)
    part = Part(
        "I", "Kết quả nổi bật trong tuần", "Theo dõi 9 nhiệm vụ.", (figures,), (points, Points("", (), 0, 0, "Không."))
    )
    told = Told(
        "Báo cáo",
        "Tình hình",
        ("Chương trình",),
        "tuần",
        "17h00",
        (Point("4 quá hạn", tone="late"),),
        (part,),
        ("Tạm tính.",),
    )
    steps: tuple[tuple[LetterStep, Told | None, tuple[str, ...]], ...] = (
        ("draft", told, ()),
        ("sent", told, ()),
        ("missing", None, ("Sở Tư pháp", "Sở Y tế")),
        ("request", None, ("Sở Tư pháp", "Sở Y tế", "Sở Xây dựng")),
        ("reminder", None, ()),
    )
    at = datetime(2026, 4, 3, 10, tzinfo=UTC)
    reader = Recipient("Phó Chủ tịch phụ trách", "pct@dongthap.example")
    for step, summary, missing in steps:
        for needs_confirmation in (True, False):
            yield SummaryLetter(
                step=step,
                recipient=reader,
                name="tuần 14 năm 2026",
                office="Sở Khoa học và Công nghệ",
                made_at=at,
                today=at.date(),
                write_by=at,
                send_at=at,
                needs_confirmation=needs_confirmation,
                told=summary,
                missing=missing,
                link="https://dondoc.example/bc/x" if step in ("draft", "reminder") else "",
                links=("https://dondoc.example/dg/x", "", "https://dondoc.example/dg/y") if step == "request" else (),
            )


def _write(letter: SummaryLetter, written: Letters, settings: MailSettings) -> Letter:
    language: Language = settings.language
    write_by = letter.write_by.astimezone(settings.zone)
    return written.say(
        TEMPLATES,
        {
            "letter": letter,
            "salutation": salutation(letter.recipient, language),
            "today": full(letter.today).say(language),
            "contact": contact(settings),
            "as_of": moment(letter.made_at.astimezone(settings.zone), language),
            "write_by": with_hour(write_by.date(), write_by.time()).say(language),
            "send_at": moment(letter.send_at.astimezone(settings.zone), language),
        },
    )
