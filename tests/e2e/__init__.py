"""Tests of whole commands and processes."""
