"""Negatives: commands among whose arguments a number below zero is no option."""

import re
from typing import Any

from typer.core import TyperCommand

MINUS = "−"
"""What begins no option, and reads as well; commands take it back."""


class TakesNegatives(TyperCommand):
    """A command to which `-5` is a number."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Write the sign of numbers as the minus that begins no option; what follows an option is its own."""
        written = [
            one if before.startswith("--") else re.sub(r"^-(?=[0-9])", MINUS, one)
            for before, one in zip(["", *args], args, strict=False)
        ]
        return super().parse_args(ctx, written)
