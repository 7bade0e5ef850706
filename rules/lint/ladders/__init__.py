"""Rungs that are never sent, come too early, or reach one person in two posts."""
