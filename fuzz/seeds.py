#!/usr/bin/env python3
"""Makes the inputs that fuzzing starts from, of this repository's own YAML and of the examples of its rules."""

import hashlib
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = ROOT / "fuzz" / "corpus"
# Larger inputs make fuzzing slow and find nothing else.
LIMIT = 6000


def keep(target, text):
    data = text.encode()
    if data and len(data) <= LIMIT:
        folder = CORPUS / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def documents():
    for folder in ("pipelines", "overlays", "snapshots/fixtures"):
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            yield path.read_text()
    # Each page shows a bad example and a good one.
    for page in sorted((ROOT / "docs" / "rules").glob("*.md")):
        yield from re.findall(r"```yaml\n(.*?)```", page.read_text(), re.S)
    for path in sorted((ROOT / "tests" / "conformance").glob("*/testdata/**/*.yaml")):
        yield path.read_text()


def words(texts):
    found = {word for text in texts for word in re.findall(r"[A-Za-z][A-Za-z./-]{2,30}", text)}
    lines = [f'"{word}"' for word in sorted(found)]
    lines += ['"{{"', '"}}"', '"{{="', '"$("', '")"', '"\\x0a---\\x0a"', '"\\x0a  - "', '": "', '"&a "', '"*a"', '"<<: "', '"|-\\x0a"']
    (CORPUS / "words.dict").write_text("\n".join(lines) + "\n")


def expressions():
    sources = sorted((ROOT / "generator" / "expression").rglob("*.rs"))
    for path in sources:
        for text in re.findall(r'"((?:[^"\\\n]|\\.)*)"', path.read_text()):
            yield text.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")
    for text in documents():
        yield from re.findall(r"\{\{.*?\}\}|\$\([^\n]*?\)", text)


def main():
    texts = sorted(set(documents()))
    for text in texts:
        for target in ("yaml", "read", "check"):
            keep(target, text)
    for text in sorted(set(expressions())):
        keep("expression", text)
    words(texts)


main()
