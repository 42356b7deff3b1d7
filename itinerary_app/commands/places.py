"""Commands for places: `flask --app wsgi places …`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from itinerary_app.catalogue.world import locate
from itinerary_app.current import services
from itinerary_app.errors import ConfigurationError, ItineraryError
from itinerary_app.imports import rules
from itinerary_app.imports.importer import Importer, Report
from itinerary_app.imports.overpass import FARTHEST_KM, Overpass
from itinerary_app.imports.reading import FORMATS, Origin
from itinerary_app.imports.reference import Reference
from itinerary_app.model import Category, City, Place
from itinerary_app.storage import has_tables
from itinerary_app.storage.database import Database
from itinerary_app.storage.places import ImportedPlaces, importing
from itinerary_app.storage.pool import Pool
from itinerary_app.text.words import counted

KIB = 1024
MOST_CITIES = 20  # in a report

places = AppGroup("places", help="Look at, import, fetch and check places.")
File = click.Path(exists=True, dir_okay=False, path_type=Path)


@places.command("import")
@click.argument("path", metavar="FILE", type=File)
@click.option("--format", "kind", type=click.Choice(FORMATS), help="Default: guessed.")
@click.option("--city", "city_name", help="Only places in this city.")
@click.option("--language", default="en", show_default=True, help="Of Wikivoyage.")
@click.option("--source", default="", help="Of GeoJSON that is no OpenStreetMap's.")
@click.option("--licence", default="", help="Of GeoJSON that is no OpenStreetMap's.")
def import_file(
    path: Path,
    kind: str | None,
    city_name: str | None,
    language: str,
    source: str,
    licence: str,
) -> None:
    """Import places from FILE: Overpass JSON, GeoJSON, Wikivoyage's listings (CSV).

    All or nothing, and safe to repeat: places that are there already are brought up
    to date. Without --city each goes to the city that it is in.
    """
    origin = Origin(
        format=next((it for it in FORMATS if it == kind), None),
        language=language,
        source=source,
        licence=licence,
    )
    try:
        database = services().database()
        known = _known(ImportedPlaces(Pool(database, size=1)))
        only = locate(city_name, known) if city_name else None
        report = _import(database, known, path, origin, only)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    _tell(report)


@places.command("fetch")
@click.argument("city_name", metavar="CITY")
@click.option("--fresh", is_flag=True, help="Ask again, even if an answer is kept.")
def fetch(city_name: str, fresh: bool) -> None:
    """Ask OpenStreetMap (OVERPASS_URL) for the places of CITY, and import them.

    The answer is kept under INSTANCE_PATH for a week. CITY may be any of over 15,000
    people: "Lima", or "Portland, Oregon" where there are several.
    """
    settings = services().settings
    try:
        database = services().database()
        known = _known(ImportedPlaces(Pool(database, size=1)))
        city = locate(city_name, known)
        reach = min(city.radius_km, FARTHEST_KM)
        click.echo(
            f"{city.name}, {city.country}: {reach:g} km around {city.lat:.4f}, "
            f"{city.lon:.4f}, from {settings.overpass_url}"
        )
        overpass = Overpass(settings.overpass_url, settings.instance_path / "overpass")
        answer = overpass.fetch(city, fresh=fresh)
        if answer.age is not None:
            click.echo(
                f"Using the answer of {_age(answer.age)} ago; --fresh asks again."
            )
        report = _import(database, known, answer.path, Origin(format="overpass"), city)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    _tell(report)


@places.command("list")
@click.argument("city_name", metavar="[CITY]", required=False)
@click.option("--near", type=(float, float), metavar="LAT LON", help="Imported ones.")
@click.option("--km", default=1.0, type=click.FloatRange(0.01, 100), show_default=True)
@click.option("--category", type=click.Choice([it.value for it in Category]))
def list_places(
    city_name: str | None,
    near: tuple[float, float] | None,
    km: float,
    category: str | None,
) -> None:
    """List the cities with their numbers of places, or the places of CITY."""
    try:
        imported = _imported()
        if near:
            kinds = [Category(category)] if category else list(Category)
            for away, place in _needed(imported).near(*near, km=km, categories=kinds):
                click.echo(f"{1000 * away:>7,.0f} m  {_line(place)}")
        elif city_name:
            found = _all_places(imported, city_name)
            if not found:
                raise click.ClickException(f"There are no places of {city_name!r}.")
            for place in found:
                if category in (None, place.category):
                    click.echo(_line(place))
        else:
            _list_cities(imported)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc


@places.command("remove")
@click.argument("city_name", metavar="CITY")
@click.confirmation_option(prompt="Delete all places that were imported for it?")
def remove(city_name: str) -> None:
    """Delete what was imported for CITY. Shipped places stay, and trips do."""
    try:
        database = services().database()
        city = locate(city_name, _known(ImportedPlaces(Pool(database, size=1))))
        with importing(database) as incoming:
            removed = incoming.remove(city.id)
            incoming.tell(f"{city.name} removed: {removed:,} places")
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    click.echo(f"{counted(removed, 'place')} of {city.name} removed.")


@places.command("check")
@click.option(
    "--reference", "path", type=File, help="A CSV to hold coordinates against."
)
def check_places(path: Path | None) -> None:
    """Check shipped and imported places; exit with 1 if anything is wrong.

    One line a finding. The reference has the columns city, country, name, lat, lon.
    """
    catalogue = services().catalogue
    found, checked = 0, 0
    try:
        reference = Reference.from_csv(path) if path else None
        imported = _imported()
        lots = [(it, catalogue.shipped_places(it), False) for it in catalogue.shipped]
        if imported:
            lots += [
                (it.city, imported.all_places(it.city.id), True)
                for it in imported.counts()
            ]
        for city, those, is_imported in lots:
            checked += len(those)
            for finding in rules.broken_rules(
                city, those, reference=reference, imported=is_imported
            ):
                found += 1
                click.echo(finding)
    except ItineraryError as exc:
        raise click.ClickException(str(exc)) from exc
    if found:
        click.echo(f"{counted(found, 'finding')} in {checked:,} places.", err=True)
        raise SystemExit(1)
    click.echo(f"{checked:,} places are in order.")


def _import(
    database: Database,
    known: list[City],
    path: Path,
    origin: Origin,
    only: City | None,
) -> Report:
    size = path.stat().st_size
    label = f"{path.name}, {size // KIB:,} KiB"
    with click.progressbar(length=size, label=label) as bar:
        importer = Importer(database, known, only=only)
        return importer.run(path, origin, advance=bar.update)


def _tell(report: Report) -> None:
    click.echo(
        f"{report.entries:,} entries read: {report.new:,} places new, "
        f"{report.changed:,} changed, {report.same:,} there already."
    )
    for name, number in report.cities.most_common(MOST_CITIES):
        click.echo(f"  {number:>9,}  {name}")
    if (more := len(report.cities) - MOST_CITIES) > 0:
        click.echo(f"  {'':>9}  and {more:,} more")
    for reason, number in report.unread.most_common():
        click.echo(f"{number:,} {reason}:")
        _examples(report, reason)
    if report.skipped:
        click.echo(f"{report.skipped.total():,} entries left out:")
    for reason, number in report.skipped.most_common():
        click.echo(f"  {number:>9,}  {reason}")
        _examples(report, reason)


def _examples(report: Report, reason: str) -> None:
    for example in report.examples.get(reason, ()):
        click.echo(f"             {example[:100]}")


def _list_cities(imported: ImportedPlaces | None) -> None:
    catalogue = services().catalogue
    counts = {it.city.id: it for it in imported.counts()} if imported else {}
    for city in catalogue.shipped:
        count = counts.pop(city.id, None)
        more = f", {count.places:,} imported" if count else ""
        shipped = len(catalogue.shipped_places(city))
        click.echo(f"{city.name:<24} {city.country}  {shipped:>7,} shipped{more}")
    planned = {city.id for city in catalogue.cities}
    for count in counts.values():
        few = "" if count.city.id in planned else " (too few sights for a plan)"
        click.echo(
            f"{count.city.name:<24} {count.city.country}  {count.places:>7,} imported"
            f"{few}"
        )


def _all_places(imported: ImportedPlaces | None, city_name: str) -> list[Place]:
    city = locate(city_name, _known(imported))
    shipped = services().catalogue.shipped_places(city)
    return [*shipped, *(imported.all_places(city.id) if imported else ())]


def _imported() -> ImportedPlaces | None:
    if not has_tables(services().settings.storage_url):
        return None
    return ImportedPlaces(Pool(services().database(), size=1))


def _needed(imported: ImportedPlaces | None) -> ImportedPlaces:
    if imported is None:
        raise ConfigurationError("Places are imported into PostgreSQL only.")
    return imported


def _known(imported: ImportedPlaces | None) -> list[City]:
    """The cities of cities.csv, and those that imports brought."""
    known = {city.id: city for city in services().catalogue.known_cities}
    for count in imported.counts() if imported else ():
        known.setdefault(count.city.id, count.city)
    return list(known.values())


def _line(place: Place) -> str:
    hours = place.hours or "hours unknown"
    return f"{place.importance}  {place.category.label:<13}  {place.name}  ({hours})"


def _age(seconds: float) -> str:
    hours = int(seconds // 3600)
    if hours >= 48:
        return counted(hours // 24, "day")
    return counted(hours, "hour") if hours else counted(int(seconds // 60), "minute")
