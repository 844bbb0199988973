"""A DOCX packed once."""

import io
import zipfile

import docx

from exports.steady_docx import steady


def test_it_holds_what_python_docx_writes():
    """The same parts with the same bytes in the same order, at a fixed time."""
    document = docx.Document()
    document.add_paragraph("成绩")
    document.sections[0].header.paragraphs[0].text = "附件"
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as theirs, zipfile.ZipFile(io.BytesIO(steady(document))) as ours:
        assert ours.namelist() == theirs.namelist()
        assert all(ours.read(name) == theirs.read(name) for name in ours.namelist())
        assert {one.date_time for one in ours.infolist()} == {(2000, 1, 1, 0, 0, 0)}
