"""Pictures on a paper: placed in a Word file, with a caption, and words for who cannot see them."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WIDTH = 12.0
"""cm, of a page with 16.5 between its margins."""


@dataclass(frozen=True)
class PaperPicture:
    """`data`: a PNG; `alt`: what it says in words."""

    data: bytes = field(repr=False)
    caption: str
    alt: str


def placed(value: Any, paper: Any, pictures: list[PaperPicture]) -> Any:
    """The same facts with their pictures as a template of docxtpl places them (`anh`, `ten`); which
    they were is added to `pictures`.
    """
    if isinstance(value, PaperPicture):
        from docx.shared import Cm
        from docxtpl import InlineImage

        pictures.append(value)
        return {
            "anh": InlineImage(paper, io.BytesIO(value.data), width=Cm(WIDTH)),
            "ten": value.caption,
        }
    if isinstance(value, Mapping):
        return {key: placed(inner, paper, pictures) for key, inner in value.items()}
    if isinstance(value, list):
        return [placed(inner, paper, pictures) for inner in value]
    return value


def describe(paper: Any, pictures: Sequence[PaperPicture]) -> None:
    """Each picture says what it shows to whoever has the paper read aloud."""
    from docx.oxml.ns import qn

    words = {picture.data: picture.alt for picture in pictures}
    for inline in paper.element.body.iter(qn("wp:inline")):
        (place,) = inline.iter(qn("wp:docPr"))
        for blip in inline.iter(qn("a:blip")):
            blob = paper.part.related_parts[blip.get(qn("r:embed"))].blob
            place.set("descr", words.get(blob, ""))
