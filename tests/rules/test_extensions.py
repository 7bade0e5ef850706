"""Extensions: the decision tables of asking and deciding; and what a granted one makes of a term, whatever the days."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from rules.access import Relation
from rules.extended import Extended, standing
from rules.extensions import Allowed, Asked, Bound, Rule, ask, bound_of, decide, suggestion
from rules.obligation import Facts
from rules.register import Prolonged
from rules.requests import Decided, Request, Verdict
from rules.roster import Roster
from rules.wording import Wording
from tests.rules.books import POLICY, at, book, day, key, started, task
from tests.rules.calendars import HCM

YEAR_END = Bound(day("2026-12-31"), Wording("kỳ của chương trình kết thúc", "the programme's period ends"))
CALENDAR = book(task("2026-04-03")).calendars
REQUEST = Request(
    7, 1, 1, "a", day("2026-04-03"), day("2026-04-20"), "chờ vốn", False, "standing", at("2026-03-30"), "f@a.example"
)
DECIDED = replace(REQUEST, decided=Decided("refused", at("2026-03-31"), "s@tinh.example", reason="không"))


def case(today: str = "2026-03-30", due: str | None = "2026-04-03", **more: object) -> Asked:
    """Return an obligation due on Friday, 3 April 2026, on a day."""
    calendar = next(iter(CALENDAR.values()))
    known = Asked(Facts(at("2026-01-05")), day(due) if due else None, YEAR_END, calendar, day(today))
    return replace(known, **more)  # type: ignore[arg-type]


DONE = Facts(at("2026-01-05"), done_at=at("2026-03-20"))
CLOSED = Facts(at("2026-01-05"), closed_at=at("2026-03-20"))
WITHDRAWN = Facts(at("2026-01-05"), withdrawn_at=at("2026-03-20"))


@pytest.mark.parametrize(
    ("asked", "wanted", "reason", "exception", "comes_to"),
    [
        (case(), "2026-04-20", "chờ vốn", False, (1, False)),
        (case("2026-04-02"), "2026-04-20", "chờ vốn", False, (1, False)),
        (case(), "2026-12-31", "chờ vốn", False, (1, False)),
        (case(), "2026-04-20", "chờ vốn", True, (1, False)),
        (case("2026-04-03"), "2026-04-20", "chờ vốn", True, (1, True)),
        (case("2026-04-10"), "2026-04-20", "chờ vốn", True, (1, True)),
        (case(requests=[DECIDED, replace(DECIDED, id=8)]), "2026-04-20", "chờ vốn", False, (3, False)),
        (case(bound=None), "2030-01-01", "chờ vốn", False, (1, False)),
        (case("2026-04-03"), "2026-04-20", "chờ vốn", False, Rule.AFTER_DUE),
        (case("2026-04-10"), "2026-04-20", "chờ vốn", False, Rule.AFTER_DUE),
        (case(), "2026-04-20", "", False, Rule.NO_REASON),
        (case(), "2026-04-20", " \n", False, Rule.NO_REASON),
        (case(), "2026-04-03", "chờ vốn", False, Rule.NOT_LATER),
        (case(), "2026-04-02", "chờ vốn", False, Rule.NOT_LATER),
        (case("2026-04-10"), "2026-04-09", "chờ vốn", True, Rule.PAST),
        (case(), "2027-01-01", "chờ vốn", False, Rule.PAST_PARENT),
        (case(requests=[REQUEST]), "2026-04-20", "chờ vốn", False, Rule.OPEN_REQUEST),
        (case(due=None), "2026-04-20", "chờ vốn", False, Rule.UNDATED),
        (case(facts=DONE), "2026-04-20", "chờ vốn", False, Rule.OVER),
        (case(facts=CLOSED), "2026-04-20", "chờ vốn", False, Rule.OVER),
        (case(facts=WITHDRAWN), "2026-04-20", "chờ vốn", False, Rule.OVER),
    ],
)
def test_what_may_be_asked(
    asked: Asked, wanted: str, reason: str, exception: bool, comes_to: tuple[int, bool] | Rule
) -> None:
    found = ask(asked, day(wanted), reason, as_exception=exception)
    if isinstance(found, Allowed):
        assert (found.number, found.is_exception) == comes_to
        assert found.is_flagged == (found.number >= 3)
    else:
        assert found.rule == comes_to
        assert found.words.vi.endswith(".")
        assert found.words.en.endswith(".")


BY = "s@tinh.example"


@pytest.mark.parametrize(
    ("verdict", "by", "relations", "own", "comes_to"),
    [
        ("granted", BY, {"standing"}, False, None),
        ("granted", BY, {"overseer"}, False, None),
        ("refused", BY, {"overseer", "chair"}, False, None),
        ("granted", BY, {"chair"}, False, Rule.NOT_ALLOWED),
        ("granted", BY, {"coordinating"}, False, Rule.NOT_ALLOWED),
        ("granted", BY, {"admin"}, False, Rule.NOT_ALLOWED),
        ("granted", BY, set(), False, Rule.NOT_ALLOWED),
        ("granted", BY, {"standing", "owner"}, False, Rule.OWN),
        ("granted", "F@A.example", {"standing"}, False, Rule.OWN),
        ("refused", "f@a.example", {"overseer"}, False, Rule.OWN),
        ("refused", BY, {"owner"}, False, Rule.OWN),
        ("granted", BY, {"standing"}, True, Rule.NOT_ALLOWED),
        ("granted", BY, {"overseer"}, True, None),
        ("granted", BY, {"chair"}, True, None),
        ("granted", BY, {"standing", "owner"}, True, Rule.OWN),
        ("withdrawn", "f@a.example", set(), False, None),
        ("withdrawn", BY, {"owner"}, False, None),
        ("withdrawn", BY, {"standing", "overseer"}, False, Rule.NOT_THE_ASKER),
    ],
)
def test_who_may_decide(
    verdict: Verdict, by: str, relations: Collection[Relation], own: bool, comes_to: Rule | None
) -> None:
    fault = decide(case(), REQUEST, verdict, by, relations, is_standings_own=own, document="12/VP", reason="lý do")
    assert (fault.rule if fault else None) is comes_to


@pytest.mark.parametrize(
    ("asked", "request_", "verdict", "due", "document", "reason", "comes_to"),
    [
        (case(), REQUEST, "granted", None, "12/VP", "", None),
        (case(), REQUEST, "granted", "2026-04-10", "12/VP", "", None),
        (case("2026-04-10"), REQUEST, "granted", None, "12/VP", "", None),
        (case(), REQUEST, "granted", None, " ", "", Rule.NO_DOCUMENT),
        (case(), REQUEST, "granted", "2026-04-03", "12/VP", "", Rule.NOT_LATER),
        (case("2026-04-21"), REQUEST, "granted", None, "12/VP", "", Rule.PAST),
        (case(), REQUEST, "granted", "2027-01-01", "12/VP", "", Rule.PAST_PARENT),
        (case(due="2026-05-01"), REQUEST, "granted", None, "12/VP", "", Rule.NOT_LATER),
        (case(facts=DONE), REQUEST, "granted", None, "12/VP", "", Rule.OVER),
        (case(facts=DONE), REQUEST, "refused", None, "", "xong rồi", None),
        (case(), REQUEST, "refused", None, "", " ", Rule.NO_REASON),
        (case(), DECIDED, "granted", None, "12/VP", "", Rule.DECIDED),
        (case(), DECIDED, "refused", None, "", "x", Rule.DECIDED),
        (case(), DECIDED, "withdrawn", None, "", "", Rule.DECIDED),
    ],
)
def test_what_may_be_decided(
    asked: Asked,
    request_: Request,
    verdict: Verdict,
    due: str | None,
    document: str,
    reason: str,
    comes_to: Rule | None,
) -> None:
    by, relations = ("f@a.example", ("owner",)) if verdict == "withdrawn" else (BY, ("standing",))
    fault = decide(
        asked,
        request_,
        verdict,
        by,
        relations,  # type: ignore[arg-type]
        is_standings_own=False,
        due=day(due) if due else None,
        document=document,
        reason=reason,
    )
    assert (fault.rule if fault else None) is comes_to


@pytest.mark.parametrize(
    ("due", "period", "event", "next_due", "last"),
    [
        ("2026-04-03", "2026-12-31", None, None, "2026-12-31"),
        ("2027-03-01", "2026-12-31", None, None, None),
        ("2026-04-03", None, None, None, None),
        ("2026-04-03", "2026-12-31", "2026-05-04", None, "2026-05-04"),
        ("2026-04-03", "2026-12-31", None, "2026-04-10", "2026-04-09"),
        ("2026-04-03", "2026-04-05", "2026-05-04", "2026-04-10", "2026-04-05"),
    ],
)
def test_what_bounds_it(
    due: str, period: str | None, event: str | None, next_due: str | None, last: str | None
) -> None:
    days = [day(one) if one else None for one in (period, event, next_due)]
    bound = bound_of(day(due), *days)
    assert (str(bound.last) if bound else None) == last


@pytest.mark.parametrize(
    ("wanted", "last", "suggested"),
    [
        ("2026-04-20", "2026-12-31", None),
        ("2026-04-18", "2026-12-31", "2026-04-20"),
        ("2026-04-18", "2026-04-19", "2026-04-17"),
        ("2026-04-04", "2026-04-05", None),  # the Friday before is the present day
    ],
)
def test_a_working_day_is_suggested_in_place_of_a_day_off(wanted: str, last: str, suggested: str | None) -> None:
    asked = case(bound=Bound(day(last), YEAR_END.words))
    found = suggestion(asked, day(wanted))
    assert (str(found) if found else None) == suggested


# --- effect ----------------------------------------------------------------------------------------------------------

ONE = book(task("2026-04-03"))
DAYS = st.integers(1, 200)


def grant(on: str | datetime, due: date, before: str = "2026-04-03", by_rules: str = "2026-04-03") -> Extended:
    at_ = at(on) if isinstance(on, str) else on
    return Extended(at_, day(by_rules), day(before), due, "12/VP")


def test_an_extension_stands_from_its_day_on_while_the_rules_give_the_day_it_took_the_place_of() -> None:
    chain = (grant("2026-03-30 09:00", day("2026-04-20")), grant("2026-04-10 09:00", day("2026-05-04"), "2026-04-20"))
    assert standing(chain, day("2026-04-03"), on=day("2026-03-29"), zone=HCM) == ()
    assert standing(chain, day("2026-04-03"), on=day("2026-03-30"), zone=HCM) == chain[:1]
    assert standing(chain, day("2026-04-03"), on=day("2026-04-10"), zone=HCM) == chain
    assert standing(chain, day("2026-04-17"), on=day("2026-04-10"), zone=HCM) == ()
    assert standing(chain, None, on=day("2026-04-10"), zone=HCM) == ()


@given(days=DAYS, granted_on=st.integers(-60, 60), seen_on=st.integers(-60, 300))
def test_only_that_obligation_moves_and_only_from_the_day_of_the_grant(
    days: int, granted_on: int, seen_on: int
) -> None:
    due = day("2026-04-03")
    on, seen = due + timedelta(days=granted_on), due + timedelta(days=seen_on)
    one = grant(at(f"{on} 09:00"), due + timedelta(days=days))
    roster, plain = Roster(ONE, POLICY, {}, {key(): (one,)}), Roster(ONE, POLICY)
    found, was = (each.follow(key(), Facts(at("2026-01-05")), today=seen) for each in (roster, plain))
    assert found is not None
    assert was is not None
    if seen < on:
        assert (found.occurrence, found.table, found.extended) == (was.occurrence, was.table, ())
        return
    assert found.term.due == one.due
    assert found.term.late_at is not None
    assert was.term.late_at is not None
    assert found.term.late_at > was.term.late_at or found.term.due <= was.term.grace_until  # type: ignore[operator]
    assert "12/VP" in found.term.why.vi
    wanted = {
        each.key: each.occurrence.term.due
        for each in roster.wanted(found.programme, found.task, since=seen, today=seen)
    }
    assert wanted == {key(): one.due}


def test_who_was_granted_one_is_reminded_by_it_and_the_others_by_theirs() -> None:
    simulated = started(ONE, "2026-03-02 08:00")
    simulated.until(at("2026-03-30 09:00"))
    simulated.world.hear(
        Prolonged(at("2026-03-30 09:00"), key(), grant("2026-03-30 09:00", day("2026-04-20"))),
        now=at("2026-03-30 09:00"),
    )
    simulated.step(at("2026-03-30 09:00"))
    simulated.until(at("2026-05-01 09:00"))
    entry = simulated.world.entries[key()]
    assert (entry.facts.edition, entry.followed.term.due) == (1, day("2026-04-20"))
    told = [(each.at.date(), one.rung, one.term.due) for each in simulated.messages for one in each.told]
    after = [one for one in told if one[0] >= day("2026-03-30")]
    assert ("moved", day("2026-04-20")) in {one[1:] for one in after}
    # No reminder speaks of the earlier day any more, and nobody is called late before the new one has passed.
    assert {due for _, _, due in after} == {day("2026-04-20")}
    late = [on for on, rung, _ in after if rung in ("late", "overseer", "chair")]
    assert late
    assert min(late) > day("2026-04-20")
