"""The pages over a million obligations, a third of them done, on SQLite and on PostgreSQL: server time of each, and of
the first count of all."""

import statistics
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy

import sqlalchemy as sa
from starlette.testclient import TestClient

from benchmarks.apply_million import applied
from benchmarks.measuring import Row, timed
from benchmarks.synthetic import APPLIED_AT, Size, config_for, rule_files, rulebook_of
from db.engine import open_engine
from notifications.links import Links
from scheduler.applying import Origin, apply_rules
from scheduler.config import Config, load_config
from scheduler.desk import OfficeDesk
from scheduler.office import open_office
from tests import postgres
from tests.db.conftest import bring_to_schema
from web.app import create_app

MILLION = Size(units=1_000, tasks=1_000, owed=10)
LOOKED_AT = datetime(2026, 7, 15, 3, tzinfo=UTC)
MS, ROUNDS = 200, 7
PUBLIC = "https://dondoc.example"
ADMIN, HEAD = "quan-tri@tinh.example", "gd5@tinh.example"
PAGES = (
    (ADMIN, "/bang"),
    (ADMIN, "/danh-sach"),
    (ADMIN, "/danh-sach?thoi_han=late"),
    (ADMIN, "/danh-sach?thoi_han=late&tre_tu=31"),
    (ADMIN, "/danh-sach?thoi_han=due_soon"),
    (ADMIN, "/danh-sach?xac_nhan=awaiting"),
    (ADMIN, "/danh-sach?xac_nhan=accepted&xep=-due"),
    (ADMIN, "/danh-sach?tien_do=in_progress"),
    (ADMIN, "/danh-sach?ky=chua_den"),
    (ADMIN, "/danh-sach?dv=tinh:so-5"),
    (ADMIN, "/danh-sach?tim=so+77"),
    (ADMIN, "/danh-sach?sau=2026-11-03.500000"),
    (ADMIN, "/lich-han"),
    (ADMIN, "/don-vi/tinh/so-5"),
    (ADMIN, "/nhiem-vu/500000"),
    (ADMIN, "/hop-thu"),
    (HEAD, "/viec-cua-toi"),
    (HEAD, "/danh-sach"),
)
DONE = (
    "UPDATE obligation SET state = 'done', ended_at = due_at, was_late = (id % 7 = 0),"
    " verdict = CASE WHEN id % 5 = 0 THEN NULL ELSE 'accepted' END WHERE id % 3 = 0"
)


def rows(folder: Path) -> Iterator[Row]:
    database = folder / "pages.db"
    copy(applied(MILLION, folder), database)
    yield from measured(config_for(database))
    try:
        with postgres.running() as server:
            yield from measured(applied_on(server.create(bring_to_schema)))
    except postgres.NoPostgresError as missing:
        yield Row("postgresql: no page", f"not measured: {missing}")


def applied_on(url: str) -> Config:
    """Return the settings of an office whose data stand in that new PostgreSQL database, the rules in force."""
    configured = load_config(None, {"DONDOC_DATABASE": url.replace("+psycopg", "")})
    assert configured.config, configured.problems
    files = rule_files(MILLION)
    engine = open_engine(configured.config.database)
    origin = Origin(by="benchmarks", folder="made up")
    apply_rules(configured.config, engine, rulebook_of(files), files, origin=origin, now=APPLIED_AT)
    engine.dispose()
    return configured.config


def measured(config: Config) -> Iterator[Row]:
    """Yield the rows for an office whose database holds the million."""
    web = replace(config.web, public_url=PUBLIC)
    config = replace(config, web=web, mail=replace(config.mail, admins=(ADMIN,)))
    engine = open_engine(config.database)
    with engine.begin() as connection:
        connection.execute(sa.text(DONE))
    if engine.dialect.name == "postgresql":
        # What a server does by itself within a minute or so (autovacuum).
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))
    now = [LOOKED_AT]
    desk = OfficeDesk(open_office(config, engine), lambda: now[0])
    app = create_app(desk, config.pages())
    kind = engine.dialect.name
    clients = {person: signed_in(app, Links(PUBLIC, desk.keys), person) for person in (ADMIN, HEAD)}
    first = timed(lambda: clients[ADMIN].get("/bang"))
    yield Row(f"{kind}: the first count of 1,000,000, kept from then on", f"{first:.1f} s")
    for person, path in PAGES:
        seconds = []
        for _ in range(ROUNDS):
            now[0] += timedelta(seconds=10)
            seconds.append(timed(lambda person=person, path=path: good(clients[person], path)))  # type: ignore[misc]
        ms = statistics.median(seconds) * 1000
        yield Row(f"{kind}: {path}", f"{ms:.0f} ms", target=f"< {MS} ms", met=ms < MS)
    engine.dispose()


def good(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def signed_in(app: object, links: Links, person: str) -> TestClient:
    client = TestClient(app, base_url=PUBLIC, follow_redirects=False)  # type: ignore[arg-type]
    path = links.sign_in(person, f"bench-{person}", issued_at=LOOKED_AT).removeprefix(PUBLIC)
    token = client.get(path).text.partition('name="form_token" value="')[2].partition('"')[0]
    answer = client.post(path, data={"form_token": token}, headers={"origin": PUBLIC, "sec-fetch-site": "same-origin"})
    assert answer.status_code == 303, answer.text
    return client
