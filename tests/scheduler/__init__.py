"""Tests of the scheduler: configuration, passes, delivery, the daemon."""
