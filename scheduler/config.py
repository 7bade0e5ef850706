"""Config: config.toml and the environment as one frozen value, composed of each package's own settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from rules.problem import Problem, Source
from rules.window import Policy
from rules.wording import Language, Wording
from scheduler.imap import NO_PASSWORD, Imap, imap_of, mailbox_faults
from scheduler.settings import Settings, read_settings
from scheduler.summaries_part import Summaries, after_window, summaries_of, wrong_hours
from scheduler.unreadable import Unreadable as Unreadable
from scheduler.unreadable import secret_in
from scheduler.web_part import Oidc as Oidc
from scheduler.web_part import Web, open_doors, tls_faults, web_of

if TYPE_CHECKING:
    from notifications.compose import MailSettings
    from notifications.links import Links
    from notifications.transport import TransportSettings
    from web.settings import WebSettings

LARGEST_CONFIG = 1_000_000


@dataclass(frozen=True, slots=True)
class Smtp:
    """The relay as configured; the password stays where it is until the mail is opened."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    connections: int
    username: str | None
    password: str | None = field(repr=False)
    password_file: Path | None
    timeout: int
    local_hostname: str
    ca_file: Path | None


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail leaves and whom it comes from. `admins` are told of broken rule files."""

    transport: Literal["maildir", "smtp"]
    maildir: Path
    from_address: str
    reply_to: str | None
    bounces_to: str | None
    list_id: str | None
    contact: str | None
    admins: tuple[str, ...]
    smtp: Smtp
    imap: Imap | None = None
    """None: no answers are fetched."""
    attach_calendar: bool = False
    """Whether letters carry the deadlines they tell of as a calendar."""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. `folder` is what paths are relative to: that of the file, else the working directory."""

    file: Path | None
    folder: Path
    language: Language
    database: str
    rules: tuple[str, ...]
    reload: Literal["apply", "ask", "off"]
    """What the daemon does with changed rule files: put them in force, have them wait for `apply`, or not look."""
    templates: Path | None
    policy: Policy
    mail: Mail
    web: Web
    summaries: Summaries

    @property
    def database_file(self) -> Path | None:
        """Return the file of a SQLite database, None of any other."""
        scheme, _, path = self.database.partition("sqlite:///")
        is_file = path and not scheme and "?" not in path and path != ":memory:"
        return Path(unquote(path)) if is_file else None

    def transport(self) -> "TransportSettings":
        """Return the settings of the transport in use, the password read; Unreadable when its file cannot be."""
        from notifications.maildir import MaildirSettings

        if self.mail.transport == "maildir":
            return MaildirSettings(self.mail.maildir)
        # Costs a tenth of a second to import, which only what sends should pay.
        from notifications.smtp import SmtpSettings

        smtp = self.mail.smtp
        return SmtpSettings(
            host=smtp.host,
            port=smtp.port,
            security=smtp.security,
            connections=smtp.connections,
            username=smtp.username,
            password=_password(smtp),
            timeout=float(smtp.timeout),
            local_hostname=smtp.local_hostname,
            ca_file=str(smtp.ca_file) if smtp.ca_file else None,
        )

    def letters(self) -> "MailSettings":
        """Return how letters look and whom they come from."""
        from notifications.compose import MailSettings

        return MailSettings(
            from_address=self.mail.from_address,
            language=self.language,
            zone=self.policy.zone,
            reply_to=self.mail.reply_to,
            bounces_to=self.mail.bounces_to,
            list_id=self.mail.list_id,
            contact=self.mail.contact,
            templates=self.templates,
        )

    def links(self) -> "Links":
        """Return what signs the links in letters and pages; Unreadable when the keys cannot be read."""
        from notifications.links import Links
        from scheduler.web_secret import web_keys

        return Links(self.web.public_url, web_keys(self.web.secret_file))

    def pages(self) -> "WebSettings":
        """Return the settings of the pages; Unreadable when the issuer's secret cannot be read."""
        from web.settings import OidcSettings, WebSettings

        oidc = self.web.oidc
        if oidc is None:
            return WebSettings(self.web.public_url, self.language)
        secret = secret_in("web.oidc.secret_file", oidc.secret_file)
        known = OidcSettings(oidc.issuer, oidc.client_id, secret, oidc.name, oidc.vouches)
        return WebSettings(self.web.public_url, self.language, known)


@dataclass(frozen=True, slots=True)
class Configured:
    """A Config without problems, or problems without a Config."""

    config: Config | None
    problems: tuple[Problem, ...]
    language: Language = "vi"
    """Of the office, as far as it reads: problems are told in it."""


