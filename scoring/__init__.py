"""Pure numbers: frames in, frames and small frozen dataclasses out."""
