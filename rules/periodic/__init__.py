"""Periodic summaries: what the standing office says each week, month and quarter, cut from one snapshot of all
obligations."""
