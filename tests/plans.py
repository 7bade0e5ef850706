"""The five plans beside the repository (`DONDOC_PLANS` says where else), and the mark of the tests that need them."""

import os
from pathlib import Path

import pytest

PLANS = Path(os.environ.get("DONDOC_PLANS", Path(__file__).resolve().parents[2] / "shared" / "plans"))
needs_plans = pytest.mark.skipif(
    not PLANS.is_dir(), reason=f"the five plans are not at {PLANS} (DONDOC_PLANS says where)"
)


def plan_file(name: str) -> Path:
    """Return the file of a plan by its number: `004`."""
    (path,) = PLANS.glob(f"{name}_*.txt")
    return path
