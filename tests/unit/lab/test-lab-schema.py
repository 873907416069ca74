#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON Schema of a lab: the labs that come with Labwright are valid, each broken rule that a
schema can say is refused, and what the reader accepts the schema accepts too.

Usage: test-lab-schema.py SCHEMA LAB-ACCEPTS FILE..."""

import copy
import json
import random
import subprocess
import sys

try:
    import jsonschema

    Validator = jsonschema.Draft202012Validator
except (ImportError, AttributeError):
    print("1..0 # SKIP python3-jsonschema is not installed")
    sys.exit(0)

MUTATIONS = 1500
VALUES = [0, 1, -1, 7, 8, 16, 17, 64, 65, 1023, 1024, 4094, 4095, 65537, 1e6, 1000001, 0.5, True, False,
          None, "", " ", "a", "a b", "a/b", "..", "x" * 16, "x" * 64, "switch", "iou", "hub", "nat", "tap",
          "placeholder", "picture", "line", "text", "trunk", "access", "1-5,7", "1-", "#aabbcc", "red",
          "solid", "dot", "a\nb", [], {}, [1], [""], ["a\nb"], [{}], {"name": "x"}]


def containers(value):
    """Every object and list inside."""
    if isinstance(value, (dict, list)):
        yield value
        for child in value.values() if isinstance(value, dict) else value:
            yield from containers(child)


def mutate(rand, lab):
    lab = copy.deepcopy(lab)
    for _ in range(rand.randint(1, 2)):
        place = rand.choice([c for c in containers(lab) if len(c) > 0])
        key = rand.choice(list(place) if isinstance(place, dict) else range(len(place)))
        if rand.random() < 0.2:
            del place[key]
        else:
            place[key] = copy.deepcopy(rand.choice(VALUES))
    return lab


def accepted(program, labs):
    text = "".join(json.dumps(lab) + "\n" for lab in labs)
    out = subprocess.run([program], input=text, stdout=subprocess.PIPE, check=True, encoding="utf-8")
    lines = out.stdout.splitlines()
    assert len(lines) == len(labs)
    return [line == "ok" for line in lines]


def main():
    schema_path, program, *paths = sys.argv[1:]
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    failures = []

    Validator.check_schema(schema)
    validator = Validator(schema)
    labs = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            labs.append(json.load(file))
        for error in validator.iter_errors(labs[-1]):
            failures.append(f"{path}: {error.json_path}: {error.message}")

    rand = random.Random(1)
    mutants = [mutate(rand, rand.choice(labs)) for _ in range(MUTATIONS)]
    both = refused = 0
    for mutant, reader in zip(mutants, accepted(program, mutants)):
        error = next(validator.iter_errors(mutant), None)
        if reader and error is not None:
            failures.append(f"the reader accepts, the schema does not: {error.json_path}: {error.message}")
        both += reader and error is None
        refused += not reader and error is not None
    # Both ways were walked, and the schema finds most of what is wrong.
    if both < MUTATIONS / 50 or refused < MUTATIONS / 3:
        failures.append(f"only {both} were accepted by both, {refused} refused by both")

    print("1..1")
    print(f"# {both} mutants accepted by both, {refused} refused by both, of {MUTATIONS}")
    for failure in failures[:20]:
        print(f"# {failure}")
    print("not ok 1 - schema" if failures else "ok 1 - schema")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
