"""``arena.py bench public``: a flood on the public results beside pads that mark."""

import asyncio
import multiprocessing
import statistics
import tempfile
import threading
import time
from datetime import UTC, datetime
from multiprocessing.synchronize import Event as Signal
from pathlib import Path

import click

import db
from commands import language
from commands.bench.hall import Hall, build, running
from commands.bench.load import Tablet
from commands.bench.pad import spread
from commands.columns import align
from competition.results import certifying, publishing
from competition.rounds import rounds
from competition.visitor import Visitor
from examples.entering import enter
from examples.village import village_final
from words import t

SHEETS = 5
TAP_SECONDS = 1.0
LINES = 50
"""Connections of the flood, each kept open and asked again."""
ASKED = b"GET /api/results.json HTTP/1.1\r\nHost: arena.test\r\n\r\n"
