"""Simulated: what came of a simulation, as a calendar page, as an iCalendar file, and compared with another."""
