"""Scenarios: played, judged, drafted, and what they touch."""
