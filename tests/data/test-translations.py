#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each language is well formed, and has every text of today's sources."""

import os
import subprocess
import sys
import tempfile

KEYWORDS = ["--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2"]


def run(*command, cwd=None):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    return done.returncode == 0, done.stderr.strip()


def check(name, good, said):
    for line in [] if good else said.splitlines()[-40:]:
        print("# " + line)
    print(("ok " if good else "not ok ") + name)


def main():
    source = os.environ["LABWRIGHT_SOURCE_DIR"]
    po = os.path.join(source, "po")
    with open(os.path.join(po, "LINGUAS"), encoding="utf-8") as file:
        languages = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    print("1..%d" % (2 * len(languages)))
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, "labwright.pot")
        good, said = run("xgettext", "--from-code=UTF-8", "--files-from=po/POTFILES",
                         "--output=" + template, *KEYWORDS, cwd=source)
        if not good:
            sys.exit("xgettext: " + said)
        for language in languages:
            path = os.path.join(po, language + ".po")
            # Merged first: the flags of the sources say which texts are formats.
            merged = os.path.join(folder, language + ".po")
            good, said = run("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", merged, path, template)
            if good:
                good, said = run("msgfmt", "--check", "-o", os.devnull, merged)
            check(language + " is well formed", good, said)
            check(language + " is complete", *run("msgcmp", path, template))


main()
