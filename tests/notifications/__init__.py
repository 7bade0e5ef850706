"""Tests of the letters and of what carries them."""
