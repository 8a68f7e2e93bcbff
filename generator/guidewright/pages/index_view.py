"""What a template gets of a page that leads to guides."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from guidewright.model import Guide, Index, Link, Passage, Prose, url_of_page


@dataclass(frozen=True)
class ListedGuide:
    """A guide in an index.

    Attributes:
        description: what its own page says in its front matter.
    """

    link: Link
    description: str


@dataclass(frozen=True)
class IndexView:
    """A page that leads to guides: what ``index``, and ``page``, is in a template."""

    template: ClassVar[str] = "index.jinja"
    description_template: ClassVar[str] = "index_description.jinja"
    title: str
    order: int
    description: Prose
    introduction: Passage
    note: Passage | None
    verify: tuple[Passage, ...]
    guides: tuple[ListedGuide, ...]
    front_matter: Mapping[str, object]


def view_index(
    index: Index, descriptions: Mapping[Guide, str], docs_url: str, front_matter: Mapping[str, object]
) -> IndexView:
    """Prepare an index page for its template.

    Args:
        index: the page.
        descriptions: of the guides.
        docs_url: the documentation site's address.
        front_matter: what every page of the docs framework carries.

    Returns:
        The view.
    """
    listed = []
    for guide in index.guides:
        url = url_of_page(guide.path)
        listed.append(ListedGuide(Link(guide.agent.name, url, docs_url + url), descriptions[guide]))
    return IndexView(
        title=index.title,
        order=index.order,
        description=index.description,
        introduction=index.introduction,
        note=index.note,
        verify=index.verify,
        guides=tuple(listed),
        front_matter=front_matter,
    )
