"""The configuration: defaults, config.toml, environment; every mistake in it at its place."""

from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import trustme
from cryptography.hazmat.primitives import serialization

from db.engine import open_engine, sqlite_path
from notifications.maildir import MaildirSettings
from notifications.smtp import SmtpSettings
from scheduler.config import Config, Unreadable, load_config
from scheduler.settings import SETTINGS
from tests.both_languages import both_languages as both_languages

ROOT = Path(__file__).parents[2]
BAD = sorted((Path(__file__).parent / "bad").glob("*.toml"))


def good(file: Path | None = None, **environ: str) -> Config:
    loaded = load_config(file, environ)
    assert loaded.problems == ()
    assert loaded.config is not None
    return loaded.config


def complaints(text: str, tmp_path: Path, **environ: str) -> list[str]:
    file = tmp_path / "config.toml"
    file.write_text(text)
    return [str(problem).removeprefix(f"{file}:") for problem in load_config(file, environ).problems]


def test_without_a_file_every_setting_has_its_default() -> None:
    config = good()
    assert config.policy.zone == ZoneInfo("Asia/Ho_Chi_Minh")
    assert (config.policy.daily, config.policy.opens, config.policy.closes) == (time(7), time(7), time(18))
    assert config.policy.working_days_only
    assert config.policy.daily_cap == 3
    assert (config.language, config.rules) == ("vi", ("programmes",))
    assert config.mail.transport == "maildir"
    assert config.mail.admins == ()


def test_the_file_of_the_repository_says_what_the_defaults_are() -> None:
    shipped, default = good(ROOT / "config.toml"), good()
    assert shipped.policy == default.policy
    assert (shipped.language, shipped.rules, shipped.web) == (default.language, default.rules, default.web)
    assert shipped.mail.smtp == default.mail.smtp
    assert shipped.mail.from_address == "Đôn đốc <don-doc@dongthap.example>"


def test_the_file_of_the_repository_speaks_of_every_setting() -> None:
    text = (ROOT / "config.toml").read_text()
    said = {name for name in SETTINGS if name.rpartition(".")[2] in text}
    assert set(SETTINGS) - said == set()


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('database = "sqlite:///data/x.db"\ntemplates = "letters"\n[mail]\nmaildir = "/srv/mail"\n')
    config = good(file)
    assert config.database == f"sqlite:///{tmp_path}/data/x.db"
    assert config.templates == tmp_path / "letters"
    assert config.mail.maildir == Path("/srv/mail")
    assert config.folder == tmp_path


