"""Proven: the proofs that a command names."""

import typer

from db.evidence_store import EvidenceStore
from db.facts import Proof
from scheduler.office import Office
from scheduler.proofs import Refused, named


def proofs(opened: Office, texts: list[str]) -> list[Proof]:
    """Return the proofs that were named, their files kept; BadParameter where one is not accepted."""
    try:
        return named(EvidenceStore(opened.config.web.evidence), texts)
    except Refused as refused:
        raise typer.BadParameter(refused.reason.en, param_hint="--evidence") from refused
    except OSError as fault:
        message = f"{fault.filename}: {fault.strerror}; the number of a document goes with --document"
        raise typer.BadParameter(message, param_hint="--evidence") from fault
