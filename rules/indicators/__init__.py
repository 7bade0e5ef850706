"""Indicators: values and targets as written, how the ones stand to the others, and what is asked of their owners."""
