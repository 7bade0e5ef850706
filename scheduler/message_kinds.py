"""Kinds of messages that are no digest of notices."""

ADMIN = "admin"
"""The kind of message that tells an admin what is wrong; it goes at any hour."""
SIGN_IN = "sign_in"
"""The kind of message with which somebody signs in to the pages; it goes at any hour, and uses up nobody's share."""
SUMMARY = "summary"
"""The kind of message that holds a summary, a draft of one, who has not written for it, asks a unit to write, or says
that the draft waits to be confirmed."""
REQUEST = "request"
MISSING = "missing"
REMINDER = "reminder"
"""Of messages about a summary: those that are neither the draft nor the summary itself."""
