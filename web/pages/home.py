"""The first page: who is signed in, by which posts, and where to go from here."""

from starlette.responses import Response

from web.page import Page
from web.visit import Visit


def show(visit: Visit) -> Response:
    """Show the first page."""
    return visit.render("home.html.j2", roles=visit.who)


PAGES = (Page("/", "person", show),)
