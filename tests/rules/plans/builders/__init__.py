"""Builders of documents for the tests of their readers."""
