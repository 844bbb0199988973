"""Archives (DOCX, bundles) whose bytes do not tell when or where they were written."""

import io
import zipfile

WRITTEN = (2000, 1, 1, 0, 0, 0)
"""The time of an entry whose content has none."""


def put(archive: zipfile.ZipFile, name: str, data: bytes, at: tuple[int, ...] = WRITTEN) -> None:
    """Add one entry with a fixed time and fixed rights."""
    info = zipfile.ZipInfo(name, date_time=at[:6])  # type: ignore[arg-type]
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    info.create_system = 3  # else Windows writes another number than Linux
    archive.writestr(info, data)


def steady(saved: bytes) -> bytes:
    """The same archive with fixed times: equal content gives equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            put(new, name, old.read(name))
    return packed.getvalue()
