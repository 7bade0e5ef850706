"""All pages. Each file here has its own; this one gathers them, in the order of the menu."""

from web.page import Page
from web.pages import answer, audit, board, events, home, lists, oidc, several, sign_in, task, undated, verification

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *sign_in.PAGES,
    *oidc.PAGES,
    *answer.PAGES,
    *task.PAGES,
    *several.PAGES,
    *board.PAGES,
    *lists.PAGES,
    *verification.PAGES,
    *events.PAGES,
    *undated.PAGES,
    *audit.PAGES,
)
