"""Headers: whatever stands in a name or a title comes back as it was, and nothing it holds becomes a header of its own."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notifications import headers, mime
from notifications.address import mailbox, wire_address

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậếềểễệốồổỗộớờởỡợứừửữựýỳỷỹỵĐÂĂÊÔƠƯ"
names = st.one_of(
    st.text(alphabet=VIETNAMESE + " ,()\"\\<>@:;.=?_'|😀🏛️\u0301ABCabc012", max_size=150),
    st.text(max_size=80),
)


def shown(text: str) -> str:
    """What a reader should see: one line, and a question mark for half a character."""
    return headers.one_line(text).encode("utf-8", "replace").decode()


def decoded(value: str) -> str:
    return str(make_header(decode_header(value)))


@given(names)
@example("=?utf-8?q?Bcc:_x?=")
@example('Nguyễn "Ba", Văn (PGĐ) <a@b>')
@example("Sở KH&CN, TT&TT")
@example("a" * 200)
def test_a_subject_comes_back_as_it_was(text: str) -> None:
    raw = mime.single([("Subject", headers.unstructured(text, name="Subject"))], "")
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 76
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == shown(text)
    assert decoded(message_from_bytes(raw, policy=policy.compat32)["Subject"]) == shown(text)


@given(names)
@example("=?utf-8?q?Bcc:_x?=")
@example('Nguyễn "Ba", Văn (PGĐ) <a@b>')
@example("Smith, John")
def test_a_name_comes_back_as_it_was_and_the_address_with_it(text: str) -> None:
    raw = mime.single([("To", headers.addressed(text, "gd.skhcn@dongthap.example", name="To"))], "")
    assert max(map(len, raw.split(b"\r\n"))) <= 76
    name, address = parseaddr(message_from_bytes(raw, policy=policy.compat32)["To"])
    assert (decoded(name), address) == (shown(text), "gd.skhcn@dongthap.example")
    # CPython 3.11 reads a blank too many between encoded words of a name (gh-121284); the address must be right all the same.
    [read] = message_from_bytes(raw, policy=policy.default)["To"].addresses
    assert read.addr_spec == "gd.skhcn@dongthap.example"
    assert read.display_name.replace(" ", "") == shown(text).replace(" ", "")


@given(names, names)
def test_nothing_in_a_text_becomes_a_header(name: str, subject: str) -> None:
    fields = [
        ("From", headers.addressed(name, "a@x.example", name="From")),
        ("Subject", headers.unstructured(subject, name="Subject")),
    ]
    message = message_from_bytes(mime.single(fields, "body"), policy=policy.default)
    assert message.keys() == ["From", "Subject", "Content-Type", "Content-Transfer-Encoding"]
    assert not message.defects


@given(names, names)
def test_both_parts_come_back_as_they_were(text: str, html: str) -> None:
    raw = mime.alternative([("MIME-Version", "1.0")], text, html, key=text)
    message = message_from_bytes(raw, policy=policy.default)
    assert not message.defects
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    for subtype, said in (("plain", text), ("html", html)):
        part = message.get_body((subtype,))
        assert part is not None
        kept = re.sub("[\x00-\x08\x0b-\x1f\x7f]", "", said.encode("utf-8", "replace").decode())
        assert part.get_content().replace("\r\n", "\n") == kept


@pytest.mark.parametrize("text", ["a\r\nBcc: x@y", "a\nBcc: x", "a\x00b", "a\u2028b", "\u202eđảo", "\u0085x"])
def test_controls_do_not_reach_a_header(text: str) -> None:
    assert "\n" not in headers.one_line(text)
    assert headers.one_line(text).isprintable()


@pytest.mark.parametrize(
    ("name", "value"), [("X: y\r\nBcc", "a"), ("Bcc", "a"), ("Subject", "a\r\nBcc: b"), ("To", "é")]
)
def test_only_our_headers_and_only_what_may_stand_in_them(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"no header of ours|may not stand"):
        headers.header(name, value)


def test_an_address_that_cannot_be_written_leaves_the_name_alone() -> None:
    raw = mime.single([("To", headers.addressed("Giám đốc Sở", wire_address("ánh@x.example"), name="To"))], "")
    [group] = message_from_bytes(raw, policy=policy.default)["To"].groups
    assert (group.display_name, group.addresses) == ("Giám đốc Sở", ())


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("Đôn đốc <don-doc@dongthap.example>", "Đôn đốc", "don-doc@dongthap.example"),
        ('"Sở KH&CN, Đồng Tháp" <a@x.example>', "Sở KH&CN, Đồng Tháp", "a@x.example"),
        ("Văn phòng, UBND tỉnh <a@x.example>", "Văn phòng, UBND tỉnh", "a@x.example"),
        ("a@x.example", "", "a@x.example"),
        ("<a@x.example>", "", "a@x.example"),
        ("a@sở.example", "", "a@" + "sở.example".encode("idna").decode()),
    ],
)
def test_reading_a_mailbox(text: str, name: str, address: str) -> None:
    assert mailbox(text) == (name, address)


@pytest.mark.parametrize(
    "text", ["", "Đôn đốc", "a@b@c <x>", "ánh@x.example", "a b@x.example", "a@x..example", "x" * 65 + "@x.vn"]
)
def test_what_is_no_mailbox_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValueError, match="is no mail address"):
        mailbox(text)
