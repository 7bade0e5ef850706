"""Every setting with its kind and default, and the reading of all of them from config.toml and the environment."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rules.load.mistake import Mistake, did_you_mean, listed, nearest, quoted, suggestion
from rules.periodic.schedule import LAST, OFF, WEEKDAYS
from rules.problem import Problem, Source
from rules.wording import Wording
from scheduler import kinds
from scheduler.kinds import Kind, one_of, whole
from scheduler.toml_places import Place, Places, places

PREFIX = "DONDOC_"


class Setting(NamedTuple):
    """A setting: what it may be, and what it is when nobody says anything."""

    kind: Kind
    default: object


SETTINGS: Mapping[str, Setting] = {
    "timezone": Setting(kinds.ZONE, "Asia/Ho_Chi_Minh"),
    "language": Setting(one_of("vi", "en"), "vi"),
    "database": Setting(kinds.DATABASE, "sqlite:///var/dondoc.db"),
    "rules": Setting(kinds.TEXTS, ["programmes"]),
    "reload": Setting(one_of("apply", "ask", "off"), "apply"),
    "templates": Setting(kinds.TEXT, None),
    "schedule.daily": Setting(kinds.HOUR, "07:00"),
    "mail.transport": Setting(one_of("maildir", "smtp"), "maildir"),
    "mail.maildir": Setting(kinds.TEXT, "var/mail"),
    "mail.from": Setting(kinds.ADDRESS, "Đôn đốc <don-doc@localhost>"),
    "mail.reply_to": Setting(kinds.ADDRESS, None),
    "mail.bounces_to": Setting(kinds.ADDRESS, None),
    "mail.list_id": Setting(kinds.LIST_ID, None),
    "mail.contact": Setting(kinds.TEXT, None),
    "mail.admin": Setting(kinds.ADDRESSES, []),
    "mail.attach_calendar": Setting(kinds.YES_OR_NO, False),
    "mail.send_window.from": Setting(kinds.HOUR, "07:00"),
    "mail.send_window.until": Setting(kinds.HOUR, "18:00"),
    "mail.send_window.days": Setting(one_of("working", "all"), "working"),
    "mail.daily_cap_per_person": Setting(whole(1, 1000), 3),
    "smtp.host": Setting(kinds.TEXT, "127.0.0.1"),
    "smtp.port": Setting(whole(1, 65535), 25),
    "smtp.security": Setting(one_of("starttls", "tls", "none"), "starttls"),
    "smtp.connections": Setting(whole(1, 64), 4),
    "smtp.username": Setting(kinds.TEXT, None),
    "smtp.password": Setting(kinds.TEXT, None),
    "smtp.password_file": Setting(kinds.TEXT, None),
    "smtp.timeout": Setting(whole(1, 600), 60),
    "smtp.local_hostname": Setting(kinds.TEXT, "localhost"),
    "smtp.ca_file": Setting(kinds.TEXT, None),
    "imap.host": Setting(kinds.TEXT, None),
    "imap.port": Setting(whole(1, 65535), 993),
    "imap.security": Setting(one_of("tls", "starttls", "none"), "tls"),
    "imap.username": Setting(kinds.TEXT, None),
    "imap.password": Setting(kinds.TEXT, None),
    "imap.password_file": Setting(kinds.TEXT, None),
    "imap.folder": Setting(kinds.TEXT, "INBOX"),
    "imap.processed": Setting(kinds.TEXT, "Dondoc"),
    "imap.interval": Setting(whole(5, 86_400), 60),
    "imap.timeout": Setting(whole(1, 600), 30),
    "imap.ca_file": Setting(kinds.TEXT, None),
    "imap.authentication_server": Setting(kinds.TEXT, None),
    "summary.weekly": Setting(kinds.closing(OFF, LAST, *WEEKDAYS, days=False), OFF),
    "summary.monthly": Setting(kinds.closing(OFF, LAST, days=True), OFF),
    "summary.quarterly": Setting(kinds.closing(OFF, LAST, days=True), OFF),
    "summary.request_at": Setting(kinds.HOUR_OR_OFF, "08:00"),
    "summary.contributions_by": Setting(kinds.HOUR, "09:00"),
    "summary.draft_at": Setting(kinds.HOUR, "15:00"),
    "summary.send_at": Setting(kinds.HOUR, "17:00"),
    "summary.needs_confirmation": Setting(kinds.YES_OR_NO, True),
    "summary.superior": Setting(kinds.TEXT, None),
    "summary.place": Setting(kinds.TEXT, None),
    "web.serve": Setting(kinds.YES_OR_NO, True),
    "web.listen": Setting(kinds.LISTEN, "127.0.0.1:8026"),
    "web.public_url": Setting(kinds.WEB_ADDRESS, "http://127.0.0.1:8026"),
    "web.secret_file": Setting(kinds.TEXT, "var/web-secret"),
    "web.behind_tls": Setting(kinds.YES_OR_NO, False),
    "web.tls_certificate": Setting(kinds.TEXT, None),
    "web.tls_key": Setting(kinds.TEXT, None),
    "web.trusted_proxies": Setting(kinds.NETWORKS, []),
    "web.evidence": Setting(kinds.TEXT, "var/evidence"),
    "web.oidc.issuer": Setting(kinds.ISSUER, None),
    "web.oidc.client_id": Setting(kinds.TEXT, None),
    "web.oidc.secret_file": Setting(kinds.TEXT, None),
    "web.oidc.name": Setting(kinds.TEXT, "OpenID Connect"),
    "web.oidc.addresses_are_verified": Setting(kinds.YES_OR_NO, False),
}
TABLES = sorted({name.rpartition(".")[0] for name in SETTINGS if "." in name})
_SECRET_WORDS = {
    "smtp.password": Wording(
        "ghi tên tệp ở password_file, hoặc đặt DONDOC_SMTP__PASSWORD",
        "name a file with password_file, or set DONDOC_SMTP__PASSWORD",
    ),
    "imap.password": Wording(
        "ghi tên tệp ở password_file, hoặc đặt DONDOC_IMAP__PASSWORD",
        "name a file with password_file, or set DONDOC_IMAP__PASSWORD",
    ),
    "database": Wording(
        "đặt DONDOC_DATABASE, hoặc để mật khẩu trong ~/.pgpass",
        "set DONDOC_DATABASE, or keep the password in ~/.pgpass",
    ),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The value of every setting; `said` holds where those stand that somebody gave."""

    values: Mapping[str, Any]
    said: Mapping[str, Source]
    problems: list[Problem]

    def place(self, name: str) -> Source:
        """Return where a setting was given, or the nearest thing to it."""
        return self.said.get(name) or next(iter(self.said.values()), Source("config.toml"))


