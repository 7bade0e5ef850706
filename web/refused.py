"""Refused: the page of a refusal."""

from starlette.responses import Response

from web.refusal import NOTICES, Reason, Refusal
from web.visit import Visit


def refused(visit: Visit, refusal: Refusal) -> Response:
    """Return the page that says what happened and what to do."""
    notice = NOTICES[refusal.reason]
    response = visit.render(
        "refused.html.j2", status=notice.status, notice=notice, detail=refusal.detail, to=refusal.to
    )
    if refusal.wait is not None:
        response.headers["Retry-After"] = str(refusal.wait)
    return response


def status_refusal(status: int) -> Refusal:
    """Return the refusal for a status that comes from the framework."""
    reasons: dict[int, Reason] = {404: "not_found", 405: "no_such_way", 413: "too_large", 400: "form"}
    return Refusal(reasons.get(status, "broken" if status >= 500 else "form"))