@pytest.mark.parametrize(
    ("variable", "text", "value"),
    [
        ("DONDOC_LANGUAGE", "en", "en"),
        ("DONDOC_RULES", "a, b/c.yaml", ("a", "b/c.yaml")),
        ("DONDOC_DATABASE", "postgres://u:p@h/d", "postgresql://u:p@h/d"),
    ],
)
def test_the_environment_wins_over_the_file(variable: str, text: str, value: object, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('language = "vi"\nrules = ["x"]\n')
    config = good(file, **{variable: text})
    assert getattr(config, variable.removeprefix("DONDOC_").lower()) == value


def test_the_environment_reaches_into_tables() -> None:
    config = good(
        DONDOC_SCHEDULE__DAILY="06:30",
        DONDOC_MAIL__SEND_WINDOW__DAYS="all",
        DONDOC_MAIL__DAILY_CAP_PER_PERSON="5",
        DONDOC_MAIL__ADMIN="Quản trị <a@x.example>, b@x.example",
        DONDOC_SMTP__PORT="587",
    )
    assert config.policy.daily == time(6, 30)
    assert not config.policy.working_days_only
    assert config.policy.daily_cap == 5
    assert config.mail.admins == ("a@x.example", "b@x.example")
    assert config.mail.smtp.port == 587


def test_an_empty_variable_says_nothing() -> None:
    assert good(DONDOC_LANGUAGE="").language == "vi"


def test_a_variable_of_somebody_else_is_left_alone() -> None:
    assert load_config(None, {"DONDOC_CI": "1", "DONDOC_CRASH_AT": "after_send"}).problems == ()


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        ("DONDOC_LANGAUGE", "en", "unknown variable; did you mean 'DONDOC_LANGUAGE'?"),
        ("DONDOC_MAIL__TRANSPRT", "smtp", "unknown variable; did you mean 'DONDOC_MAIL__TRANSPORT'?"),
        ("DONDOC_SMTP__PORT", "x", "smtp.port: found 'x'; accepted: a whole number from 1 to 65535"),
    ],
)
def test_a_wrong_variable_is_named(variable: str, text: str, message: str) -> None:
    assert [str(p) for p in load_config(None, {variable: text}).problems] == [f"{variable}:1:1: {message}"]


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_every_mistake_of_a_file_is_told_at_its_place(file: Path) -> None:
    lines = file.read_text().splitlines()
    expected = [line.removeprefix("# ") for line in lines if line.startswith("# ") and line[2].isdigit()]
    found = [str(problem).removeprefix(f"{file}:") for problem in load_config(file, {}).problems]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("language = vi\n", "1:12: not TOML: Invalid value"),
        ('language = "vi"\nlanguage = "en"\n', "2:16: not TOML: Cannot overwrite a value"),
        ("mail = 3\n", "1:1: mail: accepted: a table with the keys transport, maildir, from, reply_to, bounces_to, list_id, contact, admin, attach_calendar, send_window, daily_cap_per_person"),
        ('daily = "07:00"\n', "1:1: daily: unknown key 'daily'; accepted: timezone, language, database, rules, reload, templates, schedule, mail, smtp, imap, summary, web; did you mean 'schedule.daily'?"),
        ('[mail]\nsend_window = {from = "18:00", until = "07:00"}\n', "2:23: mail.send_window: opens at 18:00, after it closes at 07:00"),
        ('schedule.daily = "19:00"\n', "1:18: schedule.daily: lies after the send window, which closes at 18:00"),
        ('[mail]\nlist_id = "a b"\n', "2:11: mail.list_id: found 'a b'; accepted: words joined by dots, as in don-doc.dongthap.example"),
        ('[smtp]\nusername = "x"\n', "2:12: smtp.username: has no password: name its file with password_file"),
        ('[smtp]\npassword_file = "x"\n', "2:17: smtp.password_file: has no username"),
        ('[imap]\nusername = "x"\n', "2:12: imap.username: no mailbox is read without host: name the server"),
        ('[imap]\nhost = "h"\n', "2:8: imap.host: has no username: name whose mailbox it is"),
        ('[imap]\nhost = "h"\nusername = "x"\n', "3:12: imap.username: has no password: name its file with password_file"),
        ('[imap]\nhost = "h"\nusername = "x"\npassword_file = "p"\nprocessed = "INBOX"\n', "5:13: imap.processed: is the folder that is read: name another one for what was seen to"),
        ('[imap]\nhost = "h"\nusername = "x"\npassword_file = "p"\nsecurity = "none"\n', "5:12: imap.security: sends the password in the clear: say starttls or tls, or read on this machine"),
        ('[imap]\npassword = "x"\n', "2:12: imap.password: a password does not belong in this file; name a file with password_file, or set DONDOC_IMAP__PASSWORD"),
        ('[web]\nserve = "yes"\n', "2:9: web.serve: found 'yes'; accepted: true or false"),
        ('[web]\ntrusted_proxies = ["proxy"]\n', "2:19: web.trusted_proxies: found 'proxy'; accepted: addresses like 127.0.0.1, nets like 10.1.0.0/24"),
        ('[web]\nlisten = "0.0.0.0:8026"\n', "2:10: web.listen: 0.0.0.0 is reached from elsewhere, and nothing says that what passes is encrypted: give tls_certificate and tls_key, or say behind_tls = true where a proxy does it"),
        ('[web]\nlisten = "[::]:8026"\n', "2:10: web.listen: :: is reached from elsewhere, and nothing says that what passes is encrypted: give tls_certificate and tls_key, or say behind_tls = true where a proxy does it"),
        ('[web]\nbehind_tls = true\n', "2:14: web.public_url: begins with http://, and the pages are reached by TLS: write https://"),
        ('[web]\ntls_key = "key.pem"\npublic_url = "https://x.example"\n', "2:11: web.tls_certificate: TLS needs both files: tls_certificate and tls_key"),
        ('[web]\nbehind_tls = true\ntls_key = "k"\ntls_certificate = "c"\npublic_url = "https://x.example"\n', "2:14: web.behind_tls: a proxy encrypts, or the pages do with tls_certificate and tls_key: say one of both"),
        ('[web]\npublic_url = "http://x.example"\n', "2:14: web.public_url: links by which people act would pass unencrypted: write https:// with behind_tls, or with tls_certificate and tls_key; http:// only leads to this machine, as http://127.0.0.1:8026"),
        ('[web]\npublic_url = "http://127.0.0.1@x.example/a"\n', "2:14: web.public_url: links by which people act would pass unencrypted: write https:// with behind_tls, or with tls_certificate and tls_key; http:// only leads to this machine, as http://127.0.0.1:8026"),
        ('[web]\ntrusted_proxies = ["0.0.0.0/0"]\n', "2:19: web.trusted_proxies: found '0.0.0.0/0', which is nearly everybody; accepted: addresses, nets of /8 or narrower"),
        ('[web]\ntrusted_proxies = ["10.0.0.0/8", "::/0"]\n', "2:19: web.trusted_proxies: found '::/0', which is nearly everybody; accepted: addresses, nets of /7 or narrower"),
        ('[web.oidc]\nissuer = "https://x.example"\nclient_id = "dondoc"\n', "2:10: web.oidc: has no secret_file: an issuer is known by issuer, client_id and secret_file"),
        ('[web.oidc]\nissuer = "http://x.example"\n', "2:10: web.oidc.issuer: found 'http://x.example'; accepted: an address that begins with https://"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line(text: str, expected: str, tmp_path: Path) -> None:
    assert complaints(text, tmp_path) == [expected]


@pytest.mark.parametrize("url", ["http://localhost:8026", "http://127.0.0.2/dondoc", "http://[::1]:8026"])
def test_without_tls_the_pages_are_reached_on_this_machine(url: str, tmp_path: Path) -> None:
    assert complaints(f'[web]\npublic_url = "{url}"\n', tmp_path) == []


def certified(folder: Path) -> None:
    """Write a certificate, its key, the key of another one, and what is neither."""
    authority = trustme.CA()
    one, other = authority.issue_cert("x.example"), authority.issue_cert("y.example")
    one.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    one.private_key_pem.write_to_path(folder / "key.pem")
    other.private_key_pem.write_to_path(folder / "other.pem")
    (folder / "text.pem").write_text("không phải chứng thư\n")
    key = serialization.load_pem_private_key(one.private_key_pem.bytes(), None)
    locked = serialization.BestAvailableEncryption(b"mat khau")
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "locked.pem").write_bytes(key.private_bytes(pem, form, locked))


