"""Agencies of a plan: whom its cells name, resolved against a directory."""

from rules.plans.agencies.resolve import Resolver, resolve

__all__ = ["Resolver", "resolve"]
