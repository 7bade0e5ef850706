"""Unconfirmed: drafts of summaries that nobody has confirmed, as matters for the standing office until somebody does,
or the next draft of the kind takes their place."""

from datetime import date

from sqlalchemy.engine import Connection

from db.summaries import drafts_waiting
from rules.calendar import local_day
from rules.digest import Matter
from rules.periodic.period import read_period
from rules.programme import Rulebook
from rules.wording import Wording
from scheduler.config import Config
from scheduler.periodic.bureaus import bureaus

NOT_SENT = Wording("chỉ được gửi đi sau khi được xác nhận.", "leaves only once it is confirmed.")


def unconfirmed_matters(
    connection: Connection, config: Config, rulebook: Rulebook, programme: str
) -> tuple[Matter, ...]:
    """Return the drafts of the standing office of a programme that wait to be confirmed, as matters: the same for each
    of its programmes. None where what nobody confirms leaves by itself."""
    if not config.summaries.schedule.needs_confirmation:
        return ()
    return tuple(
        _matter(str(bureau.office), period, config, local_day(drawn_at, config.policy.zone))
        for bureau in bureaus(rulebook)
        if programme in {one.id for one in bureau.programmes}
        for period, drawn_at in drafts_waiting(connection, str(bureau.office))
    )


def _matter(office: str, period: str, config: Config, since: date) -> Matter:
    name = read_period(period).name
    subject = Wording(f"Báo cáo {name.vi}", f"Report of {name.en}").say(config.language)
    return Matter("draft", "", subject, NOT_SENT.say(config.language), since, summary=(office, period))
