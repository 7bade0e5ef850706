"""App: all pages as one ASGI application."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from db.boards import Tallies
from web.desk import Desk
from web.headers import Headers
from web.issuer import Issuer
from web.pages import PAGES
from web.refused import refused, status_refusal
from web.rendering import STATIC
from web.sessions import language_of
from web.settings import WebSettings
from web.visit import Hall, Visit


def create_app(desk: Desk, settings: WebSettings) -> Starlette:
    """Return the application that shows the pages of an office."""
    menu = tuple(page.entry for page in PAGES if page.entry is not None)
    hall = Hall(desk, settings, Tallies(desk.zone), menu, Issuer(settings.oidc) if settings.oidc else None)

    def fault(request: Request, raised: Exception) -> Response:
        visit = Visit(hall, request, desk.now())
        visit.language = language_of(visit)
        return refused(visit, status_refusal(raised.status_code if isinstance(raised, HTTPException) else 500))

    app = Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
            *(page.route(hall) for page in PAGES),
        ],
        middleware=[Middleware(Headers, settings=settings)],
        exception_handlers={HTTPException: fault},
    )
    # A redirect would name the host that the request named, whatever that was.
    app.router.redirect_slashes = False
    app.state.hall = hall
    return app
