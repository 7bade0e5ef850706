"""What commands print of indicators: the values of one, or how all of them stand."""

from datetime import datetime

import typer
from sqlalchemy.engine import Connection

from db.facts import Measurement, of_indicator, proofs_of_values
from rules.indicators.standing import ATTAINED
from rules.indicators.target import unit_of
from rules.programme import Indicator, Programme
from scheduler.attaining import Attaining
from scheduler.commands.printing import counted, print_json_lines, print_table


def print_values(
    connection: Connection, programme: Programme, indicator: Indicator, *, until: datetime, format: str
) -> None:
    """Print all values recorded of an indicator until then, those taken back too, as a table or as lines of JSON."""
    found = of_indicator(connection, programme.id, indicator.id, until=until)
    proofs = proofs_of_values(connection, [one.id for one in found])
    shown = {id_: [proof.shown for proof in kept] for id_, kept in proofs.items()}
    if format == "json":
        print_json_lines(_as_json(one, shown.get(one.id, [])) for one in found)
        return
    rows = [
        (
            one.id,
            one.measured_on,
            one.value,
            one.source,
            one.recorded_by,
            "; ".join(shown.get(one.id, [])),
            one.note,
            "taken back" if one.is_retracted else "",
        )
        for one in found
    ]
    print_table(("number", "measured", "value", "source", "recorded by", "evidence", "note", ""), rows)


def _as_json(one: Measurement, evidence: list[str]) -> dict[str, object]:
    return {
        "number": one.id,
        "programme": one.programme,
        "indicator": one.indicator,
        "measured_on": one.measured_on,
        "value": one.value,
        "source": one.source,
        "note": one.note,
        "unit": one.unit,
        "recorded_at": one.recorded_at,
        "recorded_by": one.recorded_by,
        "via": one.via,
        "evidence": evidence,
        "retracted": one.is_retracted,
    }


def print_standing(found: list[Attaining], year: int) -> None:
    """Print the indicators with their last values and how they stand to that year's targets."""
    rows = []
    for one in found:
        stands = one.towards(year)
        last = one.last
        rows.append(
            (
                f"{one.programme.id}/{one.indicator.id}",
                ", ".join(one.indicator.owner_named),
                last.value if last else "",
                last.measured_on if last else "",
                stands.year,
                stands.target.said,
                ATTAINED[stands.attained].vi,
                stands.forecast.said if stands.forecast else "",
                unit_of(one.indicator),
                one.indicator.title[:60],
            )
        )
    heads = ("indicator", "owner", "value", "measured", "year", "target", "status", "estimate", "unit", "title")
    print_table(heads, rows)
    typer.echo(counted(len(rows), "indicator"))
