"""The audit trail, for administrators: who did what, when, from where."""

from typing import NamedTuple

from starlette.responses import Response

from db.facts import trail
from rules.wording import Wording
from web.page import Page
from web.visit import Visit

SHOWN = 200


class Asked(NamedTuple):
    """What of the trail is asked for; '' lets all through."""

    person: str = ""
    subject: str = ""


def show(visit: Visit) -> Response:
    """Show the last actions, those of a person or on a subject if asked."""
    query = visit.request.query_params
    asked = Asked(query.get("person", "").strip().casefold(), query.get("subject", "").strip())
    with visit.reading() as connection:
        found = trail(connection, person=asked.person or None, subject=asked.subject or None, limit=SHOWN + 1)
    return visit.render("audit.html.j2", asked=asked, found=found[:SHOWN], more=len(found) > SHOWN, shown=SHOWN)


PAGES = (Page("/nhat-ky", "see_audit", show, menu=Wording("Nhật ký thao tác", "Audit trail")),)
