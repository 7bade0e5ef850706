"""Governance lint: a rulebook and its papers → findings, each with its place, the reason and the mend.

What is wrong is for `rules.load`, what is right and yet assumed for `rules.doubts`; here is what the files say and an
office ought not to.
"""

from rules.lint.finding import Check, Finding, Found
from rules.lint.papers import Papers, papers
from rules.lint.subject import Limits, Subject
from rules.lint.table import CHECKS
from rules.lint.waiving import about_waivers, waived

__all__ = ["CHECKS", "Check", "Finding", "Limits", "Papers", "Subject", "lint", "papers"]


def lint(subject: Subject) -> list[Finding]:
    """Return all that is found, in order of place, but for what a comment waives; of such comments what is wrong."""
    found = [(check, each) for check in CHECKS.values() for each in check.find(subject)]
    judged = waived(found, subject.papers)
    findings = {_finding(check, each) for check, each in judged.standing}
    return sorted(findings | set(about_waivers(judged.idle, subject.papers, CHECKS)))


def _finding(check: Check, found: Found) -> Finding:
    return Finding(found.source, check.code, check.severity, found.place.path, found.said, found.mend or check.mend)
