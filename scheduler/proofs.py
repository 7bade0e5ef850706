"""Proofs: files and links as they come in, looked at, and the files kept, before a report names them."""

from collections.abc import Iterable
from pathlib import Path

from db.evidence_store import EvidenceStore
from db.facts import Proof
from rules.evidence import MOST_BYTES, MOST_PROOFS, Refused, file, link, too_large, too_many


def kept(store: EvidenceStore, data: bytes, name: str) -> Proof:
    """Keep a file and return it as a proof; Refused where it is of no kind that is accepted, and nothing is kept."""
    found = file(data, name)
    return Proof(store.put(data), found.name, found.media_type, len(data))


def linked(text: str) -> Proof:
    """Return a link as a proof; Refused where it is none."""
    return Proof(link=link(text))


def named(store: EvidenceStore, texts: Iterable[str]) -> list[Proof]:
    """Return what the command line names, files by their path and links; all are looked at before any is kept.

    Refused where one is not accepted, OSError where a file does not open.
    """
    texts = list(texts)
    if len(texts) > MOST_PROOFS:
        raise too_many()
    read = [(text, None if is_link(text) else _bytes(Path(text))) for text in texts]
    for text, data in read:
        if data is not None:
            file(data, text)
    return [linked(text) if data is None else kept(store, data, text) for text, data in read]


def is_link(text: str) -> bool:
    """Say whether a text means a link, not a file."""
    return text.lower().startswith(("http://", "https://"))


def _bytes(path: Path) -> bytes:
    with path.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise too_large(path.name)
    return data


__all__ = ["Refused", "is_link", "kept", "linked", "named"]
