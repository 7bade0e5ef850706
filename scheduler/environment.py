"""Environment: dondoc's packages have names that others use too, so it wants an environment of its own."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

OURS = ("rules", "db", "notifications")
_HOME = Path(__file__).resolve().parent.parent


def stranger(home: Path = _HOME, names: Sequence[str] = OURS) -> str | None:
    """Return what is wrong when a package found under one of our names is not the one beside this file, else None."""
    for name in names:
        spec = find_spec(name)
        found = Path(spec.origin).resolve() if spec and spec.origin else None
        if found is None or found.parent.parent != home:
            where = str(found.parent) if found else "nowhere"
            return (
                f"the package {name!r} is found in {where}, not in {home}: "
                "dondoc needs an environment of its own, without other packages of these names"
            )
    return None
