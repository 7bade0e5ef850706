"""All pages. Each file here has its own; this one gathers them, in the order of the menu."""

from web.page import Page
from web.pages import answer, audit, home, sign_in

PAGES: tuple[Page, ...] = (*home.PAGES, *sign_in.PAGES, *answer.PAGES, *audit.PAGES)
