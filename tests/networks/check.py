"""Other programs read an exported network with the numbers that Isobar says.

Usage: check.py ISOBAR FOLDER — writes the network of the sample survey's partners to FOLDER as GraphML and GEXF, reads
both with networkx, and compares them with `isobar estimate --format json`: shares, joint shares, lifts, their intervals.
"""

import json
import math
import subprocess
import sys
from pathlib import Path

import networkx

SURVEY = "sample-data/innovationsbarometer-2016.parquet"
QUESTION = "partnere"
JOINT = ["--boxes", "joint"]
LIFT = ["--boxes", "lift"]
NETWORK = ["--view", "partners-network"]


def asked(isobar, *arguments):
    command = [isobar, "estimate", SURVEY, "--question", QUESTION, *arguments, "--format", "json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["rows"]


def same(what, read, said):
    if said is None or not math.isclose(read, said, rel_tol=1e-12, abs_tol=1e-12):
        sys.exit(f"{what}: {read} was read, {said} is estimated")


def main():
    isobar, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    shares = {row["item"]: row for row in asked(isobar) if row["kind"] == "answer"}
    joint = {frozenset(row["item"].split("+")): row for row in asked(isobar, *JOINT)}
    lift = {frozenset(row["item"].split("+")): row for row in asked(isobar, *LIFT)}
    for ending, reader in [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)]:
        path = folder / f"partners.{ending}"
        command = [isobar, "figure", SURVEY, *NETWORK, "-o", str(path)]
        subprocess.run(command, check=True)
        graph = reader(path)
        if graph.is_directed() or graph.is_multigraph():
            sys.exit(f"{path}: not a plain undirected network")
        if not set(graph) <= set(shares) or len(graph) < 8:
            sys.exit(f"{path}: the boxes are {sorted(graph)}")
        for node, data in graph.nodes(data=True):
            own = shares[node]
            same(f"{ending} {node} share", data["share"], own["estimate"])
            same(f"{ending} {node} low", data["share_low"], own["low"])
            same(f"{ending} {node} high", data["share_high"], own["high"])
            assert data["share_n"] == own["n"], node
            assert data["label_da"] and data["label_en"], node
            assert "viz" in data or "x" in data, node
        edges = 0
        for a, b, data in graph.edges(data=True):
            both, ratio = joint[frozenset((a, b))], lift[frozenset((a, b))]
            what = f"{ending} {a} + {b}"
            same(f"{what} weight", data["weight"], both["estimate"])
            for name, end in [("joint", both), ("lift", ratio)]:
                same(f"{what} {name}", data[name], end["estimate"])
                same(f"{what} {name} low", data[f"{name}_low"], end["low"])
                same(f"{what} {name} high", data[f"{name}_high"], end["high"])
            assert 0 <= data["p"] <= data["p_adjusted"] <= 1, what
            edges += 1
        missing = [pair for pair, row in joint.items() if row["estimate"] > 0 and not graph.has_edge(*pair)]
        if missing:
            sys.exit(f"{path}: pairs are missing: {missing}")
        print(f"{path.name}: {len(graph)} boxes and {edges} pairs, as estimated")


if __name__ == "__main__":
    main()
