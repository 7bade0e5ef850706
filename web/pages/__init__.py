"""All pages. Each file here has its own; this one gathers them, in the order of the menu."""

from web.page import Page
from web.pages import answer, audit, events, home, indicators, oidc, several, sign_in, undated, verification

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *sign_in.PAGES,
    *oidc.PAGES,
    *answer.PAGES,
    *several.PAGES,
    *verification.PAGES,
    *events.PAGES,
    *undated.PAGES,
    *indicators.PAGES,
    *audit.PAGES,
)
