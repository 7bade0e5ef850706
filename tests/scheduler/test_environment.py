"""dondoc says so when somebody else's package stands under one of its names."""

from pathlib import Path

from scheduler.environment import stranger


def test_our_own_packages_are_no_strangers() -> None:
    assert stranger() is None


def test_a_package_from_elsewhere_is_named_with_its_place() -> None:
    complaint = stranger(names=("rules", "email"))
    assert complaint is not None
    assert "'email'" in complaint
    assert "an environment of its own" in complaint


def test_a_package_that_is_missing_is_named(tmp_path: Path) -> None:
    assert "nowhere" in (stranger(home=tmp_path, names=("no_such_package_at_all",)) or "")