@pytest.mark.parametrize(
    ("certificate", "key", "expected"),
    [
        ("cert.pem", "key.pem", []),
        ("none.pem", "key.pem", ["3:19: web.tls_certificate: {0}/none.pem: No such file or directory"]),
        ("cert.pem", ".", ["4:11: web.tls_key: {0}: Is a directory"]),
        (
            "none.pem",
            "none.key",
            [
                "3:19: web.tls_certificate: {0}/none.pem: No such file or directory",
                "4:11: web.tls_key: {0}/none.key: No such file or directory",
            ],
        ),
        ("cert.pem", "other.pem", ["4:11: web.tls_key: {0}/other.pem: is not the key of the certificate {0}/cert.pem"]),
        (
            "text.pem",
            "key.pem",
            [
                "3:19: web.tls_certificate: {0}/text.pem and {0}/key.pem are no certificate and key in PEM, "
                "or the key is locked by a password"
            ],
        ),
        (
            "cert.pem",
            "locked.pem",
            [
                "3:19: web.tls_certificate: {0}/cert.pem and {0}/locked.pem are no certificate and key in PEM, "
                "or the key is locked by a password"
            ],
        ),
    ],
)
def test_files_of_tls_are_looked_at_where_the_pages_start(
    certificate: str, key: str, expected: list[str], tmp_path: Path
) -> None:
    certified(tmp_path)
    file = tmp_path / "config.toml"
    said = '[web]\npublic_url = "https://x.example"\ntls_certificate = "{}"\ntls_key = "{}"\n'
    file.write_text(said.format(certificate, key))
    found = load_config(file, {}, at_start=True).problems
    assert [str(one) for one in found] == [f"{file}:{one.format(tmp_path)}" for one in expected]
    assert load_config(file, {}).problems == ()
    file.write_text(said.format(certificate, key) + "serve = false\n")
    assert load_config(file, {}, at_start=True).problems == ()


def test_times_may_be_those_of_toml(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[schedule]\ndaily = 06:15:00\n")
    assert good(file).policy.daily == time(6, 15)


def test_a_file_that_is_not_utf_8_is_told_with_the_place(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes('language = "vi"\n# Đ'.encode() + b"\xff\n")
    assert str(load_config(file, {}).problems[0]) == f"{file}:2:4: not UTF-8: save the file as UTF-8"


def test_the_transport_is_a_maildir_unless_said_otherwise(tmp_path: Path) -> None:
    assert good().transport() == MaildirSettings(Path.cwd() / "var/mail")


def test_the_password_is_read_from_its_file_only_when_mail_is_sent(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[mail]\ntransport = "smtp"\n[smtp]\nusername = "u"\npassword_file = "secret"\n')
    config = good(file)
    with pytest.raises(Unreadable, match=r"password_file .*secret: No such file"):
        config.transport()
    (tmp_path / "secret").write_text("hush\n")
    settings = config.transport()
    assert isinstance(settings, SmtpSettings)
    assert (settings.username, settings.password) == ("u", "hush")
    assert "hush" not in repr(settings)


def test_a_password_from_the_environment_is_shown_nowhere() -> None:
    config = good(DONDOC_SMTP__USERNAME="u", DONDOC_SMTP__PASSWORD="hush", DONDOC_MAIL__TRANSPORT="smtp")
    assert "hush" not in repr(config)
    settings = config.transport()
    assert isinstance(settings, SmtpSettings)
    assert settings.password == "hush"


def test_letters_come_from_whom_the_file_says(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('language = "en"\n[mail]\nfrom = "a@x.example"\nreply_to = "b@x.example"\ncontact = "Room 12"\n')
    letters = good(file).letters()
    assert (letters.from_address, letters.reply_to, letters.contact) == ("a@x.example", "b@x.example", "Room 12")
    assert letters.language == "en"


@pytest.mark.parametrize(
    "url", ["sqlite:///var/a.db", "sqlite:////var/lib/d%20d/a.db", "sqlite:///:memory:", "postgresql://an@db/dondoc"]
)
def test_the_file_of_a_database_is_the_one_that_is_opened(url: str) -> None:
    config = good(DONDOC_DATABASE=url)
    engine = open_engine(config.database)
    assert config.database_file == sqlite_path(engine)
    engine.dispose()
