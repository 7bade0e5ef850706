"""Signing in by an issuer of identities, where one is configured."""

import hmac
import logging

from starlette.responses import RedirectResponse, Response

from notifications.links import Claim
from rules.wording import Wording
from web.issuer import Errand, Issuer, NotIdentified
from web.page import Page
from web.refusal import Refusal
from web.sessions import begin_noted, roles_now
from web.visit import Visit

BACK = "/oidc/ve"
MINUTES = 10
UNKNOWN = Wording(
    "Địa chỉ mà nơi xác thực cung cấp không có trong danh bạ.", "The directory does not have the address it named."
)

log = logging.getLogger("dondoc.web")


def leave(visit: Visit) -> Response:
    """Send the browser to the issuer."""
    issuer, errand = _issuer(visit), Errand.new()
    try:
        url = issuer.send_to(errand, _back(visit), now=visit.now)
    except NotIdentified as fault:
        log.warning("sign-in by the issuer: %s", fault)
        raise Refusal("not_identified") from fault
    response = RedirectResponse(url, 303)
    scope = f"{errand.nonce} {errand.verifier}"
    token = visit.hall.links.oidc(errand.state, scope, issued_at=visit.now)
    settings = visit.hall.settings
    response.set_cookie(
        _cookie(visit), token, max_age=MINUTES * 60, path="/", secure=settings.is_secure, httponly=True, samesite="lax"
    )
    return response


def back(visit: Visit) -> Response:
    """Sign in who comes back from the issuer, in the browser that went there."""
    issuer, errand, query = _issuer(visit), _errand(visit), visit.request.query_params
    if errand is None or not hmac.compare_digest(query.get("state", "").encode(), errand.state.encode()):
        raise Refusal("form")
    try:
        address = issuer.address(errand, query.get("code", ""), _back(visit), now=visit.now)
    except NotIdentified as fault:
        log.warning("sign-in by the issuer: %s", fault)
        raise Refusal("not_identified") from fault
    roles = roles_now(visit, address)
    if roles is None:
        raise Refusal("not_identified", UNKNOWN)
    response = begin_noted(visit, roles.person, by="oidc")
    response.delete_cookie(_cookie(visit), path="/", secure=visit.hall.settings.is_secure)
    return response


def _issuer(visit: Visit) -> Issuer:
    if visit.hall.issuer is None:
        raise Refusal("not_found")
    return visit.hall.issuer


def _errand(visit: Visit) -> Errand | None:
    claim = visit.hall.links.read(visit.request.cookies.get(_cookie(visit), ""), purpose="oidc", now=visit.now)
    if not isinstance(claim, Claim):
        return None
    nonce, _, verifier = claim.scope.partition(" ")
    return Errand(claim.number, nonce, verifier)


def _back(visit: Visit) -> str:
    return f"{visit.hall.settings.public_url}{BACK}"


def _cookie(visit: Visit) -> str:
    return f"{visit.hall.settings.cookie}-oidc"


PAGES = (Page("/oidc/vao", "anyone", leave), Page(BACK, "anyone", back))
