"""Summaries of periods in the shell: drawn up from the database, sent at their hours, confirmed, and written to."""
