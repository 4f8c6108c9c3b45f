"""What two libraries find in the same lists; ``benchmarks.linkage`` runs it in their environment.

Reads a JSON object {"left": [row, …], "right": [row, …] or null} from standard input and writes
{"name": [[left, right], …], …}. Rows have name, address, city and phone, in lower case without
punctuation, phones in one spelling. Both libraries learn without labels, as their guides tell.
"""
# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201

import json
import sys

import pandas as pd
import recordlinkage
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

FIELDS = ("name", "address", "city")
#: How alike the fields must be on average where nothing is learnt.
LIKE_ENOUGH = 0.85


def main() -> None:
    """Answer with the pairs of each library."""
    given = json.load(sys.stdin)
    left = frame(given["left"])
    right = frame(given["right"]) if given["right"] is not None else None
    found = {
        "recordlinkage, mean": toolkit(left, right, None),
        "recordlinkage, ECM": toolkit(left, right, recordlinkage.ECMClassifier(binarize=0.8)),
        "recordlinkage, k-means": toolkit(left, right, recordlinkage.KMeansClassifier()),
        "Splink": fellegi_sunter(left, right),
    }
    json.dump(found, sys.stdout)


def frame(rows):
    """Return a table whose index is the place in the list."""
    table = pd.DataFrame(rows)
    return table.drop(columns=[name for name in table if (table[name] == "").all()])


def toolkit(left, right, classifier):
    """Find pairs with recordlinkage: neighbours by name or address, or one phone."""
    index = recordlinkage.Index()
    index.sortedneighbourhood("name", window=9)
    index.sortedneighbourhood("address", window=9)
    if "phone" in left:
        index.block("phone")
    lists = (left,) if right is None else (left, right)
    candidates = index.index(*lists)
    compare = recordlinkage.Compare()
    for field in FIELDS:
        compare.string(field, field, method="jarowinkler")
    if "phone" in left:
        compare.exact("phone", "phone")
    features = compare.compute(candidates, *lists).fillna(0)
    if classifier is None:
        found = features[features.mean(axis=1) >= LIKE_ENOUGH].index
    else:
        found = classifier.fit_predict(features)
    return [[int(a), int(b)] for a, b in found]


def fellegi_sunter(left, right):
    """Find pairs with Splink: expectation maximisation after blocking on several keys."""
    tables = [
        one.assign(unique_id=range(len(one))).replace("", None).infer_objects()
        for one in (left, right)
        if one is not None
    ]
    comparisons = [cl.JaroWinklerAtThresholds(field, [0.95, 0.88, 0.75]) for field in FIELDS]
    rules = ["substr(l.name, 1, 5) = substr(r.name, 1, 5)", block_on("address")]
    if "phone" in left:
        comparisons.append(cl.ExactMatch("phone"))
        rules.append(block_on("phone"))
    settings = SettingsCreator(
        link_type="dedupe_only" if right is None else "link_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(tables if right is not None else tables[0], settings, db_api=DuckDBAPI())
    linker.training.estimate_probability_two_random_records_match(["l.name = r.name"], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (rules[0], block_on("address")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    table = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    return [[int(a), int(b)] for a, b in zip(table.unique_id_l, table.unique_id_r, strict=True)]


if __name__ == "__main__":
    main()
