"""Config: config.toml and the environment as one frozen value, composed of each package's own settings."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from rules.periodic.schedule import OFF, Schedule
from rules.problem import Problem, Source
from rules.window import Policy
from rules.wording import Language
from scheduler.kinds import is_loopback
from scheduler.settings import Settings, read_settings
from scheduler.unreadable import Unreadable as Unreadable
from scheduler.unreadable import secret_in

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


@dataclass(frozen=True, slots=True)
class Oidc:
    """An issuer of identities as configured; the secret stays where it is until the pages are opened."""

    issuer: str
    client_id: str
    secret_file: Path
    name: str
    vouches: bool


@dataclass(frozen=True, slots=True)
class Web:
    """Whether and where the pages listen, and the address under which people reach them. `proxies`: of these it is
    believed whom they ask for."""

    serve: bool
    host: str
    port: int
    public_url: str
    secret_file: Path
    behind_tls: bool
    tls_certificate: Path | None
    tls_key: Path | None
    proxies: tuple[str, ...]
    evidence: Path
    """The folder of the files that prove reports."""
    oidc: Oidc | None = None


@dataclass(frozen=True, slots=True)
class Summaries:
    """When summaries of periods are drawn up and leave, and what their letterhead says beyond the directory."""

    schedule: Schedule
    superior: str | None
    place: str | None


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


def load_config(file: Path | None, environ: Mapping[str, str]) -> Configured:
    """Return the configuration of that file (None: the defaults) and environment; OSError when it does not open."""
    text: str | Problem = _text(file) if file else ""
    if isinstance(text, Problem):
        return Configured(None, (text,))
    settings = read_settings(text, str(file or "config.toml"), environ)
    problems = settings.problems or _contradictions(settings)
    if problems:
        return Configured(None, tuple(sorted(set(problems))))
    return Configured(_composed(settings, file), ())


def _text(file: Path) -> str | Problem:
    with file.open("rb") as opened:
        data = opened.read(LARGEST_CONFIG + 1)
    if len(data) > LARGEST_CONFIG:
        return Problem(Source(str(file)), "", "the file is larger than 1 MB: no configuration is")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode("utf-8-sig")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return Problem(Source(str(file), line, column), "", "not UTF-8: save the file as UTF-8")


def _contradictions(settings: Settings) -> list[Problem]:
    """Return what is wrong between settings that are right one by one."""
    values, found = settings.values, []

    def complain(name: str, message: str) -> None:
        found.append(Problem(settings.place(name), name, message))

    opens, closes = values["mail.send_window.from"], values["mail.send_window.until"]
    if opens >= closes:
        complain("mail.send_window", f"opens at {opens:%H:%M}, after it closes at {closes:%H:%M}")
    elif values["schedule.daily"] >= closes:
        complain("schedule.daily", f"lies after the send window, which closes at {closes:%H:%M}")
    _complain_of_hours(values, complain)
    has_password = bool(values["smtp.password"] or values["smtp.password_file"])
    if values["smtp.username"] and not has_password:
        complain("smtp.username", "has no password: name its file with password_file")
    if has_password and not values["smtp.username"]:
        complain("smtp.password_file", "has no username")
    for name, message in _open_doors(values):
        complain(name, message)
    return found


def _open_doors(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what would have pages read along by others on the way."""
    host, _ = values["web.listen"]
    has_tls = bool(values["web.tls_certificate"])
    if has_tls != bool(values["web.tls_key"]):
        yield "web.tls_certificate", "TLS needs both files: tls_certificate and tls_key"
    if values["web.serve"] and not (is_loopback(host) or values["web.behind_tls"] or has_tls):
        yield (
            "web.listen",
            (
                f"{host} is reached from elsewhere, and nothing says that what passes is encrypted: give "
                "tls_certificate and tls_key, or say behind_tls = true where a proxy does it"
            ),
        )
    oidc = {name: values[f"web.oidc.{name}"] for name in ("issuer", "client_id", "secret_file")}
    if any(oidc.values()) and not all(oidc.values()):
        missing = next(name for name, value in oidc.items() if not value)
        yield "web.oidc", f"has no {missing}: an issuer is known by issuer, client_id and secret_file"
    if (has_tls or values["web.behind_tls"]) and not values["web.public_url"].startswith("https://"):
        yield "web.public_url", "begins with http://, and the pages are reached by TLS: write https://"


def _complain_of_hours(values: Mapping[str, Any], complain: Callable[[str, str], None]) -> None:
    """Say which hours of a summary's day come in the wrong order, or when no mail leaves any more."""
    if all(values[f"summary.{kind}"] == OFF for kind in ("weekly", "monthly", "quarterly")):
        return
    names = ("summary.contributions_by", "summary.draft_at", "summary.send_at")
    for earlier, later in pairwise(names):
        if values[earlier] > values[later]:
            complain(later, f"is {values[later]:%H:%M}, before {earlier} at {values[earlier]:%H:%M}")
    closes = values["mail.send_window.until"]
    if values["summary.send_at"] >= closes:
        complain("summary.send_at", f"lies after the send window, which closes at {closes:%H:%M}")


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
        web=_web(settings, folder),
        summaries=_summaries(values),
    )


def _summaries(values: Mapping[str, Any]) -> Summaries:
    names = ("weekly", "monthly", "quarterly", "contributions_by", "draft_at", "send_at", "needs_confirmation")
    schedule = Schedule(**{name: values[f"summary.{name}"] for name in names})
    return Summaries(schedule, values["summary.superior"], values["summary.place"])


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


def _web(settings: Settings, folder: Path) -> Web:
    values = settings.values
    host, port = values["web.listen"]
    return Web(
        serve=values["web.serve"],
        host=host,
        port=port,
        public_url=values["web.public_url"],
        secret_file=folder / values["web.secret_file"],
        behind_tls=values["web.behind_tls"],
        tls_certificate=_path(values["web.tls_certificate"], folder),
        tls_key=_path(values["web.tls_key"], folder),
        proxies=values["web.trusted_proxies"],
        oidc=Oidc(
            issuer=values["web.oidc.issuer"],
            client_id=values["web.oidc.client_id"],
            secret_file=folder / values["web.oidc.secret_file"],
            name=values["web.oidc.name"],
            vouches=values["web.oidc.addresses_are_verified"],
        )
        if values["web.oidc.issuer"]
        else None,
        evidence=folder / values["web.evidence"],
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
