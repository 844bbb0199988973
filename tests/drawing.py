"""Every page that a test runs draws only into containers that stand.

Streamlit's own tree for tests bears an element inside an element. A browser does not: its page
goes blank, and stays so until it is loaded again.
"""

from collections.abc import Iterator

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import local_script_runner
from streamlit.testing.v1.element_tree import ElementTree


@pytest.fixture(scope="session", autouse=True)
def draw_into_containers() -> Iterator[None]:
    """Each tree of a page is asked as it is read."""
    read = local_script_runner.parse_tree_from_messages

    def checked(messages: list[ForwardMsg]) -> ElementTree:
        assert misplaced(messages) == []
        return read(messages)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "parse_tree_from_messages", checked)
        yield


def misplaced(messages: list[ForwardMsg]) -> list[tuple[int, ...]]:
    """Return where a page draws into a place that an element has taken."""
    elements: set[tuple[int, ...]] = set()
    found = []
    for message in messages:
        if not message.HasField("delta"):
            continue
        path = tuple(message.metadata.delta_path)
        found += [path for depth in range(1, len(path)) if path[:depth] in elements]
        if message.delta.WhichOneof("type") == "new_element":
            elements.add(path)
        else:
            elements.discard(path)
    return found
