"""All pages. Each file here has its own; this one gathers them, in the order of the menu."""

from web.page import Page
from web.pages import (
    answer,
    audit,
    board,
    days,
    events,
    extensions,
    home,
    lists,
    mine,
    oidc,
    outbox,
    several,
    sign_in,
    task,
    undated,
    unit,
    verification,
)

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *sign_in.PAGES,
    *oidc.PAGES,
    *answer.PAGES,
    *task.PAGES,
    *several.PAGES,
    *mine.PAGES,
    *board.PAGES,
    *lists.PAGES,
    *days.PAGES,
    *unit.PAGES,
    *verification.PAGES,
    *extensions.PAGES,
    *events.PAGES,
    *undated.PAGES,
    *outbox.PAGES,
    *audit.PAGES,
)
