"""Results as plain data: dicts, lists, text, numbers and None, ready for JSON."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from scoring.exact import decimal_text


def plain(value: Any) -> Any:
    """Turn a result into plain data; NaN and NA become None, a published Decimal stays."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, pd.DataFrame):
        return [plain(row) for row in value.reset_index().to_dict("records")]
    if isinstance(value, pd.Series):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, Decimal):
        return value
    if isinstance(value, np.generic):
        return plain(value.item())
    if value is pd.NA or value != value:
        return None
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset | np.ndarray):
        return [plain(item) for item in value]
    if isinstance(value, Fraction):
        return decimal_text(value)
    if hasattr(value, "to_dict"):
        return plain(value.to_dict())
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return value
