"""The parser of queries, which is a script: Node.js feeds it."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.js.test_scripts import HERE, NODE, SCRIPTS

_FUZZ = """
import { Engine } from "./catalog/engine.js";
import { parseQuery } from "./catalog/query.js";
import { NOTHING_SET } from "./catalog/state.js";
import { COLUMNS, INDEX } from "./support.js";
const PIECES = [
  "author:", "year:", "..", "-", '"', "(", ")", "*", "\\\\", " ", "things", "é", "e\\u0301",
  "x:y:z", "year:2020..2024", "year:..9999", "year:9..1", "has:code", "__proto__", "🔥",
  "constructor:", "\\n", "\\u202e", "\\ud800", "$&", "[a-z", "0", "İ", "ß",
];
const engine = new Engine(INDEX, "../");
engine.add(COLUMNS);
let state = Number(process.argv[2]) >>> 0;
// https://en.wikipedia.org/wiki/Xorshift: the same inputs for the same start.
const next = (most) => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % most;
};
const end = Date.now() + 1000 * Number(process.argv[3]);
let runs = 0, worst = 0;
const read = (text) => {
  const started = performance.now();
  parseQuery(text);
  engine.search({ ...NOTHING_SET, text, sort: "" }, 0);
  engine.list();
  const share = (performance.now() - started) / (2000 * Math.max(1, text.length / 1e6));
  if (share > 1) throw new Error(`${share} times too long: ${JSON.stringify(text)}`);
  worst = Math.max(worst, share);
  runs += 1;
};
while (Date.now() < end) {
  let text = "";
  for (let left = next(30); left > 0; left -= 1) {
    text += next(4) ? PIECES[next(PIECES.length)] : String.fromCharCode(next(65536));
  }
  read(text);
}
console.log(`query: ${runs} inputs, slowest ${(100 * worst).toFixed(1)}% of what it may take`);
"""


def fuzz_queries(seconds: float, start: int = 1) -> None:
    """Parse and run made queries for some time."""
    if NODE is None:
        sys.stdout.write("query: left out, Node.js is missing\n")
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        shutil.copytree(SCRIPTS, folder / "catalog", ignore=shutil.ignore_patterns("*.css"))
        shutil.copy(HERE / "support.js", folder)
        (folder / "fuzz.js").write_text(_FUZZ, encoding="utf-8")
        subprocess.run([NODE, "fuzz.js", str(start), str(seconds)], cwd=folder, check=True)