@dataclass
class _Reading:
    file: str
    places: Places = field(default_factory=lambda: Places({}, {}))
    raw: dict[str, object] = field(default_factory=dict)
    said: dict[str, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, name: str, said: Wording, place: Place | None) -> None:
        source = Source(self.file, *(place or (1, 1)))
        self.problems.append(Problem(source, name, said))


def read_settings(text: str, file: str, environ: Mapping[str, str]) -> Settings:
    """Return all settings; the environment wins over the text, which wins over the defaults. Problems are collected."""
    reading = _Reading(file)
    _read_text(reading, text)
    _read_environment(reading, environ)
    values: dict[str, Any] = {}
    for name, setting in SETTINGS.items():
        if name not in reading.raw:
            values[name] = setting.default if setting.default is None else setting.kind.read(setting.default)
            continue
        try:
            values[name] = setting.kind.read(reading.raw[name])
        except Mistake as mistake:
            values[name] = None
            reading.problems.append(Problem(reading.said[name], name, mistake.said))
    return Settings(values, reading.said, reading.problems)


def _read_text(reading: _Reading, text: str) -> None:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        said, place = _syntax(str(fault), text)
        reading.complain("", said, place)
        return
    reading.places = places(text)
    _read_table(reading, tree, "")
    for name in _SECRET_WORDS:
        _refuse_secret(reading, name)


def _syntax(message: str, text: str) -> tuple[Wording, Place]:
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", message, re.DOTALL)
    what = found[1] if found else message
    place = Place(int(found[2]), int(found[3])) if found and found[2] else Place(text.count("\n") + 1, 1)
    return Wording(f"sai cú pháp TOML: bộ đọc báo «{what}»", f"not TOML: {what}"), place


def _read_table(reading: _Reading, table: Mapping[str, Any], prefix: str) -> None:
    for key, value in table.items():
        name = f"{prefix}{key}"
        if name in SETTINGS:
            reading.raw[name] = value
            reading.said[name] = Source(reading.file, *reading.places.values.get(name, (1, 1)))
        elif name in TABLES and isinstance(value, dict):
            _read_table(reading, value, f"{name}.")
        else:
            reading.complain(name, _unknown(name, prefix), reading.places.keys.get(name))


def _unknown(name: str, prefix: str) -> Wording:
    if name in TABLES:
        keys = listed(_keys_of(name + "."))
        return Wording(f"được ghi: một bảng với các khóa {keys}", f"accepted: a table with the keys {keys}")
    accepted = _keys_of(prefix)
    key = name.removeprefix(prefix)
    near = _meant(key, accepted)
    return Wording(
        f"không có khóa {quoted(key)}; được ghi: {listed(accepted)}{near.vi}",
        f"unknown key {quoted(key)}; accepted: {listed(accepted)}{near.en}",
    )


def _keys_of(prefix: str) -> list[str]:
    inside = (name.removeprefix(prefix) for name in SETTINGS if name.startswith(prefix))
    return list(dict.fromkeys(name.partition(".")[0] for name in inside))


def _meant(key: str, accepted: list[str]) -> Wording:
    """Suggest the table in which a setting of that name stands, or a neighbour."""
    elsewhere = {name.rpartition(".")[2]: name for name in SETTINGS}
    return suggestion(elsewhere.get(key) or nearest(key, accepted))


def _refuse_secret(reading: _Reading, name: str) -> None:
    value = reading.raw.get(name)
    if not isinstance(value, str) or (name == "database" and not re.match(r"[^/]*//[^/@]*:[^/@]+@", value)):
        return
    instead = _SECRET_WORDS[name]
    said = Wording(
        f"không để mật khẩu trong tệp này; {instead.vi}", f"a password does not belong in this file; {instead.en}"
    )
    reading.problems.append(Problem(reading.said[name], name, said))


def _read_environment(reading: _Reading, environ: Mapping[str, str]) -> None:
    """Take `DONDOC_…` variables; an empty one says nothing, one that looks like none of ours is left alone."""
    known = {name.replace(".", "__").upper(): name for name in SETTINGS}
    for variable, text in environ.items():
        key = variable.removeprefix(PREFIX)
        if key == variable or not text:
            continue
        if key in known:
            name = known[key]
            reading.raw[name] = SETTINGS[name].kind.from_text(text)
            reading.said[name] = Source(variable)
        elif "__" in key or nearest(key, known):
            meant = PREFIX + (nearest(key, known) or "")
            near = did_you_mean(variable, [meant])
            said = Wording(f"không có biến này{near.vi}", f"unknown variable{near.en}")
            reading.problems.append(Problem(Source(variable), "", said))
