"""How each part of the format is laid out, derived from its models.

That is the order of the fields, what is text and what is a number, what is prose, and what stands
in brackets when it fits.
"""

import types
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from catalog.model.names import PersonName
from catalog.model.records import (
    Figure,
    LinkKind,
    Markdown,
    Paper,
    PapersFile,
    Section,
    Settings,
    Survey,
    SurveyLinks,
    Venue,
)

_BLOCK_MODELS = (Figure, Paper, PapersFile, Settings, Survey, SurveyLinks, Venue)
"""What never is in brackets: a line for each field is easier to change and to review."""


@dataclass(slots=True)
class Style:
    """The layout of a value.

    `fields` are those of a record, in order; `each` is the layout of the items of a list or of the
    values of a table. `is_block` says that it has a line for each part even when it is short.
    """

    fields: dict[str, "Style"] = field(default_factory=dict)
    each: "Style | None" = None
    is_block: bool = False
    is_typed: bool = False
    """A number, a date, true or false: no text."""
    is_prose: bool = False
    """A paragraph, which is folded when it is long."""
    is_spaced: bool = False
    """A blank line stands between its parts."""

    def of(self, step: str | int) -> "Style":
        """Return the layout of a part; that of plain text when the format does not know it."""
        if isinstance(step, str) and step in self.fields:
            return self.fields[step]
        return self.each or _TEXT

    def order(self, names: Iterable[str]) -> list[str]:
        """Return the names of a mapping as they should stand: the known ones, then the others."""
        given = dict.fromkeys(names)
        known = [name for name in self.fields if name in given]
        return [*known, *(name for name in given if name not in self.fields)]


_TEXT = Style()


def _style_of(annotation: Any, known: dict[type, Style]) -> Style:  # noqa: ANN401 - any type
    if annotation == Markdown:
        return Style(is_prose=True)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Annotated, tuple, dict, Union, types.UnionType):
        return _style_of_parts(origin, arguments, known)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _style_of_model(annotation, known)
    if annotation is PersonName:
        return Style({part.name: Style() for part in fields(PersonName)})
    return Style(is_typed=annotation in (int, bool, date))


def _style_of_parts(origin: Any, arguments: tuple[Any, ...], known: dict[type, Style]) -> Style:  # noqa: ANN401 - see _style_of
    if origin is Annotated:
        return _style_of(arguments[0], known)
    if origin is tuple:
        each = _style_of(arguments[0], known)
        return Style(each=each, is_block=each.is_block or each is known.get(Section))
    if origin is dict:
        each = _style_of(arguments[1], known)
        if arguments[0] is LinkKind:
            return Style({kind.value: each for kind in LinkKind}, is_block=True)
        return Style(each=each, is_block=each.is_block)
    styles = (_style_of(argument, known) for argument in arguments)
    return max(styles, key=lambda style: (bool(style.fields), style != _TEXT))


def _style_of_model(model: type[BaseModel], known: dict[type, Style]) -> Style:
    if model not in known:
        # It is known before its fields are: a section holds sections.
        style = known[model] = Style(is_block=model in _BLOCK_MODELS)
        for name, info in model.model_fields.items():
            style.fields[name] = _style_of(info.annotation, known)
    return known[model]


def _style_of_file() -> Style:
    style = _style_of(PapersFile, {})
    # The outermost sections and the list's own facets are few, and grow.
    outermost = Style(style.fields["sections"].of(0).fields, is_block=True)
    style.fields["sections"] = Style(each=outermost, is_block=True)
    style.fields["facets"].is_block = True
    style.is_spaced = style.fields["papers"].is_spaced = True
    return style


FILE_STYLE = _style_of_file()
"""The layout of papers.yaml."""
PAPER_STYLE = FILE_STYLE.fields["papers"].of(0)
"""The layout of one record."""