def load_config(file: Path | None, environ: Mapping[str, str], *, at_start: bool = False) -> Configured:
    """Return the configuration of that file (None: the defaults) and environment; OSError when it does not open.

    `at_start`: look at the files, too, without which the pages cannot be served.
    """
    text: str | Problem = _text(file) if file else ""
    if isinstance(text, Problem):
        return Configured(None, (text,))
    settings = read_settings(text, str(file or "config.toml"), environ)
    problems = settings.problems or _contradictions(settings)
    if problems:
        return Configured(None, tuple(sorted(set(problems))), settings.values["language"] or "vi")
    config = _composed(settings, file)
    faults = tls_faults(config.web) if at_start else ()
    unusable = tuple(Problem(settings.place(name), name, said) for name, said in faults)
    return Configured(None if unusable else config, unusable, config.language)


def _text(file: Path) -> str | Problem:
    with file.open("rb") as opened:
        data = opened.read(LARGEST_CONFIG + 1)
    if len(data) > LARGEST_CONFIG:
        said = Wording("tệp lớn hơn 1 MB: không phải tệp cấu hình", "the file is larger than 1 MB: no configuration is")
        return Problem(Source(str(file)), "", said)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode("utf-8-sig")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        said = Wording("không phải UTF-8: hãy lưu tệp thành UTF-8", "not UTF-8: save the file as UTF-8")
        return Problem(Source(str(file), line, column), "", said)


def _contradictions(settings: Settings) -> list[Problem]:
    """Return what is wrong between settings that are right one by one."""
    values, found = settings.values, []

    def complain(name: str, said: Wording) -> None:
        found.append(Problem(settings.place(name), name, said))

    opens, closes = values["mail.send_window.from"], values["mail.send_window.until"]
    if opens >= closes:
        said = Wording(
            f"mở lúc {opens:%H:%M}, sau khi đóng lúc {closes:%H:%M}",
            f"opens at {opens:%H:%M}, after it closes at {closes:%H:%M}",
        )
        complain("mail.send_window", said)
    elif values["schedule.daily"] >= closes:
        complain("schedule.daily", after_window(closes))
    has_password = bool(values["smtp.password"] or values["smtp.password_file"])
    if values["smtp.username"] and not has_password:
        complain("smtp.username", NO_PASSWORD)
    if has_password and not values["smtp.username"]:
        complain("smtp.password_file", Wording("không có tên đăng nhập: ghi username", "has no username"))
    for name, fault in (*wrong_hours(values), *mailbox_faults(values), *open_doors(values)):
        complain(name, fault)
    return found


def _composed(settings: Settings, file: Path | None) -> Config:
    values = settings.values
    folder = file.absolute().parent if file else Path.cwd()
    return Config(
        file=file,
        folder=folder,
        language=values["language"],
        database=_absolute(values["database"], folder),
        rules=values["rules"],
        reload=values["reload"],
        templates=_path(values["templates"], folder),
        policy=Policy(
            zone=values["timezone"],
            daily=values["schedule.daily"],
            opens=values["mail.send_window.from"],
            closes=values["mail.send_window.until"],
            working_days_only=values["mail.send_window.days"] == "working",
            daily_cap=values["mail.daily_cap_per_person"],
        ),
        mail=_mail(settings, folder),
        web=web_of(values, folder),
        summaries=summaries_of(values),
    )


def _mail(settings: Settings, folder: Path) -> Mail:
    values = settings.values
    return Mail(
        transport=values["mail.transport"],
        maildir=folder / values["mail.maildir"],
        from_address=values["mail.from"],
        reply_to=values["mail.reply_to"],
        bounces_to=values["mail.bounces_to"],
        list_id=values["mail.list_id"],
        contact=values["mail.contact"],
        admins=values["mail.admin"],
        imap=imap_of(values, folder) if values["imap.host"] else None,
        attach_calendar=values["mail.attach_calendar"],
        smtp=Smtp(
            host=values["smtp.host"],
            port=values["smtp.port"],
            security=values["smtp.security"],
            connections=values["smtp.connections"],
            username=values["smtp.username"],
            password=values["smtp.password"],
            password_file=_path(values["smtp.password_file"], folder),
            timeout=values["smtp.timeout"],
            local_hostname=values["smtp.local_hostname"],
            ca_file=_path(values["smtp.ca_file"], folder),
        ),
    )


def _path(text: str | None, folder: Path) -> Path | None:
    return folder / text if text else None


def _absolute(url: str, folder: Path) -> str:
    """Return the URL with the path of a SQLite file made absolute."""
    scheme, _, path = url.partition("sqlite:///")
    if scheme or not path or path == ":memory:":
        return url
    return f"sqlite:///{folder / path}"


def _password(smtp: Smtp) -> str | None:
    if smtp.password or smtp.password_file is None:
        return smtp.password
    return secret_in("smtp.password_file", smtp.password_file)
