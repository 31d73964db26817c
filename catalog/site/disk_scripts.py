"""The scripts of the site as one classic script, for pages opened from disk.

Browsers load no modules from disk. Each module becomes a function that fills its exports when the
first other one asks for it; `disk.js` loads the result, which then starts the page's own modules.
Only the forms of import and export that the scripts of this package use are known; the tests run
the result in a browser.
"""

import re
from collections.abc import Mapping

NAME = "disk-modules.js"

# import { a, b as c } from "./x.js";  also over several lines
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";$', re.MULTILINE)
# await import("./x.js")
_DYNAMIC = re.compile(r'\bimport\("\./([\w-]+\.js)"\)')
# export const NAME, export class Name, export function name, export function* name
_EXPORT = re.compile(r"^export ((?:const|class|(?:async )?function\*?) (\w+))", re.MULTILINE)
_ADDRESS = "import.meta.url"

_HEAD = """\
/* The modules in this folder as one script, for pages opened from disk. Generated. */
(() => {
const address = document.currentScript.src;
const modules = {
"""
_TAIL = """\
};
const loaded = new Map();
function load(name) {
  if (!loaded.has(name)) {
    loaded.set(name, {});
    modules[name](loaded.get(name));
  }
  return loaded.get(name);
}
for (const { src } of document.querySelectorAll("script[type=module][src]")) {
  const name = src.slice(src.lastIndexOf("/") + 1);
  if (modules[name]) load(name);
}
})();
"""


def bundle_modules(modules: Mapping[str, str]) -> str:
    """Return one script with all modules, by the name of their file."""
    return _HEAD + "".join(_wrap(name, text) for name, text in sorted(modules.items())) + _TAIL


def _wrap(name: str, text: str) -> str:
    names = [name for _, name in _EXPORT.findall(text)]
    text = _IMPORT.sub(lambda found: f'const {{{_rename(found[1])}}} = load("{found[2]}");', text)
    text = _DYNAMIC.sub(r'Promise.resolve(load("\1"))', text)
    text = _EXPORT.sub(r"\1", text).replace(_ADDRESS, "address")
    filled = f"Object.assign(exports, {{ {', '.join(names)} }});"
    return f'"{name}": (exports) => {{\n{text}\n{filled}\n}},\n'


def _rename(names: str) -> str:
    return names.replace(" as ", ": ")
