"""Kinds of messages that are no digest of notices."""

ADMIN = "admin"
"""The kind of message that tells an admin what is wrong; it goes at any hour."""
SIGN_IN = "sign_in"
"""The kind of message with which somebody signs in to the pages; it goes at any hour, and uses up nobody's share."""
