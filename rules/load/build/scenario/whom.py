"""Whom a scenario names: a post of a ladder (`head`), of a unit (`so-khcn/head`), a title or an address."""

from collections.abc import Sequence

from rules.load.build.scenario.scope import Scope
from rules.load.mistake import did_you_mean, listed, quoted, suggestion
from rules.load.place import Place
from rules.scenario import WHOM_ROLES, Whom, WhomRole
from rules.wording import Wording

_OF_UNITS: tuple[WhomRole, ...] = ("head", "focal", "overseer")
_ACCEPTED = Wording(
    f"{listed(WHOM_ROLES)}, chức của đơn vị như so-khcn/head, chức danh hoặc địa chỉ thư",
    f"{listed(WHOM_ROLES)}, a unit's post as in so-khcn/head, a title or an address",
)


def whom(names: Sequence[str], place: Place, scope: Scope) -> tuple[Whom, ...]:
    """Return who is meant by each of the names; a problem for each that means nobody."""
    found = (_one(name, place / number, scope) for number, name in enumerate(names))
    return tuple(each for each in found if each is not None)


def _one(name: str, place: Place, scope: Scope) -> Whom | None:
    source = place.source
    if name in WHOM_ROLES:
        return Whom(name, source, role=next(role for role in WHOM_ROLES if role == name))
    if "@" in name:
        return _address(name, place, scope)
    if name.casefold() in scope.names.titles or name.casefold() in scope.stand_ins:
        return Whom(name, source, title=name.casefold())
    unit, slash, role = name.rpartition("/")
    if slash:
        return _of_unit(name, unit.strip(), role.strip(), place, scope)
    near = _near(name, scope)
    said = Wording(
        f"{quoted(name)} không phải chức của ai; được ghi: {_ACCEPTED.vi}{near.vi}",
        f"{quoted(name)} is nobody's post; accepted: {_ACCEPTED.en}{near.en}",
    )
    scope.faults.at(place, said)
    return None


def _of_unit(name: str, unit: str, role: str, place: Place, scope: Scope) -> Whom | None:
    units = scope.named(unit, place)
    found = next((each for each in _OF_UNITS if each == role), None)
    if found is None:
        near = did_you_mean(role, _OF_UNITS)
        said = Wording(
            f"không có chức {quoted(role)} trong {quoted(name)}; đơn vị có {listed(_OF_UNITS)}{near.vi}",
            f"unknown post {quoted(role)} in {quoted(name)}; a unit has {listed(_OF_UNITS)}{near.en}",
        )
        scope.faults.at(place, said)
    return Whom(name, place.source, role=found, units=units) if units and found else None


def _address(name: str, place: Place, scope: Scope) -> Whom | None:
    known = scope.names.addresses | {one for one in scope.stand_ins if "@" in one}
    if name not in known:
        near = did_you_mean(name, known)
        said = Wording(
            f"không chức nào trong {scope.directory.id} có địa chỉ {quoted(name)}{near.vi}",
            f"no post of {scope.directory.id} has the address {quoted(name)}{near.en}",
        )
        scope.faults.at(place, said)
        return None
    return Whom(name, place.source, address=name)


def _near(name: str, scope: Scope) -> Wording:
    units = [*scope.directory.units, *scope.directory.groups]
    if name in units:
        return suggestion(f"{name}/head")
    return did_you_mean(
        name, [*WHOM_ROLES, *(f"{unit}/{role}" for unit in units for role in _OF_UNITS), *scope.names.titles.values()]
    )
