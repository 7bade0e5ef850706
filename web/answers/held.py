"""Held: proofs that were sent with a form and are kept, named in the confirmation by a signed text, so that nobody can
name a file that they did not send."""

from collections.abc import Iterable
from dataclasses import astuple
from hashlib import sha256

from itsdangerous import BadData, URLSafeSerializer

from db.facts import Proof
from web.visit import Visit


def held(visit: Visit, of: int | str, proofs: Iterable[Proof]) -> str:
    """Return what a form carries in the place of files: bound to the person and to what they prove. Links stay in their
    field."""
    files = [astuple(proof) for proof in proofs if proof.sha256]
    return _signed(visit).dumps([visit.who.person, of, files]) if files else ""


def released(visit: Visit, of: int | str, text: str) -> tuple[Proof, ...]:
    """Return the files that a form carries, none where the text is not ours or is somebody else's."""
    if not text:
        return ()
    try:
        person, about, files = _signed(visit).loads(text)
    except (BadData, ValueError, TypeError):
        return ()
    if (person, about) != (visit.who.person, of):
        return ()
    return tuple(Proof(*one) for one in files)


def _signed(visit: Visit) -> URLSafeSerializer:
    return URLSafeSerializer(
        list(reversed(visit.desk.keys)), salt="dondoc.held.1", signer_kwargs={"digest_method": sha256}
    )
