"""A key changed while the pages run: links and forms signed before stay good as long as their key is kept."""

from pathlib import Path

import pytest

from scheduler.web_secret import add_key
from tests.e2e.console import good, refused
from tests.web.pages import POSTS, Pages


def test_a_kept_key_keeps_links_and_forms_good(small: Pages) -> None:
    client = small.browser()
    link = client.path_of(small.links.sign_in(POSTS["head"], "n", issued_at=small.office.now))
    form = client.get(link).hidden
    add_key(small.office.config.web.secret_file, keep=1)
    assert client.post(link, form).status_code == 303
    assert small.sign_in("focal").get("/").status_code == 200


def test_a_key_that_is_gone_takes_its_links_and_forms_along(small: Pages) -> None:
    client = small.browser()
    link = client.path_of(small.links.sign_in(POSTS["head"], "n", issued_at=small.office.now))
    form = client.get("/dang-nhap").hidden
    add_key(small.office.config.web.secret_file, keep=0)
    assert client.get(link).title == "Liên kết không đúng"
    assert client.post("/dang-nhap", form | {"address": POSTS["head"]}).title == "Biểu mẫu đã cũ"


def test_the_command_puts_a_new_key_before_the_others(bare_folder: Path) -> None:
    assert "no other one verifies" in good("web", "new-key").out
    assert "1 of the old ones still verify" in good("web", "new-key").out
    assert "2 of the old ones still verify" in good("web", "new-key", "--keep", "5").out
    Path("var/web-secret").chmod(0o644)
    assert "người khác đọc được" in refused("web", "new-key")


@pytest.fixture
def bare_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "config.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path
