"""Sweeping: files that came with an answer which was not recorded in the end are deleted after some days."""

import logging
from datetime import datetime, timedelta

from db.evidence_store import EvidenceStore
from db.facts import files_kept
from scheduler.office import Office

KEPT = timedelta(days=3)
"""How long a file is kept that no record names: a form may still be open on somebody's phone."""

log = logging.getLogger("dondoc.evidence")


def sweep_proofs(office: Office, *, now: datetime) -> int:
    """Delete what proves nothing, and return how many files that were; what cannot be deleted is left for tomorrow."""

    def needed() -> set[str]:
        with office.engine.connect() as connection:
            return set(files_kept(connection))

    try:
        swept = EvidenceStore(office.config.web.evidence).sweep(needed, before=now - KEPT)
    except OSError as fault:
        log.warning("files that prove nothing could not be deleted: %s", fault)
        return 0
    if swept:
        log.info("files that prove nothing, deleted: %s", swept)
    return swept
