"""Jinja2 as every template of the project meets it: strict, with one escaping filter per target.

A template of the list's own folder `templates/` comes before the package's template of that name.
"""

import sys
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
import markupsafe
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from jinja2.exceptions import TemplateError
from markupsafe import Markup

from catalog import __version__
from catalog.errors import TemplateFaultError
from catalog.store.cache_dir import open_user_cache
from catalog.text.escaping import (
    escape_badge,
    escape_comment,
    escape_markdown,
    escape_markdown_url,
    write_awesome_sentence,
    write_code_block,
    write_code_span,
    write_comment_link,
    write_contact,
    write_one_line,
    write_yaml_text,
)
from catalog.text.markdown import render_line, write_prose
from catalog.text.tex_math import to_unicode

_HERE = Path(__file__).parents[1]


def find_default(name: str) -> Path:
    """Return a folder that the package carries: `templates` or `site_src`.

    A wheel has it inside the package, a checkout next to it.
    """
    inside = _HERE / name
    return inside if inside.is_dir() else _HERE.parent / name


@lru_cache(maxsize=8)
def make_environment(folder: Path | None) -> Environment:
    """Return the template environment of the list in `folder`; templates are compiled once."""
    own = [folder / "templates"] if folder is not None else []
    environment = Environment(
        loader=FileSystemLoader([*own, find_default("templates")]),
        undefined=StrictUndefined,
        autoescape=_is_markup,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.template_class = _Template
    environment.bytecode_cache = open_compiled()
    environment.filters["markdown"] = escape_markdown
    environment.filters["markdown_url"] = escape_markdown_url
    environment.filters["line_html"] = render_line
    environment.filters["prose"] = write_prose
    environment.filters["awesome_sentence"] = write_awesome_sentence
    environment.filters["contact"] = write_contact
    environment.filters["badge"] = escape_badge
    environment.filters["one_line"] = write_one_line
    environment.filters["comment"] = escape_comment
    environment.filters["comment_link"] = write_comment_link
    environment.filters["yaml"] = write_yaml_text
    environment.filters["code"] = write_code_span
    environment.filters["plain_math"] = to_unicode
    environment.filters["fenced"] = write_code_block
    return environment


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates in the user's cache, where the next program finds them."""

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return the place of a template: by its file, valid for one text and one compiler."""
        default = find_default("templates") / name
        with suppress(OSError):
            # A list's copy of a template of the package needs no other code.
            if default.read_text(encoding="utf-8") == source:
                filename = str(default)
        compiler = jinja2.__version__, __version__, sorted(environment.extensions)
        return super().get_bucket(environment, name, filename, f"{compiler} {source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find a template; one that cannot be read is compiled."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template; where that is not possible, the next program compiles it again."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


@lru_cache
def open_compiled() -> CompiledTemplates | None:
    """Return the compiled templates of this user, None where there is no safe place for them."""
    cache = open_user_cache()
    pattern = f"template-%s.{sys.implementation.cache_tag}"
    return CompiledTemplates(str(cache), pattern) if cache else None


class _Template(Template):
    """A template that is quick to render, and writes text as `str`, without making a `Markup`."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Return the template of compiled code, as Jinja2's loader asks for it."""
        # A plain dictionary: Jinja2's chain of them is looked through for each page.
        template = super().from_code(environment, code, dict(globals), uptodate)
        # What the code has imported from Jinja2 and calls for each `{{ … }}` of a page.
        template.root_render_func.__globals__["escape"] = _escape
        return template


# Present since MarkupSafe 3.
_escape_text = getattr(markupsafe, "_escape_inner", markupsafe.escape)


def _escape(value: object) -> str:
    """Return HTML for any value, as `markupsafe.escape` does."""
    if type(value) is str:
        return _escape_text(value)
    if type(value) is Markup:
        return value
    return str(value) if type(value) is int else markupsafe.escape(value)


def find_template(folder: Path | None, name: str) -> Template:
    """Return a template of the list in `folder`, or the package's; it is compiled once."""
    # A relative folder is another one as soon as the program has gone elsewhere.
    return make_environment(folder and folder.absolute()).get_template(name)


def render(folder: Path | None, template: str, **view: object) -> str:
    """Render one template, the package's own when there is no `folder` of a list.

    Raises `TemplateFaultError` when it names what does not exist.
    """
    with _naming(template):
        return find_template(folder, template).render(view)


def find_macro(folder: Path, template: str, name: str) -> Callable[..., str]:
    """Return a macro of a template, to be called once for each of many papers.

    Calling it raises `TemplateFaultError` as `render` does.
    """
    with _naming(template):
        macro = getattr(find_template(folder, template).module, name, None)
    if macro is None:
        raise TemplateFaultError(f"templates/{template}: there is no macro {name!r}")

    def call(*arguments: object) -> str:
        with _naming(template):
            return str(macro(*arguments))

    return call


@contextmanager
def _naming(template: str) -> Iterator[None]:
    """Turn what is wrong with a template into one line with its place."""
    try:
        yield
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f"templates/{template}" + (f":{line}" if line else "")
        raise TemplateFaultError(f"{place}: {error.message}") from error


def _is_markup(name: str | None) -> bool:
    return name is not None and name.removesuffix(".j2").endswith((".html", ".xml", ".svg"))
