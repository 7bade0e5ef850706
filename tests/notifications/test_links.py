"""Links: what is signed is read back, and nothing else is."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.links import LIVES, PATHS, SKEW, Claim, Fault, Links, Purpose, redacted

NOW = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)
OLD, NEW = b"o" * 32, b"n" * 32
LINKS = Links("https://dondoc.example", (NEW,))
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


def token_of(url: str) -> str:
    return url.rpartition("/")[2]


def made(purpose: Purpose = "answer", *, links: Links = LINKS, at: datetime = NOW) -> str:
    return token_of(links.make(purpose, "gd.a@tinh.example", issued_at=at, obligation_id=7, edition=2, number="n1"))


def test_an_answer_link_names_its_person_obligation_and_edition() -> None:
    url = LINKS.answer("gd.a@tinh.example", 7, 2, issued_at=NOW)
    assert url.startswith("https://dondoc.example/tl/")
    claim = LINKS.read(token_of(url), purpose="answer", now=NOW)
    assert isinstance(claim, Claim)
    assert (claim.person, claim.obligation_id, claim.edition, claim.issued_at) == ("gd.a@tinh.example", 7, 2, NOW)


def test_a_letter_written_again_has_the_same_link() -> None:
    first, again = (LINKS.answer("gd.a@tinh.example", 7, 2, issued_at=NOW) for _ in range(2))
    other = LINKS.answer("gd.a@tinh.example", 7, 2, issued_at=NOW + timedelta(seconds=1))
    assert first == again != other


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_ends_with_its_life(purpose: Purpose) -> None:
    token, last = made(purpose), NOW + LIVES[purpose]
    assert isinstance(LINKS.read(token, purpose=purpose, now=last), Claim)
    assert LINKS.read(token, purpose=purpose, now=last + timedelta(seconds=1)) is Fault.EXPIRED


@pytest.mark.parametrize(("purpose", "as_"), [pair for pair in product(PURPOSES, PURPOSES) if pair[0] != pair[1]])
def test_a_link_serves_no_other_purpose(purpose: Purpose, as_: Purpose) -> None:
    assert LINKS.read(made(purpose), purpose=as_, now=NOW) is Fault.FORGED


def test_a_clock_a_little_ahead_is_forgiven_and_one_far_ahead_is_not() -> None:
    assert isinstance(LINKS.read(made(at=NOW + SKEW), purpose="answer", now=NOW), Claim)
    assert LINKS.read(made(at=NOW + SKEW + timedelta(seconds=1)), purpose="answer", now=NOW) is Fault.EARLY


def test_the_first_key_signs_and_all_verify() -> None:
    before, both, after = (Links("https://x.example", keys) for keys in ((OLD,), (NEW, OLD), (NEW,)))
    assert isinstance(both.read(made(links=before), purpose="answer", now=NOW), Claim)
    assert isinstance(after.read(made(links=both), purpose="answer", now=NOW), Claim)
    assert after.read(made(links=before), purpose="answer", now=NOW) is Fault.FORGED


@pytest.mark.parametrize("keys", [(), (b"",), (b"short",), (NEW, b"short")])
def test_keys_that_can_be_guessed_are_refused(keys: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="at least 16 bytes"):
        Links("https://x.example", keys)


@given(st.data(), st.sampled_from(PURPOSES))
def test_any_change_of_a_character_is_refused(data: st.DataObject, purpose: Purpose) -> None:
    token = made(purpose)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(max_codepoint=0x1FF).filter(lambda found: found != token[at]))
    assert LINKS.read(token[:at] + other + token[at + 1 :], purpose=purpose, now=NOW) is Fault.FORGED


def test_any_other_last_character_is_refused() -> None:
    """The last character of a signature has spare bits, which base64 by itself does not look at."""
    token = made()
    for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
        if other != token[-1]:
            assert LINKS.read(token[:-1] + other, purpose="answer", now=NOW) is Fault.FORGED


@given(st.data())
def test_anything_put_in_or_taken_out_is_refused(data: st.DataObject) -> None:
    token = made()
    start = data.draw(st.integers(0, len(token)))
    end = data.draw(st.integers(start, len(token)))
    put = data.draw(st.text(max_size=5))
    changed = token[:start] + put + token[end:]
    if changed != token:
        assert LINKS.read(changed, purpose="answer", now=NOW) is Fault.FORGED


@given(st.text(max_size=300))
def test_no_text_at_all_is_taken_for_a_link(text: str) -> None:
    assert LINKS.read(text, purpose="answer", now=NOW) is Fault.FORGED


def test_an_endless_token_is_not_looked_at() -> None:
    assert LINKS.read("A" * 1_000_000, purpose="answer", now=NOW) is Fault.FORGED


@given(st.emails(), st.integers(0, 2**40), st.integers(0, 50), st.text(max_size=40))
def test_what_is_signed_is_read_back(person: str, obligation_id: int, edition: int, scope: str) -> None:
    url = LINKS.make("list", person, issued_at=NOW, obligation_id=obligation_id, edition=edition, scope=scope)
    claim = LINKS.read(token_of(url), purpose="list", now=NOW)
    assert isinstance(claim, Claim)
    assert (claim.person, claim.obligation_id, claim.edition, claim.scope) == (person, obligation_id, edition, scope)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_no_link_is_left_in_a_redacted_text(purpose: Purpose) -> None:
    url = LINKS.make(purpose, "gd.a@tinh.example", issued_at=NOW)
    text = redacted(f'GET {url}?x=1 HTTP/1.1 <a href="{url}">')
    assert token_of(url) not in text
    assert (
        text
        == f'GET https://dondoc.example/{PATHS[purpose]}/…?x=1 HTTP/1.1 <a href="https://dondoc.example/{PATHS[purpose]}/…">'
    )


def test_keys_do_not_show() -> None:
    assert "nnnn" not in repr(LINKS)
