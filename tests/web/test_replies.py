"""The page of replies that nobody could make out: the standing office reads them and says that it has."""

from datetime import timedelta

import pytest

from db.incoming import NewIncoming, note_incoming
from tests.web.pages import Answer, Pages

PATH = "/thu-tra-loi"


def came(pages: Pages, text: str, *, programmes: str = "p", uid: int = 1, reason: str = "no_command") -> None:
    with pages.desk.engine.begin() as connection:
        note_incoming(
            connection,
            NewIncoming(
                digest=f"{uid:064}",
                folder="INBOX",
                validity=1,
                uid=uid,
                received_at=pages.office.now,
                outcome="unclear",
                reason=reason,
                sender="head2@tinh.example",
                subject="Re: Nhắc việc",
                text=text,
                programmes=programmes,
            ),
        )


def seen(pages: Pages, post: str = "standing") -> Answer:
    return pages.sign_in(post).get(PATH)


def test_the_standing_office_reads_a_reply_and_says_that_it_has(pages: Pages) -> None:
    came(pages, "Đề nghị cho gặp trực tiếp\nngày mai")
    client = pages.sign_in("standing")
    shown = client.get(PATH)
    assert "Đề nghị cho gặp trực tiếp<br>ngày mai" in shown.text
    assert "Dòng đầu không có lệnh." in shown.text
    fields = shown.hidden
    assert client.post(PATH, fields).status_code == 303
    assert client.post(PATH, fields).status_code == 303
    assert "Không có thư nào chờ xem." in client.get(PATH).text
    [(by,)] = pages.office.run("SELECT seen_to_by FROM incoming")
    assert by == "head1@tinh.example"
    assert pages.office.run("SELECT count(*) FROM audit WHERE action = 'reply seen to'") == [(1,)]


def test_what_somebody_wrote_is_text_and_nothing_else(small: Pages) -> None:
    came(small, "<script>alert(1)</script><img src=x onerror=alert(2)>")
    text = seen(small).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_replies_on_other_programmes_are_other_offices_business(small: Pages) -> None:
    came(small, "không phải của ta", programmes="q")
    client = small.sign_in("standing")
    assert "Không có thư nào chờ xem." in client.get(PATH).text
    [(number,)] = small.office.run("SELECT id FROM incoming")
    client.post(PATH, {"form_token": client.form_token, "thu": str(number), "once": "1"})
    assert small.office.run("SELECT seen_to_by FROM incoming") == [(None,)]


@pytest.mark.parametrize("fields", [{}, {"thu": "1"}, {"thu": "x", "once": "1"}, {"thu": "9" * 30, "once": "1"}])
def test_a_form_that_says_too_little_does_nothing(small: Pages, fields: dict[str, str]) -> None:
    came(small, "gì đó")
    client = small.sign_in("standing")
    assert client.post(PATH, {"form_token": client.form_token, **fields}).status_code == 400
    assert small.office.run("SELECT seen_to_by FROM incoming") == [(None,)]


def test_the_oldest_stands_first_in_either_language(small: Pages) -> None:
    came(small, "một", uid=1)
    small.office.now += timedelta(hours=1)
    came(small, "hai", uid=2, reason="other_sender")
    text = small.sign_in("standing").get(f"{PATH}?lang=en").text
    assert text.index("một") < text.index("hai")
    assert "Somebody else answered than was asked." in text
