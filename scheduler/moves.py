"""Moves: what moved of a deadline whose due day stayed, as the rules of the instants before and after say it."""

from datetime import datetime

from sqlalchemy.engine import Connection

from db.changes import RecordedChange
from rules.calendar import local_day
from rules.changes.causes import Causes
from rules.days import clock, day_en, day_vi, plus
from rules.followed import Followed
from rules.obligation import Facts, ObligationKey
from rules.wording import Wording
from scheduler.config import Config
from scheduler.past import A_MOMENT, Past, past

_BACK = Wording("trở lại, thay cho thời hạn theo nhịp khác", "back, in place of a deadline of another rhythm")
_STAYED = Wording("đổi giờ, hoặc ngày còn đúng hạn", "another hour, or other days of grace")


def moved_within_its_day(connection: Connection, config: Config, change: RecordedChange, key: ObligationKey) -> Wording:
    """Return the words of a move after which the due day is that of before: the hour or the days of grace that are
    others, and why."""
    before, after = (past(connection, config, at=at) for at in (change.at - A_MOMENT, change.at))
    was, is_ = (_followed(then, key) if then else None for then in (before, after))
    if before and was and is_ and was.term == is_.term:
        # Time alone moved it: an amendment on its day.
        was = _followed(before, key, days=-1)
    due = change.due_after
    if before is not None and was is None:
        return _said(change, _BACK)
    if before is None or after is None or was is None or is_ is None or due is None:
        return _said(change, _STAYED)
    what = [*_hours(was, is_, config), *_grace(was, is_)]
    today = local_day(change.at, config.policy.zone)
    causes = Causes(before.rulebook, after.rulebook, (before.roster.events, after.roster.events), today)
    why = [Wording(f"{c.text.vi} ({c.source})", f"{c.text.en} ({c.source})") for c in causes.of_move(was, is_)]
    joined = [*(what or [_STAYED]), *why]
    return _said(change, Wording("; ".join(one.vi for one in joined), "; ".join(one.en for one in joined)))


def _said(change: RecordedChange, what: Wording) -> Wording:
    due = change.due_after
    if due is None:
        return Wording(f"vẫn không có hạn; {what.vi}", f"still undated; {what.en}")
    return Wording(f"hạn vẫn {day_vi(due)}; {what.vi}", f"still due {day_en(due)}; {what.en}")


def _followed(then: Past, key: ObligationKey, *, days: int = 0) -> Followed | None:
    today = plus(local_day(then.at, then.roster.policy.zone), days)
    return then.roster.follow(key, Facts(then.at), today=today)


def _hours(was: Followed, is_: Followed, config: Config) -> list[Wording]:
    def hour(at: datetime | None) -> Wording:
        return clock(at.astimezone(config.policy.zone).time()) if at else Wording("?", "?")

    old, new = hour(was.term.due_at), hour(is_.term.due_at)
    if was.term.due_at == is_.term.due_at:
        return []
    return [Wording(f"giờ cũ {old.vi}, nay {new.vi}", f"was {old.en}, now {new.en}")]


def _grace(was: Followed, is_: Followed) -> list[Wording]:
    old, new = was.term.grace_until, is_.term.grace_until
    if old is None or new is None or old == new:
        return []
    words = f"còn đúng hạn đến hết {day_vi(new)}, trước là {day_vi(old)}"
    return [Wording(words, f"on time until {day_en(new)}, was {day_en(old)}")]
