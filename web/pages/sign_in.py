"""Signing in: an address asks for a link, the link comes by mail, and signs in once.

Whether the directory knows an address is told by no page: the same words, and the work that differs is done after the
answer.
"""

from starlette.background import BackgroundTask
from starlette.responses import Response

from db.once import UsedUp, use_of
from notifications.address import wire_address
from rules.wording import Wording
from web.limits import SIGN_IN_ADDRESS, SIGN_IN_ORIGIN, count
from web.page import Page
from web.refusal import Refusal
from web.sessions import THEN, begin_noted, end, is_ours, roles_now
from web.visit import Visit, fresh_number

NOT_AN_ADDRESS = Wording(
    "Đề nghị ghi một địa chỉ thư, ví dụ ten@tinh.example.", "Write an address, as name@tinh.example."
)


def ask(visit: Visit) -> Response:
    """Show the form that asks for the address."""
    response = _form(visit)
    wanted = visit.request.query_params.get(THEN, "")
    if is_ours(wanted):
        response.set_cookie(THEN, wanted, max_age=3600, path="/", httponly=True, samesite="lax")
    return response


def send(visit: Visit) -> Response:
    """Have a link sent to the address, if the directory knows it."""
    written = visit.text("address", longest=320)
    count(visit, SIGN_IN_ORIGIN, visit.origin or "")
    address = wire_address(written)
    if address is None:
        return _form(visit, written, NOT_AN_ADDRESS)
    count(visit, SIGN_IN_ADDRESS, address.casefold())
    return visit.render("sign_in_sent.html.j2", address=address, background=BackgroundTask(_send, visit, address))


def _form(visit: Visit, address: str = "", fault: Wording | None = None) -> Response:
    issuer = visit.hall.settings.oidc.name if visit.hall.settings.oidc else None
    status = 400 if fault else 200
    return visit.render("sign_in.html.j2", status=status, address=address, fault=fault, issuer=issuer)


def _send(visit: Visit, address: str) -> None:
    roles = roles_now(visit, address)
    if roles is not None:
        visit.desk.send_sign_in(roles.person, fresh_number(), at=visit.now)


def confirm(visit: Visit) -> Response:
    """Show the button that signs in: a scanner that opens the link has not pressed it."""
    assert visit.claim is not None
    with visit.reading() as connection:
        if use_of(connection, visit.claim.number) is not None:
            raise Refusal("used")
    return visit.render("sign_in_confirm.html.j2", person=visit.claim.person)


def enter(visit: Visit) -> Response:
    """Sign in, once."""
    assert visit.claim is not None
    try:
        return begin_noted(visit, visit.who.person, by="link", once=visit.claim.number)
    except UsedUp:
        raise Refusal("used") from None


def leave(visit: Visit) -> Response:
    """Sign out."""
    response = visit.go("/dang-nhap")
    end(visit, response)
    return response


PAGES = (
    Page("/dang-nhap", "anyone", ask, send),
    Page("/vao/{token}", "link", confirm, enter, purpose="sign_in"),
    Page("/dang-xuat", "person", act=leave),
)
