"""The frame of a site, by whichever engine."""

from pathlib import Path

from catalog.model.catalog import Catalog
from catalog.site import engines
from catalog.site.engines import Engine
from catalog.site.mkdocs import FrameBuilder, Site


def ensure_frame(  # noqa: PLR0913 - what both builds have
    engine: Engine, catalog: Catalog, folder: Path, frame: Path, program: str, *, strict: bool
) -> Site:
    """Build the frame of the list in `folder` into the folder `frame`, unless it is there.

    `program` stands for the code that takes part in it. Raises `EngineError` when the engine is
    missing or fails.
    """
    if engine is Engine.MKDOCS:
        return FrameBuilder(folder, frame).build(catalog, program)
    return engines.build_frame(engine, catalog, folder, frame, strict=strict)
