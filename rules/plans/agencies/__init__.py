"""Agencies of a plan: whom its cells name, resolved against a directory."""

from rules.plans.agencies.resolve import Resolver, resolve
from rules.plans.agencies.tasks import with_agencies

__all__ = ["Resolver", "resolve", "with_agencies"]
