"""The answer page: an obligation with what was said of it, and all the ways to answer for it; reached by the link of a
letter, or signed in.

A form leads to a confirmation, the confirmation records, and a receipt says what was recorded and when. Pressed twice,
the second press shows the receipt of the first.
"""

from collections.abc import Callable
from urllib.parse import quote

from starlette.responses import Response

from db.facts import NotExtended, NothingToResolve, NothingToVerify, NotSo, NotThatDay, RecordedProof
from db.once import UsedUp, use_of
from rules.evidence import MOST_BYTES, MOST_PROOFS
from rules.wording import Wording
from web.answers import KINDS
from web.answers.about import About, about
from web.answers.done import HELD
from web.answers.kind import Given, Kind, Wrong, held_after
from web.answers.not_open import not_open, not_taken, withdrawal
from web.answers.unsaved import unsaved
from web.page import Page
from web.refusal import Refusal
from web.visit import Visit

KIND, STEP, RECEIPT, FILE = "lam", "buoc", "nhan", "tep"
LARGEST = MOST_PROOFS * MOST_BYTES + 1024 * 1024
Which = Callable[[Visit], int]
"""What tells the number of the obligation that a visit is about."""


def show(visit: Visit, which: Which) -> Response:
    """Show the obligation, the form of one answer, a receipt, or a file that proves a report."""
    query = visit.request.query_params
    with visit.reading() as connection:
        found = about(visit, connection, which(visit))
        if FILE in query:
            return _file(visit, found, query[FILE])
        if RECEIPT in query:
            use = use_of(connection, query[RECEIPT])
            if use is None or use.person != visit.who.person:
                raise Refusal("not_found")
            kind = next((kind for kind in KINDS.values() if kind.purpose == use.purpose), None)
            return visit.render("answer_receipt.html.j2", about=found, kind=kind, use=use, number=query[RECEIPT][:8])
    kind = KINDS.get(query.get(KIND, ""))
    if kind is None:
        return _page(visit, found)
    if not kind.is_open_to(found):
        why = not_open(found, kind, zone=visit.desk.zone)
        return _page(visit, found, why.words, status=why.status)
    return _form(visit, found, kind)


def act(visit: Visit, which: Which) -> Response:
    """Take a form: look at it and ask whether it is meant so; when it was confirmed, record it."""
    with visit.reading() as connection:
        found = about(visit, connection, which(visit))
        earlier = use_of(connection, visit.text("once"))
    kind = KINDS.get(visit.text(KIND))
    if kind is None:
        raise Refusal("missing")
    if earlier is not None and earlier.person == visit.who.person:
        return _receipt(visit)
    if not kind.is_open_to(found):
        return _not_taken(visit, found, kind)
    try:
        given = kind.check(visit, found)
    except Wrong as wrong:
        return _form(visit, found, kind, wrong=wrong)
    step = visit.text(STEP)
    if step == "sua":
        return _form(visit, found, kind)
    if step != "ghi":
        return visit.render("answer_confirm.html.j2", about=found, kind=kind, given=given)
    return _record(visit, found, kind, given, which)


def _record(visit: Visit, found: About, kind: Kind, given: Given, which: Which) -> Response:
    if not visit.text("once"):
        raise Refusal("missing")
    try:
        kind.record(visit, found, given)
    except UsedUp:
        return _receipt(visit)
    except NotExtended as fault:
        with visit.reading() as connection:
            now = about(visit, connection, which(visit))
        return _page(visit, now, fault.refused.words, status=409)
    except NotThatDay as fault:
        # It could when the form was looked at: midnight, or new rules, came between.
        return _page(visit, found, fault.words, status=409)
    except (NotSo, NothingToVerify, NothingToResolve):
        with visit.reading() as connection:
            now = about(visit, connection, which(visit))
        return _not_taken(visit, now, kind)
    return _receipt(visit)


def _receipt(visit: Visit) -> Response:
    return visit.go(visit.here, **{RECEIPT: visit.text("once")})


def _not_taken(visit: Visit, found: About, kind: Kind) -> Response:
    why = not_taken(found, kind, asks=visit.who.person, zone=visit.desk.zone)
    return _page(visit, found, why.words, status=why.status)


def _page(visit: Visit, found: About, note: Wording | None = None, *, status: int = 200) -> Response:
    offered = [kind for kind in KINDS.values() if kind.is_open_to(found)]
    edition = visit.claim.edition if visit.claim is not None else found.stored.edition
    moved = edition != found.stored.edition
    withdrawn = withdrawal(found, visit.desk.zone) if found.stored.state == "withdrawn" else None
    return visit.render(
        "answer.html.j2",
        status=status,
        about=found,
        offered=offered,
        note=note,
        moved=moved,
        withdrawn=withdrawn,
        unsaved=unsaved(visit, found.stored.id),
    )


def _form(visit: Visit, found: About, kind: Kind, *, wrong: Wrong | None = None) -> Response:
    sent = {name: visit.text(name) for name in visit.form if name not in ("form_token", "once")}
    status = 200 if wrong is None else 400
    held = held_after(wrong, sent.get(HELD, ""))
    return visit.render("answer_form.html.j2", status=status, about=found, kind=kind, wrong=wrong, sent=sent, held=held)


def _file(visit: Visit, found: About, number: str) -> Response:
    """Return a file as an attachment, whatever it is: no browser shows it as a page of ours."""
    proof = next((one for one in found.proofs if str(one.id) == number and one.sha256), None)
    data = visit.desk.kept(proof.sha256) if proof is not None and proof.sha256 else None
    if proof is None or data is None:
        raise Refusal("not_found")
    return Response(data, media_type=proof.media_type, headers=attachment(proof))


def attachment(proof: RecordedProof) -> dict[str, str]:
    """Return the headers under which a file is given back: to be kept, never to be shown in its place."""
    plain = "".join(one if one.isascii() and (one.isalnum() or one in "-_.") else "_" for one in proof.shown)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(proof.shown, safe='')}"
    return {
        "Content-Disposition": disposition,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }


def _of_link(visit: Visit) -> int:
    assert visit.claim is not None
    return visit.claim.obligation_id


def of_path(visit: Visit) -> int:
    """Return the number of the obligation that the path names; Refusal where it is none."""
    text = str(visit.request.path_params["id"])
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Refusal("not_found")
    return int(text)


PAGES = (
    Page(
        "/tl/{token}",
        "link",
        lambda visit: show(visit, _of_link),
        lambda visit: act(visit, _of_link),
        purpose="answer",
        largest=LARGEST,
        largest_files=MOST_PROOFS,
    ),
    Page(
        "/nhiem-vu/{id}/tra-loi",
        "see_obligation",
        lambda visit: show(visit, of_path),
        lambda visit: act(visit, of_path),
        largest=LARGEST,
        largest_files=MOST_PROOFS,
    ),
)
