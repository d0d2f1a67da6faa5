"""Writes the five synthetic surveys beside this file, their packs, and the mapping of the published figures.

    python3 sample-data/generate.py            make everything anew, then check it
    python3 sample-data/generate.py NAME …     only these
    python3 sample-data/generate.py --check    only check what is there against the published figures
"""

import sys
from pathlib import Path

from survey import arena, arena_codebook, barometer, barometer_codebook, files, mapping, organisations, organisations_codebook, others, others_codebook
import check

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
REFERENCE = ROOT / "tests" / "reference"
SURVEYS = [
    # file, codebook, model, pack, file label, weight, csv separator and decimal mark
    (mapping.B, barometer_codebook.codebook, barometer.generate, "innovation-barometer-2016", "SYNTETISK: Innovationsbarometeret 2016 (synthetic data)", "vaegt", (";", ",")),
    (mapping.A, arena_codebook.codebook, arena.generate, "arena-2020", "SYNTETISK: ARENA 2020 (synthetic data)", None, (",", ".")),
    (mapping.LATER, others_codebook.later, others.later, None, "SYNTETISK: Innovationsbarometeret 2019 (synthetic data)", "vaegt", (";", ",")),
    (mapping.NORWAY, others_codebook.norway, others.norway, None, "SYNTETISK: Norge 2017 (synthetic data)", None, (",", ".")),
    (mapping.O, organisations_codebook.codebook, organisations.generate, "organisations-2016", "SYNTETISK: Organisationer 2016 (synthetic data)", None, (",", ".")),
]


def asked_of(name, book, published, entries):
    """(row, share, where, per cent, tolerance) of the published figures that a survey should give."""
    json = book.json(True)
    return [
        (e["row"], *mapping.as_expressions(e, json), float(published[e["row"] - 1]["percent"]), e["tolerance"])
        for e in entries if e.get("dataset") == name
    ]


def report(step, losses):
    print(f"  step {step}: {(losses > 0).sum()} figures outside the band", flush=True)


def main():
    published = mapping.read_published(REFERENCE / "published_figures.csv")
    entries = mapping.mapping(published)
    if "--check" not in sys.argv:
        mapping.write(entries, REFERENCE / "published_queries.json")
        only = sys.argv[1:]
        for name, codebook, generate, pack, label, weight, (separator, decimal) in SURVEYS:
            if only and name not in only:
                continue
            print(name, flush=True)
            book = codebook()
            answers = generate(book, asked_of(name, book, published, entries), report)
            columns = {v["name"]: answers[v["name"]] for v in book.variables}
            files.write_csv(HERE / f"{name}.csv", columns, separator, decimal)
            files.write_parquet(HERE / f"{name}.parquet", columns)
            files.write_sav(HERE / f"{name}.sav", columns, book, label, weight)
            files.write_json(HERE / f"{name}.codebook.json", book.json(synthetic=True))
            if pack:
                files.write_json(ROOT / "assets" / "codebooks" / f"{pack}.json", book.json(synthetic=False))
    return check.main()


if __name__ == "__main__":
    sys.exit(main())
