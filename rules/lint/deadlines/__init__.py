"""Deadlines: on days off, too many at once, against other documents, against the document's own words."""
